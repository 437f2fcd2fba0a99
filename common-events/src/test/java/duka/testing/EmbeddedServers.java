package duka.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.sql.SQLException;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;
import redis.embedded.RedisServer;

/** PostgreSQL and Redis beside the tests, Kafka in their own process; no Docker. */
final class EmbeddedServers implements Servers {

    private static final String HERE = "localhost";

    @Override
    public Server startPostgres() {
        try {
            var settings = EmbeddedPostgres.builder();
            SETTINGS.forEach(settings::setServerConfig);
            var server = settings.start();
            try (var connection = server.getPostgresDatabase().getConnection();
                    var statement = connection.createStatement()) {
                statement.execute("create database " + DATABASE);
            }
            return new Server(HERE, server.getPort(), () -> end(server::close));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Server startKafka() {
        return start(new EmbeddedKafkaKraftBroker(1, 1));
    }

    @Override
    public Server startKafka(Cable cable) {
        var broker = new EmbeddedKafkaKraftBroker(1, 1);
        broker.brokerProperty("advertised.listeners", "EXTERNAL://" + cable.address());
        return start(broker);
    }

    private static Server start(EmbeddedKafkaKraftBroker broker) {
        broker.brokerProperty("auto.create.topics.enable", "false");
        broker.brokerProperty("group.initial.rebalance.delay.ms", "0");
        broker.brokerProperty("offsets.topic.num.partitions", "1");
        broker.afterPropertiesSet();
        var address = broker.getBrokersAsString().split(":");
        return new Server(address[0], Integer.parseInt(address[1]), broker::destroy);
    }

    @Override
    public Server startRedis() {
        try (var free = new ServerSocket(0)) {
            int port = free.getLocalPort();
            free.close();
            var server = RedisServer.newRedisServer().port(port).setting("save \"\"").build();
            server.start();
            return new Server(HERE, port, () -> end(server::stop));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface End {
        void now() throws IOException;
    }

    private static void end(End end) {
        try {
            end.now();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
