package duka.web.sample;

import static org.assertj.core.api.Assertions.assertThat;

import duka.testing.Infrastructure;
import duka.web.Role;
import duka.web.TestTokens;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What only a real server shows. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@Import({Infrastructure.class, TestTokens.class})
class HttpIT {

    @LocalServerPort int port;
    @Autowired JdbcClient jdbc;
    @Autowired DataSource database;
    @Autowired JsonMapper json;

    Http http;

    @BeforeEach
    void somebodyCalls() {
        http = Http.someone(port);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /api/v1/open/sorted?ordering=%zz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
                "GET /api/v1/open/%zz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
                "GET /api/v1/open/%00 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
                "GET /api/v1/open/%2F HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
                "GET /api/v1//open/me HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
                "GET /api/v1/open/me;a=b HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
                "GET /api/v1/open/../me HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
                "GET /api/v1/open/{} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
                "GET /api/v1/open/sorted?ordering=%00 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
                "GET /api/v1/open/me HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n",
                "GET /api/v1/open/me HTTP/1.1\r\nHost: a\r\nX-A: a\0b\r\nConnection: close\r\n\r\n",
                "GET /api/v1/open/me HTTP/1.1\r\nConnection: close\r\n\r\n",
                "nonsense\r\n\r\n"
            })
    void what_is_no_proper_request_is_a_problem_of_its_sender(String request) {
        var answer = http.raw(request);
        assertThat(answer).startsWith("HTTP/1.1 40");
        assertThat(answer.toLowerCase()).contains("content-type: application/problem+json");
        assertThat(answer).contains("\"type\":\"/problems/").doesNotContain("Exception", "<html");
    }

    @Test
    void headers_that_are_too_large() {
        var answer =
                http.raw(
                        "GET /api/v1/open/me HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX-A: "
                                + "a".repeat(20_000)
                                + "\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 4").doesNotContain("Exception", "<html");
    }

    @Test
    void a_body_that_is_too_large_announced_or_not() {
        var large = "{\"text\": \"" + "a".repeat(1_100_000) + "\"}";
        assertProblem(http.post("/api/v1/notes", large), 413, "content-too-large");
        assertProblem(http.post("/api/v1/notes", chunked(large)), 413, "content-too-large");
        assertProblem(
                http.post("/api/v1/notes", chunked(large), "Idempotency-Key", "large"),
                413,
                "content-too-large");
        assertThat(http.post("/api/v1/notes", chunked("{\"text\": \"chunks\"}")).statusCode())
                .isEqualTo(201);
    }

    @Test
    void a_picture_that_is_too_large() {
        assertProblem(Multipart.post(http, "large", new byte[1_500_000]), 413, "content-too-large");
        assertProblem(Multipart.post(http, "nul\0", new byte[] {1}), 400, "invalid-request");
    }

    @Test
    void the_document_says_what_every_service_shares() {
        var document =
                http.send(
                        HttpRequest.newBuilder(
                                URI.create("http://localhost:" + port + "/v3/api-docs")));
        assertThat(document.statusCode()).isEqualTo(200);
        var api = json.readTree(document.body());
        assertThat(api.path("openapi").asString()).startsWith("3.1");
        assertThat(api.at("/servers/0/url").asString()).isEqualTo("/");
        assertThat(api.at("/components/securitySchemes/bearer/scheme").asString())
                .isEqualTo("bearer");
        assertThat(names(api.at("/paths/~1api~1v1~1open~1numbers/get/parameters")))
                .containsExactlyInAnyOrder("page", "page_size");
        assertThat(names(api.at("/paths/~1api~1v1~1notes/post/parameters")))
                .containsExactly("Idempotency-Key");
        assertThat(api.at("/paths/~1api~1v1~1webhooks~1any/post").has("parameters")).isFalse();
        assertThat(api.at("/paths/~1api~1v1~1me/get").has("parameters")).isFalse();
        assertThat(api.at("/paths/~1api~1v1~1open~1me/get").has("parameters")).isFalse();
        assertThat(
                        api.at(
                                        "/paths/~1api~1v1~1me/get/responses/default/content/application~1problem+json/schema/$ref")
                                .asString())
                .endsWith("/Problem");
        assertThat(api.at("/paths/~1api~1v1~1notes/post/responses").propertyNames())
                .contains("400", "401", "403", "413", "415", "429", "default");
        assertThat(api.at("/components/schemas/Line/properties").propertyNames())
                .containsExactlyInAnyOrder("product_id", "item_quantity");
        assertThat(api.at("/components/schemas/Line/required").toString()).contains("product_id");
        assertThat(api.at("/components/schemas/Problem/properties").has("errors")).isTrue();
        assertThat(api.at("/paths/~1api~1v1~1notes/post/responses/401/$ref").asString())
                .isEqualTo("#/components/responses/Unauthenticated");
        assertThat(
                        api.at(
                                        "/components/responses/Unauthenticated/content/application~1problem+json/example/type")
                                .asString())
                .isEqualTo("/problems/unauthenticated");
        assertThat(api.at("/components/schemas/DeadLetterView/properties/topic/example").asString())
                .isEqualTo("duka.orders.v1");
        assertThat(api.path("paths").propertyNames()).allMatch(it -> it.startsWith("/api/v1/"));
        assertThat(api.at("/components/schemas").propertyNames())
                .doesNotContain("Caller", "Paging", "MergePatch", "IfMatch", "ProblemDetail");
    }

    @Test
    void a_patch_is_documented_as_what_it_patches_with_nothing_required() {
        var document =
                http.send(
                        HttpRequest.newBuilder(
                                URI.create("http://localhost:" + port + "/v3/api-docs")));
        var api = json.readTree(document.body());

        assertThat(
                        api.at(
                                        "/paths/~1api~1v1~1profile/patch/requestBody/content/application~1json/schema/$ref")
                                .asString())
                .isEqualTo("#/components/schemas/ProfilePatch");
        assertThat(api.at("/components/schemas/ProfilePatch/properties").propertyNames())
                .containsExactlyInAnyOrder("first_name", "phone", "address");
        assertThat(api.at("/components/schemas/ProfilePatch").has("required")).isFalse();
    }

    @Test
    void health_and_metrics_are_open_to_the_network() {
        for (var path :
                new String[] {
                    "/actuator/health",
                    "/actuator/health/liveness",
                    "/actuator/health/readiness",
                    "/actuator/prometheus"
                }) {
            var answer =
                    http.send(
                            HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)));
            assertThat(answer.statusCode()).as(path).isEqualTo(200);
        }
        assertThat(http.get("/actuator/env", Role.ADMIN).statusCode()).isEqualTo(404);
    }

    @Test
    void the_database_shows_how_it_is() {
        var metrics =
                http.send(
                                HttpRequest.newBuilder(
                                        URI.create(
                                                "http://localhost:%d/actuator/prometheus"
                                                        .formatted(port))))
                        .body();

        assertThat(metrics)
                .containsPattern("duka_database_connections [1-9]")
                .containsPattern("duka_database_connections_limit [1-9]")
                .containsPattern("duka_database_size_bytes [1-9]")
                .containsPattern("duka_database_transactions_total\\{outcome=\"committed\"} [1-9]")
                .containsPattern("duka_database_blocks_total\\{found=\"cache\"} [1-9]");
    }

    @ParameterizedTest
    @CsvSource({"tcp_keepalives_idle, 10", "tcp_keepalives_interval, 5", "tcp_keepalives_count, 3"})
    void the_database_notices_soon_that_a_service_has_gone(String setting, String value) {
        assertThat(jdbc.sql("show " + setting).query(String.class).single()).isEqualTo(value);
    }

    @Test
    void a_service_notices_within_a_minute_that_the_database_has_gone() throws SQLException {
        try (var connection = database.getConnection()) {
            assertThat(connection.getNetworkTimeout()).isEqualTo(60_000);
        }
    }

    @Test
    void an_admin_sees_dead_letters_and_tries_them_again() {
        jdbc.sql("delete from dead_letters").update();
        var id = park("feed/duka.orders.v1", "order-1", 1);
        park("feed/duka.orders.v1", "order-2", 2);
        park("saga/duka.orders.v1", "order-1", 3);
        var path = "/api/v1/sample-service/dead-letters";

        assertProblem(http.get(path, Role.STORE_MANAGER), 403, "forbidden");
        var all = json.readTree(http.get(path, Role.ADMIN).body());
        assertThat(all.path("count").asInt()).isEqualTo(3);
        assertThat(all.at("/results/0/id").asString()).isEqualTo(id.toString());
        assertThat(all.at("/results/0").has("body")).isFalse();
        var some = http.get(path + "?key=order-1&listener=saga/duka.orders.v1", Role.ADMIN);
        assertThat(json.readTree(some.body()).path("count").asInt()).isEqualTo(1);

        var retried =
                http.send(
                        http.request(path + "/" + id + "/retry", Role.ADMIN)
                                .POST(BodyPublishers.noBody()));
        assertThat(retried.statusCode()).isEqualTo(200);
        assertThat(json.readTree(retried.body()).at("/stuck/attempts").asInt()).isEqualTo(2);
        assertProblem(
                http.send(
                        http.request(path + "/" + UUID.randomUUID() + "/retry", Role.ADMIN)
                                .POST(BodyPublishers.noBody())),
                404,
                "no-such-dead-letter");
    }

    @Test
    void an_admin_sees_how_far_the_outbox_is_behind() {
        var path = "/api/v1/sample-service/outbox";

        assertProblem(http.get(path, Role.STORE_MANAGER), 403, "forbidden");
        var behind = http.get(path, Role.ADMIN);
        assertThat(behind.statusCode()).isEqualTo(200);
        assertThat(json.readTree(behind.body()).propertyNames())
                .containsExactly("size", "oldest", "age_seconds");
    }

    private UUID park(String listener, String key, long offset) {
        var id = UUID.randomUUID();
        jdbc.sql(
                        """
                        insert into dead_letters
                               (id, listener, key, topic, kafka_partition, kafka_offset, headers, reason,
                                attempts, parked_at, tried_at)
                        values (?, ?, ?, 'duka.orders.v1', 0, ?, '{}'::jsonb, 'it was too much', 1, now(), now())
                        """)
                .param(id)
                .param(listener)
                .param(key)
                .param(offset)
                .update();
        return id;
    }

    private static List<String> names(JsonNode parameters) {
        return parameters.valueStream().map(it -> it.path("name").asString()).toList();
    }

    private static BodyPublisher chunked(String body) {
        return BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body.getBytes()));
    }

    private void assertProblem(HttpResponse<String> answer, int status, String type) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type"))
                .contains("application/problem+json");
        assertThat(json.readTree(answer.body()).path("type").asString())
                .isEqualTo("/problems/" + type);
    }
}
