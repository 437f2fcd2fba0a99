package duka.catalog.images;

import static duka.web.Role.STORE_MANAGER;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import duka.catalog.Shop;
import duka.testing.Infrastructure;
import duka.web.TestTokens;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;

/** Uploads as the real server takes them in. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "duka.images.folder=target/images")
@Import({Infrastructure.class, TestTokens.class, Shop.class})
class UploadIT {

    static final String STAFF = TestTokens.bearer(UUID.randomUUID(), STORE_MANAGER);
    static final String BOUNDARY = "a-boundary";

    @Autowired Shop shop;
    @LocalServerPort int port;

    @Test
    void a_large_upload_is_taken_and_a_larger_one_refused() throws Exception {
        var path = "/api/v1/products/" + shop.product(1) + "/images";
        var photo = Uploads.jpeg(3000, 2000);
        var taken = upload(path, Arrays.copyOf(photo, 5 * 1024 * 1024));
        assertThat(taken.statusCode()).isEqualTo(201);
        String url = JsonPath.read(taken.body(), "$.url");
        assertThat(get(url).statusCode()).isEqualTo(200);
        assertThat(get(url).headers().firstValue("Content-Type")).contains("image/jpeg");

        for (int size : new int[] {5 * 1024 * 1024 + 1, 9 * 1024 * 1024}) {
            var refused = upload(path, Arrays.copyOf(photo, size));
            assertThat(refused.statusCode()).isEqualTo(413);
            assertThat(refused.headers().firstValue("Content-Type"))
                    .contains("application/problem+json");
        }
    }

    private HttpResponse<String> upload(String path, byte[] bytes) throws Exception {
        return send(
                request(path)
                        .header("Authorization", STAFF)
                        .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                        .POST(BodyPublishers.ofByteArray(form(bytes))));
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(request(path));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:%d%s".formatted(port, path)));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request.build(), BodyHandlers.ofString());
        }
    }

    private static byte[] form(byte[] image) throws IOException {
        var form = new ByteArrayOutputStream();
        form.write(
                """
                --%s\r
                Content-Disposition: form-data; name="image"; filename="a.jpg"\r
                Content-Type: image/jpeg\r
                \r
                """
                        .formatted(BOUNDARY)
                        .getBytes(UTF_8));
        form.write(image);
        form.write("\r\n--%s--\r\n".formatted(BOUNDARY).getBytes(UTF_8));
        return form.toByteArray();
    }
}
