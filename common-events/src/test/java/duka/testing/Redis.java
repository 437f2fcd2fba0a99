package duka.testing;

import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.test.context.DynamicPropertyRegistrar;

/** A real Redis, started once for all of a module's tests. */
@TestConfiguration(proxyBeanMethods = false)
public class Redis {

    @Bean
    DynamicPropertyRegistrar redisAddress() {
        return registry -> {
            registry.add("spring.data.redis.host", () -> server().host());
            registry.add("spring.data.redis.port", () -> server().port());
        };
    }

    public static Server server() {
        return One.SERVER;
    }

    private static class One {

        static final Server SERVER = Servers.CHOSEN.startRedis();

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(SERVER::close));
        }
    }
}
