package duka.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Stream;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.core.io.FileSystemResource;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** Containers of the images that {@code docker-compose.yml} names. */
final class Containers implements Servers {

    private static final int KAFKA = 9092;
    private static final int REDIS = 6379;

    private final Properties compose = compose();

    @Override
    public Server startPostgres() {
        var postgres =
                new PostgreSQLContainer(imageOf("postgres"))
                        .withDatabaseName(DATABASE)
                        .withUsername(SUPERUSER)
                        .withPassword(PASSWORD)
                        .withEnv(
                                "POSTGRES_INITDB_ARGS",
                                compose.getProperty(
                                        "services.postgres.environment.POSTGRES_INITDB_ARGS"))
                        .withCommand(command());
        return start(postgres, PostgreSQLContainer.POSTGRESQL_PORT);
    }

    private static String[] command() {
        return Stream.concat(
                        Stream.of("postgres"),
                        SETTINGS.entrySet().stream()
                                .flatMap(
                                        each ->
                                                Stream.of(
                                                        "-c",
                                                        each.getKey() + "=" + each.getValue())))
                .toArray(String[]::new);
    }

    @Override
    public Server startKafka() {
        return startKafka(new KafkaContainer(imageOf("kafka")));
    }

    @Override
    public Server startKafka(Cable cable) {
        return startKafka(
                new KafkaContainer(imageOf("kafka")) {
                    @Override
                    public String getBootstrapServers() {
                        return cable.address();
                    }
                });
    }

    private static Server startKafka(KafkaContainer kafka) {
        return start(kafka.withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false"), KAFKA);
    }

    @Override
    public Server startRedis() {
        var redis =
                new GenericContainer<>(imageOf("redis"))
                        .withCommand("redis-server", "--save", "")
                        .withExposedPorts(REDIS);
        return start(redis, REDIS);
    }

    private static Server start(GenericContainer<?> container, int port) {
        container.start();
        return new Server(container.getHost(), container.getMappedPort(port), container::stop);
    }

    private String imageOf(String service) {
        return Objects.requireNonNull(compose.getProperty("services.%s.image".formatted(service)));
    }

    private static Properties compose() {
        var yaml = new YamlPropertiesFactoryBean();
        yaml.setResources(new FileSystemResource(inTheProject("docker-compose.yml")));
        return Objects.requireNonNull(yaml.getObject());
    }

    private static Path inTheProject(String file) {
        for (var at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.exists(at.resolve(file))) {
                return at.resolve(file);
            }
        }
        throw new IllegalStateException("There is no " + file + " here or above.");
    }
}
