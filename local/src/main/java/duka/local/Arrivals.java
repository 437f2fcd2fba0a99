package duka.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Customers who come to a shop however long others have to wait: Gatling's, in a process of its
 * own, from the module {@code load}.
 */
final class Arrivals {

    private static final String SIMULATION = "duka.load.Checkouts";

    /** Gatling and its Netty reach into the JDK. */
    private static final List<String> FLAGS =
            List.of(
                    "-Xmx512m",
                    "-XX:+UseSerialGC",
                    "--add-opens=java.base/java.lang=ALL-UNNAMED",
                    "--enable-native-access=ALL-UNNAMED");

    /**
     * A customer on the way to the shop.
     *
     * @param token who is signed in
     * @param product what they are going to buy
     */
    record Customer(String token, String product) {}

    /**
     * @param came after the first one
     * @param end what the order has become, or the name of the problem instead of an order
     */
    record Outcome(Duration came, Duration took, String end) {

        static Outcome read(String line) {
            String[] fields = line.split(",", 3);
            return new Outcome(
                    Duration.ofMillis(Long.parseLong(fields[0])),
                    Duration.ofMillis(Long.parseLong(fields[1])),
                    fields[2]);
        }

        boolean is(String status) {
            return end.equals(status);
        }
    }

    private final Shop shop;
    private final List<Customer> customers;

    Arrivals(Shop shop, List<Customer> customers) {
        this.shop = shop;
        this.customers = customers;
    }

    /** So many each second, each of whom asks once. */
    List<Outcome> steadily(int rate, Duration time) {
        return run(
                Map.of(
                        "rate", Integer.toString(rate),
                        "seconds", Long.toString(time.toSeconds()),
                        "tries", "1"));
    }

    /** All of them, each of whom insists on an answer. */
    List<Outcome> atOnce() {
        return run(Map.of("at-once", Integer.toString(customers.size()), "tries", "10"));
    }

    private List<Outcome> run(Map<String, String> settings) {
        Path folder = shop.place().run();
        Path tokens = null;
        Path outcomes = null;
        try {
            tokens = Files.createTempFile(folder, "customers", ".csv");
            outcomes = Files.createTempFile(folder, "outcomes", ".csv");
            Files.write(tokens, lines());
            var told = new ArrayList<String>();
            settings.forEach((name, value) -> told.add(setting(name, value)));
            told.add(setting("at", shop.gateway().toString()));
            told.add(setting("customers", tokens.toString()));
            told.add(setting("outcomes", outcomes.toString()));
            Processes.run(command(told), folder);
            try (var lines = Files.lines(outcomes)) {
                return lines.skip(1).map(Outcome::read).toList();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            Stream.of(tokens, outcomes).filter(file -> file != null).forEach(Shop::delete);
        }
    }

    private List<String> lines() {
        return Stream.concat(
                        Stream.of("token,product"),
                        customers.stream().map(each -> each.token() + "," + each.product()))
                .toList();
    }

    private static String setting(String name, String value) {
        return "-Dduka.load.%s=%s".formatted(name, value);
    }

    private List<String> command(List<String> settings) {
        Path built = shop.place().root().resolve("load/target");
        if (!Files.isDirectory(built.resolve("lib"))) {
            throw new Trouble("The module load is not built: there is no " + built.resolve("lib"));
        }
        var command = new ArrayList<String>();
        command.add(Program.java());
        command.addAll(FLAGS);
        command.addAll(settings);
        command.addAll(
                List.of("-cp", built.resolve("classes") + ":" + built.resolve("lib") + "/*"));
        command.addAll(
                List.of("io.gatling.app.Gatling", "--no-reports", "--simulation", SIMULATION));
        command.addAll(List.of("--results-folder", built.resolve("gatling").toString()));
        return command;
    }
}
