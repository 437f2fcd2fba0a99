package duka.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class SimulatorIT {

    record Webhook(String signature, String body) {}

    static final String API_KEY = UUID.randomUUID().toString();
    static final String SECRET = UUID.randomUUID().toString();
    static final List<Webhook> WEBHOOKS = new CopyOnWriteArrayList<>();

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry properties) throws IOException {
        var shop = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
        shop.createContext(
                "/webhooks",
                exchange -> {
                    var body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
                    var signature = exchange.getRequestHeaders().getFirst(Signature.HEADER);
                    WEBHOOKS.add(new Webhook(signature, body));
                    exchange.sendResponseHeaders(204, -1);
                    exchange.close();
                });
        shop.start();
        var data = Files.createTempDirectory("simulator");
        properties.add("duka.simulator.api-key", () -> API_KEY);
        properties.add("duka.simulator.webhook-secret", () -> SECRET);
        properties.add(
                "duka.simulator.webhook-url",
                () -> "http://localhost:%d/webhooks".formatted(shop.getAddress().getPort()));
        properties.add("duka.simulator.data", data::toString);
    }

    @Autowired JsonMapper json;
    @LocalServerPort int port;

    final String order = UUID.randomUUID().toString();
    RestClient http;

    @BeforeEach
    void connect() {
        http =
                RestClient.builder()
                        .baseUrl("http://localhost:" + port)
                        .requestFactory(new JdkClientHttpRequestFactory())
                        .defaultHeader("Authorization", "Bearer " + API_KEY)
                        .defaultStatusHandler(status -> true, (_, _) -> {})
                        .build();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/log",
                "/v1;x/log",
                "/v1/;x=1/log",
                "/%761/log",
                "//v1/log",
                "/x/../v1/log"
            })
    void nobody_gets_in_without_the_key(String path) {
        var answer =
                http.get()
                        .uri(URI.create("http://localhost:%d%s".formatted(port, path)))
                        .header("Authorization", "Bearer wrong")
                        .retrieve()
                        .toBodilessEntity();

        assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.UNAUTHORIZED);
    }

    @Test
    void an_approved_payment_is_captured_and_refunded_and_stands_in_the_log() {
        var id = id(authorize("tok_approve"));
        var captured = post("/v1/authorizations/%s/capture".formatted(id), key(order + ":c"));
        var refunded =
                post(
                        "/v1/authorizations/%s/refunds".formatted(id),
                        Map.of("idempotency_key", order + ":r", "amount_minor", 400));

        assertThat(captured.getBody().get("status").asString()).isEqualTo("SUCCEEDED");
        assertThat(refunded.getBody().get("status").asString()).isEqualTo("SUCCEEDED");
        var books = get("/v1/authorizations/" + id).getBody();
        assertThat(books.get("captured_minor").asLong()).isEqualTo(1050);
        assertThat(books.get("refunded_minor").asLong()).isEqualTo(400);
        var log = http.get().uri("/v1/log").retrieve().body(String.class);
        assertThat(log.lines().filter(line -> line.contains(order)))
                .hasSize(3)
                .first()
                .asString()
                .contains("\"kind\":\"AUTHORIZED\"", "\"amount_minor\":1050");
    }

    @Test
    void a_payout_is_made_once_and_stands_in_a_log_of_its_own() {
        var asked =
                Map.of(
                        "idempotency_key",
                        order,
                        "reference",
                        order,
                        "bank_code",
                        "058",
                        "account_number",
                        "1234567890",
                        "amount_minor",
                        700,
                        "currency",
                        "KES");

        var first = post("/v1/payouts", asked).getBody();
        var again = post("/v1/payouts", asked).getBody();

        assertThat(first.get("status").asString()).isEqualTo("SUCCEEDED");
        assertThat(again).isEqualTo(first);
        assertThat(get("/v1/payouts/" + order).getBody()).isEqualTo(first);
        assertThat(logged("/v1/payouts/log")).hasSize(1);
        assertThat(logged("/v1/payouts/log?until=2020-01-01T00:00:00Z")).isEmpty();
        assertThat(logged("/v1/log?from=2020-01-01T00:00:00Z")).isEmpty();
    }

    @Test
    void the_log_can_be_asked_for_of_a_time() {
        authorize("tok_approve");

        assertThat(logged("/v1/log?from=2020-01-01T00:00:00Z&until=2999-01-01T00:00:00Z"))
                .hasSize(1);
        assertThat(logged("/v1/log?until=2020-01-01T00:00:00Z")).isEmpty();
    }

    private List<String> logged(String uri) {
        var log = http.get().uri(uri).retrieve().body(String.class);
        return log == null ? List.of() : log.lines().filter(line -> line.contains(order)).toList();
    }

    @Test
    void declines_say_why() {
        var answer = authorize("tok_decline_expired_card").getBody();

        assertThat(answer.get("status").asString()).isEqualTo("REFUSED");
        assertThat(answer.get("reason").asString()).isEqualTo("expired card");
    }

    @Test
    void a_key_used_for_something_else_is_unprocessable() {
        authorize("tok_approve");

        assertThat(authorize("tok_decline").getStatusCode())
                .isEqualTo(HttpStatus.UNPROCESSABLE_CONTENT);
    }

    @Test
    void what_makes_no_sense_is_a_bad_request() {
        assertThat(post("/v1/authorizations", Map.of("token", "tok_approve")).getStatusCode())
                .isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(get("/v1/operations/unheard-of").getStatusCode())
                .isEqualTo(HttpStatus.NOT_FOUND);
        assertThat(post("/v1/authorizations/none/capture", key("x")).getStatusCode())
                .isEqualTo(HttpStatus.NOT_FOUND);
    }

    @Test
    void a_dropped_connection_leaves_the_operation_booked() {
        assertThatThrownBy(() -> authorize("tok_drop")).isInstanceOf(ResourceAccessException.class);

        assertThat(get("/v1/operations/" + order).getBody().get("status").asString())
                .isEqualTo("SUCCEEDED");
        assertThat(authorize("tok_drop").getStatusCode()).isEqualTo(HttpStatus.OK);
    }

    @Test
    void a_fault_before_books_nothing_and_a_fault_after_books() {
        assertThat(authorize("tok_500_1").getStatusCode().value()).isEqualTo(500);
        assertThat(get("/v1/operations/" + order).getStatusCode().value()).isEqualTo(404);
        assertThat(authorize("tok_500_1").getStatusCode().value()).isEqualTo(200);

        var other = UUID.randomUUID().toString();
        assertThat(authorize(other, "tok_500_after").getStatusCode().value()).isEqualTo(500);
        assertThat(get("/v1/operations/" + other).getStatusCode().value()).isEqualTo(200);
    }

    @Test
    void a_refused_capture_is_refused_for_good() {
        var id = id(authorize("tok_capture_refused"));

        var capture = post("/v1/authorizations/%s/capture".formatted(id), key(order + ":c"));
        var release = post("/v1/authorizations/%s/void".formatted(id), key(order + ":v"));

        assertThat(capture.getBody().get("reason").asString()).isEqualTo("capture refused");
        assertThat(release.getBody().get("status").asString()).isEqualTo("SUCCEEDED");
    }

    @Test
    void the_customer_approves_on_a_page() {
        var asked = authorize("tok_3ds").getBody();
        var page = "/approve/" + asked.get("authorization_id").asString();
        assertThat(asked.get("action_url").asString()).endsWith(page);
        assertThat(http.get().uri(page).retrieve().body(String.class))
                .contains("10.50 KES", order, "value=\"approve\"");

        http.post()
                .uri(page)
                .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                .body("decision=approve")
                .retrieve()
                .toBodilessEntity();

        assertThat(http.get().uri(page).retrieve().body(String.class)).contains("is authorized");
        assertThat(get("/v1/operations/" + order).getBody().get("status").asString())
                .isEqualTo("SUCCEEDED");
        await().until(() -> webhooks().size() == 1);
        assertSigned(webhooks().getFirst());
    }

    @Test
    void a_delayed_payment_approves_itself_and_tells() {
        assertThat(authorize("tok_delay_1").getBody().get("status").asString())
                .isEqualTo("PENDING");

        await().until(() -> webhooks().size() == 1);
        assertThat(get("/v1/operations/" + order).getBody().get("status").asString())
                .isEqualTo("SUCCEEDED");
    }

    @Test
    void webhooks_come_twice_or_in_disorder_when_asked_to() {
        authorize("tok_webhook_twice");
        await().atMost(10, SECONDS).until(() -> webhooks().size() == 4);

        var other = UUID.randomUUID().toString();
        authorize(other, "tok_webhook_disorder");
        await().atMost(10, SECONDS).until(() -> webhooks(other).size() == 2);
        assertThat(webhooks(other))
                .extracting(webhook -> json.readTree(webhook.body()).get("type").asString())
                .containsExactly("authorization.authorized", "authorization.pending");
    }

    private void assertSigned(Webhook webhook) {
        var seconds = webhook.signature().replaceAll("t=(\\d+),.*", "$1");
        assertThat(webhook.signature())
                .isEqualTo(
                        new Signature(SECRET)
                                .of(
                                        Instant.ofEpochSecond(Long.parseLong(seconds)),
                                        webhook.body().getBytes(UTF_8)));
    }

    private List<Webhook> webhooks() {
        return webhooks(order);
    }

    private List<Webhook> webhooks(String reference) {
        return WEBHOOKS.stream().filter(webhook -> webhook.body().contains(reference)).toList();
    }

    private ResponseEntity<JsonNode> authorize(String token) {
        return authorize(order, token);
    }

    private ResponseEntity<JsonNode> authorize(String reference, String token) {
        return post(
                "/v1/authorizations",
                Map.of(
                        "idempotency_key", reference,
                        "reference", reference,
                        "amount_minor", 1050,
                        "currency", "KES",
                        "token", token));
    }

    private ResponseEntity<JsonNode> post(String uri, Map<String, ?> body) {
        return http.post()
                .uri(uri)
                .contentType(MediaType.APPLICATION_JSON)
                .body(body)
                .retrieve()
                .toEntity(JsonNode.class);
    }

    private ResponseEntity<JsonNode> get(String uri) {
        return http.get().uri(uri).retrieve().toEntity(JsonNode.class);
    }

    private static Map<String, String> key(String key) {
        return Map.of("idempotency_key", key);
    }

    private static String id(ResponseEntity<JsonNode> answer) {
        return answer.getBody().get("authorization_id").asString();
    }
}
