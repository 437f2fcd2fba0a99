package duka.testing;

import duka.messaging.Conversation;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportSelector;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.test.EmbeddedKafkaBroker;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

/**
 * A real PostgreSQL and a real Kafka, started once for all of a module's tests, without Docker. The
 * module has its own role and schema, as in production.
 */
@TestConfiguration(proxyBeanMethods = false)
@Import(Infrastructure.Surroundings.class)
public class Infrastructure {

    @Bean
    Conversation conversation(KafkaTemplate<String, byte[]> kafka, JdbcClient jdbc, Clock clock) {
        return new Conversation(kafka, jdbc, clock);
    }

    /** The name of a service's role and schema. */
    public static String schemaOf(String service) {
        return service.equals("order-service") ? "orders" : service.replaceFirst("-service$", "");
    }

    public static int postgresPort() {
        return Postgres.SERVER.getPort();
    }

    /** Sets where things are before any bean is made, so that conditions see it too. */
    static class Surroundings implements ImportSelector {

        /** What a single test sets goes before this, lowest first. */
        private static final List<String> TESTS_OWN =
                List.of("Inlined Test Properties", "Dynamic Test Properties");

        Surroundings(Environment environment) {
            var service = environment.getRequiredProperty("spring.application.name");
            var sources = ((ConfigurableEnvironment) environment).getPropertySources();
            var infrastructure = new MapPropertySource("infrastructure", properties(service));
            TESTS_OWN.stream()
                    .filter(sources::contains)
                    .findFirst()
                    .ifPresentOrElse(
                            last -> sources.addAfter(last, infrastructure),
                            () -> sources.addFirst(infrastructure));
        }

        @Override
        public String[] selectImports(AnnotationMetadata importing) {
            return new String[0];
        }

        private static Map<String, Object> properties(String service) {
            var properties = new HashMap<String, Object>(Secrets.ALL);
            properties.put("spring.datasource.url", Postgres.urlFor(schemaOf(service)));
            properties.put("spring.datasource.username", schemaOf(service));
            properties.put("spring.datasource.password", Postgres.PASSWORD);
            properties.put("spring.kafka.bootstrap-servers", Kafka.BROKER.getBrokersAsString());
            properties.put("duka.messaging.partitions", 1);
            properties.put("eureka.client.enabled", false);
            return properties;
        }
    }

    private static class Secrets {

        static final Map<String, Object> ALL =
                Map.of(
                        "duka.seal.address-key", random(),
                        "duka.seal.payment-key", random(),
                        "duka.seal.bank-key", random(),
                        "duka.identity.signing-secret", random(),
                        "duka.payment.simulator.api-key", random(),
                        "duka.payment.simulator.webhook-secret", random());

        private static String random() {
            var bytes = new byte[32];
            new SecureRandom().nextBytes(bytes);
            return Base64.getEncoder().encodeToString(bytes);
        }
    }

    private static class Postgres {

        static final String PASSWORD = "test";

        private static final String DATABASE = "duka";
        private static final EmbeddedPostgres SERVER = start();
        private static final Set<String> SCHEMAS = ConcurrentHashMap.newKeySet();

        static synchronized String urlFor(String schema) {
            if (SCHEMAS.add(schema)) {
                var admin = JdbcClient.create(SERVER.getDatabase("postgres", DATABASE));
                for (var statement :
                        new String[] {
                            "create role %1$s login password '%2$s'",
                            "create schema %1$s authorization %1$s",
                            "alter role %1$s set search_path = %1$s"
                        }) {
                    admin.sql(statement.formatted(schema, PASSWORD)).update();
                }
                if (schema.equals("catalog")) {
                    for (var extension : List.of("pg_trgm", "unaccent")) {
                        admin.sql("create extension %s schema %s".formatted(extension, schema))
                                .update();
                    }
                }
            }
            return "jdbc:postgresql://localhost:%d/%s".formatted(SERVER.getPort(), DATABASE);
        }

        private static EmbeddedPostgres start() {
            try {
                var server = EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
                try (var connection = server.getPostgresDatabase().getConnection();
                        var statement = connection.createStatement()) {
                    statement.execute("create database " + DATABASE);
                }
                return server;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static class Kafka {

        static final EmbeddedKafkaBroker BROKER = start();

        private static EmbeddedKafkaBroker start() {
            var broker = new EmbeddedKafkaKraftBroker(1, 1);
            broker.brokerProperty("auto.create.topics.enable", "false");
            broker.brokerProperty("group.initial.rebalance.delay.ms", "0");
            broker.brokerProperty("offsets.topic.num.partitions", "1");
            broker.afterPropertiesSet();
            return broker;
        }
    }
}
