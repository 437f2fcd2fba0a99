package duka.gateway;

import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Scanner;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.BodyInserters;
import reactor.core.publisher.Flux;

@AtTheDoor
class EdgeIT {

    @Autowired WebTestClient door;
    @Autowired MeterRegistry meters;
    @LocalServerPort int port;

    @BeforeEach
    void reset() {
        Shop.reset();
    }

    @Test
    void a_guest_may_pass() {
        door.get().uri("/api/v1/orders").exchange().expectStatus().isOk();
    }

    @Test
    void a_good_token_is_passed_on_each_time() {
        var token = "Bearer " + Shop.token(Shop.KEY, "duka", soon());

        for (int i = 0; i < 2; i++) {
            door.get()
                    .uri("/api/v1/orders")
                    .header(HttpHeaders.AUTHORIZATION, token)
                    .exchange()
                    .expectStatus()
                    .isOk();
        }

        Shop.service(Routes.ORDER)
                .verify(
                        2,
                        getRequestedFor(urlEqualTo("/api/v1/orders"))
                                .withHeader("Authorization", equalTo(token)));
    }

    static Stream<String> badTokens() {
        return Stream.of(
                "",
                "nonsense",
                "a.b.c",
                "x".repeat(5000),
                Shop.token(Shop.KEY, "duka", Clock.systemUTC().instant().minusSeconds(1)),
                Shop.token(Shop.KEY, "somebody-else", soon()),
                Shop.token(Shop.newKey(), "duka", soon()),
                Shop.token(Shop.KEY, "duka", soon()) + "x",
                "eyJhbGciOiJub25lIn0.eyJpc3MiOiJkdWthIn0.");
    }

    @ParameterizedTest
    @MethodSource("badTokens")
    void a_bad_token_is_turned_away(String token) {
        door.get()
                .uri("/api/v1/orders")
                .header(HttpHeaders.AUTHORIZATION, "Bearer " + token)
                .exchange()
                .expectStatus()
                .isUnauthorized()
                .expectHeader()
                .valueEquals(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"")
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON);

        Shop.service(Routes.ORDER).verify(0, anyRequestedFor(anyUrl()));
    }

    @ParameterizedTest
    @CsvSource({
        "/api/auth/token/refresh/, /api/v1/auth/token/refresh",
        "/api/login, /api/v1/auth/token",
        "/api/v1/auth/password-reset/request/, /api/v1/auth/password/forgot"
    })
    void a_stale_token_does_not_stop_what_needs_none(String path, String ours) {
        door.post()
                .uri(path)
                .header(HttpHeaders.AUTHORIZATION, "Bearer stale")
                .exchange()
                .expectStatus()
                .isOk();

        Shop.service(Routes.IDENTITY)
                .verify(postRequestedFor(urlEqualTo(ours)).withHeader("Authorization", absent()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/products/../../../actuator/prometheus",
                "/api/v1/products/%2e%2e/%2E%2E/actuator",
                "/api/v1/products/a%2fb",
                "/api/v1//products",
                "/api/v1/products;x=1",
                "/api/v1/products/%00",
                "/api/v1/products/a%5cb",
                "/%61pi/v1/auth/register/",
                "/api/v1/auth/registe%72"
            })
    void a_path_that_can_be_read_in_two_ways_is_refused(String path) throws IOException {
        assertThat(ask("GET " + path))
                .startsWith("HTTP/1.1 400 ")
                .contains("application/problem+json")
                .contains("/problems/invalid-request");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/products/caf%C3%A9",
                "/api/v1/products/a%20lamp",
                "/api/v1/products/%40home%3F%23%5B%7B%60"
            })
    void what_has_to_be_encoded_arrives_as_it_was_sent(String path) throws IOException {
        assertThat(ask("GET " + path)).startsWith("HTTP/1.1 200 ");

        Shop.service(Routes.CATALOG).verify(getRequestedFor(urlEqualTo(path)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"AAAA1", "get", "TRACE", "PROPFIND"})
    void a_method_that_nothing_has_is_refused_and_leaves_no_meter(String method)
            throws IOException {
        assertThat(ask(method + " /api/v1/products"))
                .startsWith("HTTP/1.1 405 ")
                .containsIgnoringCase("\r\nAllow: GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS\r\n")
                .containsIgnoringCase("\r\nContent-Type: application/problem+json\r\n")
                .endsWith(
                        "{\"type\":\"/problems/method-not-allowed\",\"title\":\"Method not allowed\","
                                + "\"status\":405,\"detail\":\"Nothing here has this method.\","
                                + "\"instance\":\"/api/v1/products\"}");

        assertThat(meters.getMeters())
                .flatExtracting(meter -> meter.getId().getTags())
                .extracting(Tag::getValue)
                .doesNotContain(method);
        Shop.service(Routes.CATALOG).verify(0, anyRequestedFor(anyUrl()));
    }

    @Test
    void a_path_that_is_none_is_refused() throws IOException {
        assertThat(ask("GET /a%zz"))
                .startsWith("HTTP/1.1 400 ")
                .contains("application/problem+json")
                .contains("/problems/invalid-request");
    }

    @Test
    void a_body_that_says_it_is_too_large_is_not_let_in() {
        door.post()
                .uri("/api/v1/orders/create")
                .bodyValue("x".repeat(10 * 1024 + 1))
                .exchange()
                .expectStatus()
                .isEqualTo(413)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON);

        Shop.service(Routes.ORDER).verify(0, anyRequestedFor(anyUrl()));
    }

    @Test
    void a_body_that_becomes_too_large_is_stopped() {
        door.post()
                .uri("/api/v1/orders/create")
                .body(BodyInserters.fromDataBuffers(pieces(11)))
                .exchange()
                .expectStatus()
                .isEqualTo(413)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON);
        door.post()
                .uri("/api/v1/orders/create")
                .body(BodyInserters.fromDataBuffers(pieces(10)))
                .exchange()
                .expectStatus()
                .isOk();
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /api/v1/products/lamp/images, application/octet-stream, 200",
        "POST, /api/products/lamp/images/, multipart/form-data;boundary=x, 200",
        "POST, /api/v1/products, multipart/form-data;boundary=x, 200",
        "PATCH, /api/v1/categories/5/, multipart/form-data;boundary=x, 200",
        "POST, /api/v1/products, application/json, 413",
        "POST, /api/v1/products, nonsense, 413",
        "POST, /api/v1/orders/create, multipart/form-data;boundary=x, 413"
    })
    void only_what_may_bring_a_picture_may_be_larger(
            String method, String path, String type, int status) {
        door.method(HttpMethod.valueOf(method))
                .uri(path)
                .header(HttpHeaders.CONTENT_TYPE, type)
                .body(BodyInserters.fromDataBuffers(pieces(20)))
                .exchange()
                .expectStatus()
                .isEqualTo(status);
    }

    @Test
    void a_picture_has_its_limit_too() {
        door.post()
                .uri("/api/v1/products/lamp/images")
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .body(BodyInserters.fromDataBuffers(pieces(41)))
                .exchange()
                .expectStatus()
                .isEqualTo(413);
    }

    @Test
    void browsers_may_call_from_our_frontends_only() {
        door.options()
                .uri("/api/v1/orders")
                .header(HttpHeaders.ORIGIN, "https://shop.example")
                .header(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD, "PATCH")
                .header(HttpHeaders.ACCESS_CONTROL_REQUEST_HEADERS, "authorization, if-match")
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, "https://shop.example")
                .expectHeader()
                .doesNotExist(HttpHeaders.ACCESS_CONTROL_ALLOW_CREDENTIALS);
        door.get()
                .uri("/api/v1/orders")
                .header(HttpHeaders.ORIGIN, "https://evil.example")
                .exchange()
                .expectStatus()
                .isForbidden()
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON);
        door.get()
                .uri("/api/v1/orders")
                .header(HttpHeaders.ORIGIN, "https://shop.example")
                .header(HttpHeaders.AUTHORIZATION, "Bearer bad")
                .exchange()
                .expectStatus()
                .isUnauthorized()
                .expectHeader()
                .valueEquals(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, "https://shop.example");
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, http://localhost:port",
        "localhost, http://localhost:99999999999",
        "localhost, http://localhost:{port}",
        "my_shop, https://shop.example"
    })
    void an_origin_or_a_host_that_is_no_address_is_refused(String host, String origin)
            throws IOException {
        var request =
                "GET /api/v1/orders HTTP/1.1\r\nHost: %s\r\nOrigin: %s\r\nConnection: close\r\n\r\n";

        assertThat(raw(request.formatted(host, origin)))
                .startsWith("HTTP/1.1 400 ")
                .contains("application/problem+json")
                .contains("/problems/invalid-request");

        Shop.service(Routes.ORDER).verify(0, anyRequestedFor(anyUrl()));
    }

    @Test
    void forwarded_headers_of_strangers_are_not_believed() {
        door.get()
                .uri("/api/v1/orders")
                .header("X-Forwarded-For", "1.2.3.4")
                .header("X-Forwarded-Host", "evil.example")
                .header("X-Forwarded-Proto", "https")
                .header("X-Forwarded-Prefix", "/evil")
                .header("Forwarded", "for=1.2.3.4")
                .header("X-Real-IP", "1.2.3.4")
                .exchange()
                .expectStatus()
                .isOk();

        Shop.service(Routes.ORDER)
                .verify(
                        getRequestedFor(urlEqualTo("/api/v1/orders"))
                                .withHeader("X-Forwarded-For", equalTo("127.0.0.1"))
                                .withHeader("X-Forwarded-Host", equalTo("localhost:" + port))
                                .withHeader("X-Forwarded-Proto", equalTo("http"))
                                .withHeader("X-Forwarded-Prefix", absent())
                                .withHeader("Forwarded", absent())
                                .withHeader("X-Real-IP", absent()));
    }

    @Test
    void headers_for_this_hop_only_go_no_further() throws IOException {
        raw(
                "GET /api/v1/orders HTTP/1.1\r\nHost: localhost\r\nX-Mine: 1\r\nTE: trailers\r\n"
                        + "Connection: close, X-Mine\r\n\r\n");

        Shop.service(Routes.ORDER)
                .verify(
                        getRequestedFor(urlEqualTo("/api/v1/orders"))
                                .withHeader("X-Mine", absent())
                                .withHeader("TE", absent()));
    }

    @Test
    void a_connection_goes_on_after_requests_sent_before_their_turn() throws IOException {
        Shop.service(Routes.ORDER)
                .stubFor(get("/api/v1/orders").willReturn(ok("slowly").withFixedDelay(200)));
        var answered = "GET /api/v1/orders HTTP/1.1\r\nHost: localhost\r\n\r\n";
        var refused = "GET /api/%61 HTTP/1.1\r\nHost: localhost\r\n\r\n";
        try (var socket = new Socket("localhost", port);
                var answers = new Scanner(socket.getInputStream(), StandardCharsets.UTF_8)) {
            socket.setSoTimeout(10_000);

            send(socket, answered + refused);
            assertThat(answers.findWithinHorizon("slowly", 0)).isNotNull();
            assertThat(answers.findWithinHorizon("HTTP/1.1 400 ", 0)).isNotNull();
            send(socket, answered);

            assertThat(answers.findWithinHorizon("slowly", 0)).isNotNull();
        }
    }

    private static void send(Socket socket, String requests) throws IOException {
        socket.getOutputStream().write(requests.getBytes(StandardCharsets.US_ASCII));
    }

    private String ask(String what) throws IOException {
        return raw(what + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    }

    private String raw(String request) throws IOException {
        try (var socket = new Socket("localhost", port)) {
            socket.setSoTimeout(10_000);
            send(socket, request);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Flux<DataBuffer> pieces(int kilobytes) {
        return Flux.range(0, kilobytes)
                .map(_ -> DefaultDataBufferFactory.sharedInstance.wrap(new byte[1024]));
    }

    private static Instant soon() {
        return Clock.systemUTC().instant().plus(Duration.ofMinutes(5));
    }
}
