package duka.local;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** The shop's REST API, spoken as one caller. */
public final class Api {

    static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int TOO_MANY_REQUESTS = 429;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient http;
    private final URI base;
    private final @Nullable String token;
    private final boolean patient;
    private final Duration perAnswer;

    private Api(
            HttpClient http,
            URI base,
            @Nullable String token,
            boolean patient,
            Duration perAnswer) {
        this.http = http;
        this.base = base;
        this.token = token;
        this.patient = patient;
        this.perAnswer = perAnswer;
    }

    /** As a guest. */
    public static Api of(URI base) {
        var http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(Duration.ofSeconds(5))
                        .build();
        return new Api(http, base, null, false, PATIENCE);
    }

    public Api as(String token) {
        return new Api(http, base, token, patient, perAnswer);
    }

    /** Whatever is asked for too often is asked for again when the gateway allows it. */
    Api withPatience() {
        return new Api(http, base, token, true, perAnswer);
    }

    /** The same caller, who waits this long for an answer. */
    Api within(Duration perAnswer) {
        return new Api(http, base, token, patient, perAnswer);
    }

    /** As the one who signs in with this name. */
    public Api signIn(String email, String password) {
        return as(tokenOf(email, password));
    }

    /** Whoever signs in too often waits for as long as the gateway says. */
    String tokenOf(String email, String password) {
        var credentials = Map.of("username", email, "password", password);
        Answer answer = post("/api/v1/auth/token", credentials);
        if (answer.status() == TOO_MANY_REQUESTS) {
            Processes.pause(answer.retryAfter());
            answer = post("/api/v1/auth/token", credentials);
        }
        return answer.expect(200).text("access");
    }

    public Answer get(String path) {
        return send("GET", path, null, Map.of());
    }

    public Answer post(String path, Object body) {
        return send("POST", path, body, Map.of());
    }

    public Answer post(String path, Object body, Map<String, String> headers) {
        return send("POST", path, body, headers);
    }

    public Answer patch(String path, Object body) {
        return send("PATCH", path, body, Map.of());
    }

    public Answer delete(String path) {
        return send("DELETE", path, null, Map.of());
    }

    /** One file, as a browser's form sends it. */
    Answer upload(String path, String field, String type, byte[] file) {
        String boundary = UUID.randomUUID().toString();
        String head =
                "--%s\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"%s\"\r\nContent-Type: %s\r\n\r\n"
                        .formatted(boundary, field, field, type);
        HttpRequest request =
                request("POST", path, null, Map.of())
                        .setHeader("Content-Type", "multipart/form-data; boundary=" + boundary)
                        .POST(
                                BodyPublishers.concat(
                                        BodyPublishers.ofString(head),
                                        BodyPublishers.ofByteArray(file),
                                        BodyPublishers.ofString(
                                                "\r\n--%s--\r\n".formatted(boundary))))
                        .timeout(perAnswer)
                        .build();
        return send("POST " + path, request);
    }

    /** A form of a page that may be anybody's. */
    Answer submit(String page, String fields) {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(page))
                        .setHeader("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(fields))
                        .timeout(perAnswer)
                        .build();
        return send("POST " + page, request);
    }

    public Answer send(
            String method, String path, @Nullable Object body, Map<String, String> headers) {
        return send(
                method + " " + path,
                request(method, path, body, headers).timeout(perAnswer).build());
    }

    private Answer send(String what, HttpRequest request) {
        Answer answer = sendOnce(what, request);
        while (patient && answer.status() == TOO_MANY_REQUESTS) {
            Processes.pause(answer.retryAfter());
            answer = sendOnce(what, request);
        }
        return answer;
    }

    private Answer sendOnce(String what, HttpRequest request) {
        try {
            HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
            return new Answer(
                    what, response.statusCode(), response.headers(), parse(response.body()));
        } catch (IOException e) {
            throw new Unanswered(what, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Trouble("Interrupted.", e);
        }
    }

    HttpRequest.Builder request(
            String method, String path, @Nullable Object body, Map<String, String> headers) {
        var request = HttpRequest.newBuilder(base.resolve(path));
        request.method(
                method,
                body == null
                        ? BodyPublishers.noBody()
                        : BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)));
        if (body != null) {
            request.setHeader("Content-Type", "application/json");
        }
        if (token != null) {
            request.setHeader("Authorization", "Bearer " + token);
        }
        headers.forEach(request::setHeader);
        return request;
    }

    HttpClient http() {
        return http;
    }

    /** What is no JSON, such as a page, is of no interest here. */
    private static JsonNode parse(byte[] body) {
        try {
            return body.length == 0 ? MissingNode.getInstance() : JSON.readTree(body);
        } catch (JacksonException noJson) {
            return MissingNode.getInstance();
        }
    }

    /** What the shop answered. */
    public record Answer(String request, int status, HttpHeaders headers, JsonNode body) {

        /** Fails with the problem's own words if it is anything else. */
        public Answer expect(int... statuses) {
            for (int expected : statuses) {
                if (status == expected) {
                    return this;
                }
            }
            throw new Trouble("%s answered %d: %s".formatted(request, status, body));
        }

        /** Of a list. */
        JsonNode first() {
            return body.path("results").path(0);
        }

        Duration retryAfter() {
            return Duration.ofSeconds(headers.firstValueAsLong("Retry-After").orElse(1));
        }

        public String text(String field) {
            return body.path(field).asString();
        }
    }
}
