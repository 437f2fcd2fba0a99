package duka.testing;

import duka.messaging.Conversation;
import java.security.SecureRandom;
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
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.kafka.core.KafkaTemplate;

/**
 * A real PostgreSQL and a real Kafka, started once for all of a module's tests. The module has its
 * own role and schema, as in production.
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

    public static Server postgres() {
        return Postgres.SERVER;
    }

    /** A broker of the test's own, whose clients come by way of the cable. */
    public static Server kafkaBehind(Cable cable) {
        var broker = Servers.CHOSEN.startKafka(cable);
        cable.leadsTo(broker);
        return broker;
    }

    /** Sets where things are before any bean is made, so that conditions see it too. */
    static class Surroundings implements ImportSelector {

        /** What a single test sets goes before this, lowest first. */
        private static final List<String> TESTS_OWN =
                List.of("commandLineArgs", "Inlined Test Properties", "Dynamic Test Properties");

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
            properties.put("spring.datasource.password", Servers.PASSWORD);
            properties.put("spring.kafka.bootstrap-servers", Kafka.SERVER.address());
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

        private static final Server SERVER = Servers.CHOSEN.startPostgres();
        private static final String URL =
                "jdbc:postgresql://%s/%s".formatted(SERVER.address(), Servers.DATABASE);
        private static final Set<String> SCHEMAS = ConcurrentHashMap.newKeySet();

        static synchronized String urlFor(String schema) {
            if (SCHEMAS.add(schema)) {
                var admin =
                        JdbcClient.create(
                                new DriverManagerDataSource(
                                        URL, Servers.SUPERUSER, Servers.PASSWORD));
                for (var statement :
                        new String[] {
                            "create role %1$s login password '%2$s'",
                            "create schema %1$s authorization %1$s",
                            "alter role %1$s set search_path = %1$s"
                        }) {
                    admin.sql(statement.formatted(schema, Servers.PASSWORD)).update();
                }
                if (schema.equals("catalog")) {
                    for (var extension : List.of("pg_trgm", "unaccent")) {
                        admin.sql("create extension %s schema %s".formatted(extension, schema))
                                .update();
                    }
                }
            }
            return URL;
        }
    }

    private static class Kafka {

        static final Server SERVER = Servers.CHOSEN.startKafka();
    }
}
