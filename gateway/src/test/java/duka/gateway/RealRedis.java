package duka.gateway;

import duka.testing.Cable;
import duka.testing.Redis;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** A Redis that can go away and come back. */
class RealRedis implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private static final Cable CABLE = new Cable();

    static {
        CABLE.leadsTo(Redis.server());
    }

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        context.getEnvironment()
                .getPropertySources()
                .addFirst(
                        new MapPropertySource(
                                "redis", Map.of("spring.data.redis.port", CABLE.port())));
    }

    static void comeBack() {
        CABLE.plugIn();
    }

    static void goAway() {
        CABLE.pull();
    }

    static String ask(String command) {
        try (var socket = new Socket(Redis.server().host(), Redis.server().port())) {
            socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
            return new BufferedReader(
                            new InputStreamReader(
                                    socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
