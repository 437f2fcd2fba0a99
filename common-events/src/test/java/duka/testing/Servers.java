package duka.testing;

import java.util.Map;

/** Where the servers come from that tests run against; {@code -Dduka.test.infrastructure} says. */
sealed interface Servers permits EmbeddedServers, Containers {

    String DATABASE = "duka";
    String SUPERUSER = "postgres";
    String PASSWORD = "test";

    /** PostgreSQL's, quick and otherwise what the shop's own has: pages come from flash. */
    Map<String, String> SETTINGS =
            Map.of("fsync", "off", "max_connections", "300", "random_page_cost", "1.1");

    Servers CHOSEN = named(System.getProperty("duka.test.infrastructure", "embedded"));

    /** Whoever asks for containers gets containers, or a failure; never anything else. */
    static Servers named(String choice) {
        return switch (choice) {
            case "embedded" -> new EmbeddedServers();
            case "containers" -> new Containers();
            default ->
                    throw new IllegalArgumentException(
                            "duka.test.infrastructure is embedded or containers, not \"%s\""
                                    .formatted(choice));
        };
    }

    /** Has the database and the superuser, and nothing else. */
    Server startPostgres();

    Server startKafka();

    /** A broker whose clients come by way of the cable. */
    Server startKafka(Cable cable);

    Server startRedis();
}
