package duka.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.test.context.DynamicPropertyRegistrar;
import redis.embedded.RedisServer;

/** A real Redis, started once for all of a module's tests, without Docker. */
@TestConfiguration(proxyBeanMethods = false)
public class Redis {

    @Bean
    DynamicPropertyRegistrar redisPort() {
        return registry -> {
            registry.add("spring.data.redis.host", () -> "localhost");
            registry.add("spring.data.redis.port", Redis::port);
        };
    }

    public static int port() {
        return Server.ONE.ports().getFirst();
    }

    private static class Server {

        static final RedisServer ONE = start();

        private static RedisServer start() {
            try (var free = new ServerSocket(0)) {
                int port = free.getLocalPort();
                free.close();
                var server = RedisServer.newRedisServer().port(port).setting("save \"\"").build();
                server.start();
                Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server)));
                return server;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void stop(RedisServer server) {
            try {
                server.stop();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
