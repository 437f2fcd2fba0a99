package duka.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.netflix.eureka.EurekaServerContext;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class DiscoveryIT {

    private final HttpClient http = HttpClient.newHttpClient();
    @LocalServerPort int port;
    @Autowired EurekaServerContext server;

    @BeforeEach
    void it_answers() {
        await().atMost(Duration.ofSeconds(30)).until(() -> status("/eureka/apps") == 200);
    }

    @Test
    void instances_that_fall_silent_are_out_within_ten_seconds_all_at_once() throws Exception {
        for (var instance : List.of("one", "two", "three")) {
            assertThat(register(instance)).isEqualTo(204);
        }
        await().atMost(Duration.ofSeconds(2))
                .untilAsserted(() -> assertThat(registered()).contains("one", "two", "three"));

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(
                        () -> assertThat(registered()).doesNotContain("one", "two", "three"));
    }

    @Test
    void who_registers_while_others_ask_is_told_of_soon() throws Exception {
        for (int round = 1; round <= 20; round++) {
            register("before");
            var asking =
                    Stream.of("/eureka/apps", "/eureka/apps/delta")
                            .map(path -> http.sendAsync(request(path), BodyHandlers.discarding()))
                            .toList();
            var late = "late-" + round;
            register(late);
            asking.forEach(CompletableFuture::join);

            await().atMost(Duration.ofSeconds(3))
                    .untilAsserted(
                            () -> {
                                assertThat(registered()).contains(late);
                                assertThat(get("/eureka/apps/delta")).contains(late);
                            });
        }
    }

    @Test
    void it_says_that_it_is_well_and_shows_who_is_there() throws Exception {
        assertThat(get("/actuator/health/readiness")).contains("UP");
        assertThat(get("/")).contains("Instances currently registered");
    }

    @Test
    void it_tells_no_other_registry() {
        assertThat(server.getPeerEurekaNodes().getPeerEurekaNodes()).isEmpty();
    }

    private int register(String id) throws IOException, InterruptedException {
        var body =
                """
                {"instance": {
                  "instanceId": "%s", "hostName": "%s", "app": "SHOP", "vipAddress": "shop",
                  "ipAddr": "127.0.0.1", "status": "UP", "port": {"$": 1, "@enabled": "true"},
                  "dataCenterInfo": {
                    "@class": "com.netflix.appinfo.InstanceInfo$DefaultDataCenterInfo", "name": "MyOwn"},
                  "leaseInfo": {"renewalIntervalInSecs": 1, "durationInSecs": 3}}}
                """
                        .formatted(id, id);
        var request =
                HttpRequest.newBuilder(uri("/eureka/apps/SHOP"))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build();
        return http.send(request, BodyHandlers.discarding()).statusCode();
    }

    private int status(String path) throws IOException, InterruptedException {
        return http.send(request(path), BodyHandlers.discarding()).statusCode();
    }

    private String registered() throws IOException, InterruptedException {
        return get("/eureka/apps");
    }

    private String get(String path) throws IOException, InterruptedException {
        return http.send(request(path), BodyHandlers.ofString()).body();
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(uri(path)).build();
    }

    private URI uri(String path) {
        return URI.create("http://localhost:%d%s".formatted(port, path));
    }
}
