package duka.cart;

import duka.web.Role;
import duka.web.TestTokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A customer in front of the running service; a guest, if there is no token. */
record Customer(UUID id, @Nullable String token, int port) {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = new JsonMapper();

    record Answer(int status, @Nullable JsonNode body, HttpResponse<String> response) {

        String text(String pointer) {
            return body.at(pointer).asString();
        }

        int number(String pointer) {
            return body.at(pointer).asInt();
        }

        Optional<String> header(String name) {
            return response.headers().firstValue(name);
        }
    }

    static Customer at(int port) {
        return at(port, Role.CUSTOMER);
    }

    static Customer at(int port, Role role) {
        var id = UUID.randomUUID();
        return new Customer(id, TestTokens.bearer(id, role), port);
    }

    static Customer guestAt(int port) {
        return new Customer(UUID.randomUUID(), null, port);
    }

    Answer add(UUID product, int quantity, String... headers) {
        return post(
                "/cart/items",
                "{\"product_id\": \"%s\", \"quantity\": %d}".formatted(product, quantity),
                headers);
    }

    Answer get(String path, String... headers) {
        return send("GET", path, null, headers);
    }

    Answer delete(String path, String... headers) {
        return send("DELETE", path, null, headers);
    }

    Answer post(String path, String body, String... headers) {
        return send("POST", path, body, headers);
    }

    Answer patch(String path, String body, String... headers) {
        return send("PATCH", path, body, headers);
    }

    JsonNode document() {
        return ask("GET", "/v3/api-docs", null).body();
    }

    Answer send(String method, String path, @Nullable String body, String... headers) {
        return ask(method, "/api/v1" + path, body, headers);
    }

    private Answer ask(String method, String path, @Nullable String body, String... headers) {
        var request =
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                        .header("Content-Type", "application/json")
                        .method(
                                method,
                                body == null
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(body));
        if (token != null) {
            request.header("Authorization", token);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            var response = HTTP.send(request.build(), BodyHandlers.ofString());
            var text = response.body();
            return new Answer(
                    response.statusCode(), text.isEmpty() ? null : JSON.readTree(text), response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
