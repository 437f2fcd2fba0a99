package duka.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.webtestclient.autoconfigure.AutoConfigureWebTestClient;
import org.springframework.http.MediaType;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.test.StepVerifier;

/** An order's events arrive as they happen, however long that takes. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"eureka.client.enabled=false", "duka.gateway.patience.answer=300ms"})
@AutoConfigureWebTestClient(timeout = "30s")
class StreamingIT {

    private static final Semaphore MAY_SPEAK = new Semaphore(0);
    private static final HttpServer ORDERS = open();

    @Autowired WebTestClient door;

    @DynamicPropertySource
    static void registry(DynamicPropertyRegistry properties) {
        properties.add(
                "spring.cloud.discovery.client.simple.instances.order-service[0].uri",
                () -> "http://localhost:" + ORDERS.getAddress().getPort());
    }

    @AfterEach
    void close() {
        ORDERS.stop(0);
    }

    @Test
    void events_are_neither_kept_back_nor_cut_off() {
        // Its start, too, comes later than any other answer may.
        CompletableFuture.delayedExecutor(600, TimeUnit.MILLISECONDS).execute(MAY_SPEAK::release);
        var events =
                door.get()
                        .uri("/api/v1/orders/5/events")
                        .accept(MediaType.TEXT_EVENT_STREAM)
                        .exchange()
                        .expectStatus()
                        .isOk()
                        .expectHeader()
                        .contentTypeCompatibleWith(MediaType.TEXT_EVENT_STREAM)
                        .returnResult(String.class)
                        .getResponseBody();

        StepVerifier.create(events)
                .expectNext("PLACED")
                .expectNoEvent(Duration.ofSeconds(1)) // far longer than an answer may take
                .then(MAY_SPEAK::release)
                .expectNext("CONFIRMED")
                .expectComplete()
                .verify(Duration.ofSeconds(30));
        assertThat(MAY_SPEAK.availablePermits()).isZero();
    }

    private static HttpServer open() {
        try {
            var server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext(
                    "/api/v1/orders/5/events",
                    exchange -> {
                        try (exchange;
                                var out = exchange.getResponseBody()) {
                            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
                            exchange.sendResponseHeaders(200, 0);
                            for (var status : new String[] {"PLACED", "CONFIRMED"}) {
                                MAY_SPEAK.acquireUninterruptibly();
                                out.write(
                                        "data: %s\n\n"
                                                .formatted(status)
                                                .getBytes(StandardCharsets.UTF_8));
                                out.flush();
                            }
                        }
                    });
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
