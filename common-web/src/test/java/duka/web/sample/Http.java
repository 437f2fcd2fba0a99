package duka.web.sample;

import duka.web.Role;
import duka.web.TestTokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Speaks to the sample service from outside, down to the single byte. */
record Http(int port, UUID caller) {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    static Http someone(int port) {
        return new Http(port, UUID.randomUUID());
    }

    HttpResponse<String> get(String path, Role... roles) {
        return send(request(path, roles).GET());
    }

    HttpResponse<String> post(String path, String json, String... headers) {
        return post(path, BodyPublishers.ofString(json), headers);
    }

    HttpResponse<String> post(String path, BodyPublisher body, String... headers) {
        var request = request(path, Role.CUSTOMER).POST(body);
        request.setHeader("Content-Type", "application/json");
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return send(request);
    }

    HttpRequest.Builder request(String path, Role... roles) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .header("Authorization", TestTokens.bearer(caller, roles));
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return CLIENT.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What a client may send that is no proper HTTP. */
    String raw(String request) {
        try (var socket = new Socket("localhost", port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
