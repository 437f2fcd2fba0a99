package duka.web.sample;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.stream.Stream;

/** A form with a text and a picture, with another boundary each time. */
final class Multipart {

    static HttpResponse<String> post(Http http, String text, byte[] picture, String... headers) {
        var boundary = UUID.randomUUID().toString();
        var body = new ByteArrayOutputStream();
        body.writeBytes(
                """
                --%1$s\r
                Content-Disposition: form-data; name="text"\r
                \r
                %2$s\r
                --%1$s\r
                Content-Disposition: form-data; name="file"; filename="a.png"\r
                Content-Type: image/png\r
                \r
                """
                        .formatted(boundary, text)
                        .getBytes(StandardCharsets.UTF_8));
        body.writeBytes(picture);
        body.writeBytes("\r\n--%s--\r\n".formatted(boundary).getBytes(StandardCharsets.UTF_8));
        return http.post(
                "/api/v1/notes/picture",
                BodyPublishers.ofByteArray(body.toByteArray()),
                Stream.concat(
                                Stream.of(
                                        "Content-Type",
                                        "multipart/form-data; boundary=" + boundary),
                                Stream.of(headers))
                        .toArray(String[]::new));
    }

    private Multipart() {}
}
