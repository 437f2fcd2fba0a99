package duka.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A registry that has just started knows nobody yet, which is not to say that nobody is there. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "eureka.server.wait-time-in-ms-when-sync-empty=600000")
class NewRegistryIT {

    @LocalServerPort int port;

    @Test
    void it_does_not_say_that_nobody_is_there() throws Exception {
        assertThat(status("/eureka/apps")).isEqualTo(403);
        assertThat(status("/eureka/apps/delta")).isEqualTo(403);
        assertThat(status("/actuator/health/readiness")).isEqualTo(200);
    }

    private int status(String path) throws IOException, InterruptedException {
        var uri = URI.create("http://localhost:%d%s".formatted(port, path));
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(uri).build();
            return http.send(request, BodyHandlers.discarding()).statusCode();
        }
    }
}
