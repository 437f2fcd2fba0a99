package duka.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A frontend's view of the gateway: one caller, with or without a token. */
final class Http {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final HttpClient CLIENT =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(5))
                    .build();

    private final URI gateway;
    private final @Nullable String token;
    private final Map<String, String> headers;

    private Http(URI gateway, @Nullable String token, Map<String, String> headers) {
        this.gateway = gateway;
        this.token = token;
        this.headers = headers;
    }

    static Http guest(URI gateway) {
        return new Http(gateway, null, Map.of());
    }

    Http as(String token) {
        return new Http(gateway, token, headers);
    }

    /** The same caller, with one more header on every request. */
    Http with(String header, String value) {
        var more = new TreeMap<>(headers);
        more.put(header, value);
        return new Http(gateway, token, more);
    }

    /** What came back. The body of a problem is JSON too. */
    record Answer(int status, JsonNode body, Map<String, String> headers) {

        String text(String field) {
            return body.path(field).asString();
        }

        Answer expect(int expected) {
            if (status != expected) {
                throw new AssertionError(
                        "expected %d, got %d: %s".formatted(expected, status, body));
            }
            return this;
        }

        @Nullable String header(String name) {
            return headers.get(name.toLowerCase());
        }
    }

    Answer get(String path) {
        return send("GET", path, null);
    }

    Answer post(String path, Map<String, ?> body) {
        return send("POST", path, body);
    }

    Answer patch(String path, Map<String, ?> body) {
        return send("PATCH", path, body);
    }

    Answer delete(String path) {
        return send("DELETE", path, null);
    }

    Answer send(String method, String path, @Nullable Map<String, ?> body) {
        return body == null
                ? send(method, path, null, BodyPublishers.noBody())
                : send(method, path, type(method), JSON.writeValueAsString(body));
    }

    /** Whatever it is, as it is. */
    Answer send(String method, String path, String contentType, String body) {
        return send(method, path, contentType, BodyPublishers.ofString(body));
    }

    private Answer send(
            String method, String path, @Nullable String contentType, BodyPublisher body) {
        var request =
                HttpRequest.newBuilder(gateway.resolve(path))
                        .timeout(Duration.ofSeconds(90))
                        .method(method, body);
        headers.forEach(request::header);
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (contentType != null) {
            request.header("Content-Type", contentType);
        }
        try {
            var response = CLIENT.send(request.build(), BodyHandlers.ofInputStream());
            var answered = new TreeMap<String, String>();
            response.headers()
                    .map()
                    .forEach((name, values) -> answered.put(name.toLowerCase(), values.getFirst()));
            return new Answer(response.statusCode(), json(text(response)), answered);
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A stream of events has no end to wait for. */
    private static String text(HttpResponse<InputStream> response) throws IOException {
        try (var body = response.body()) {
            return response.headers()
                            .firstValue("Content-Type")
                            .orElse("")
                            .startsWith("text/event-stream")
                    ? ""
                    : new String(body.readAllBytes(), UTF_8);
        }
    }

    static String type(String method) {
        return method.equals("PATCH") ? "application/merge-patch+json" : "application/json";
    }

    private static JsonNode json(String body) {
        return body.startsWith("{") || body.startsWith("[")
                ? JSON.readTree(body)
                : JSON.createObjectNode().put("text", body);
    }
}
