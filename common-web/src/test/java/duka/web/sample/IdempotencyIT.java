package duka.web.sample;

import static org.assertj.core.api.Assertions.assertThat;

import duka.testing.Infrastructure;
import duka.web.TestTokens;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@Import({Infrastructure.class, TestTokens.class})
class IdempotencyIT {

    private static final String KEY = "Idempotency-Key";
    private static final String REPLAYED = "Idempotent-Replayed";

    @LocalServerPort int port;
    @Autowired JdbcClient jdbc;

    Http http;
    String text;

    @BeforeEach
    void somethingNewIsToBeWritten() {
        http = Http.someone(port);
        text = UUID.randomUUID().toString();
    }

    @Test
    void the_same_request_gets_the_same_answer_and_is_done_once() {
        var first = http.post("/api/v1/notes", body(), KEY, "a");
        var again = http.post("/api/v1/notes", body(), KEY, "a");

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(first.headers().firstValue(REPLAYED)).isEmpty();
        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.headers().firstValue(REPLAYED)).contains("true");
        for (var header : List.of("Location", "ETag", "Content-Type")) {
            assertThat(again.headers().firstValue(header))
                    .isPresent()
                    .isEqualTo(first.headers().firstValue(header));
        }
        assertThat(written()).isOne();
    }

    @Test
    void without_a_key_it_is_done_each_time() {
        assertThat(http.post("/api/v1/notes", body()).statusCode()).isEqualTo(201);
        assertThat(http.post("/api/v1/notes", body()).statusCode()).isEqualTo(409);
    }

    @Test
    void a_key_is_of_one_caller_and_one_path() {
        var other = Http.someone(port);
        assertThat(http.post("/api/v1/notes", body(text + 1), KEY, "a").statusCode())
                .isEqualTo(201);
        assertThat(other.post("/api/v1/notes", body(text + 2), KEY, "a").statusCode())
                .isEqualTo(201);
        assertThat(http.post("/api/v1/notes/slow", body(text + 3), KEY, "a").statusCode())
                .isEqualTo(201);
    }

    @Test
    void a_guests_key_goes_with_the_token_of_the_cart() {
        var token = UUID.randomUUID().toString();
        var first = asGuest(text, "Cart-Token", token);
        var again = asGuest(text, "Cart-Token", token);
        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.headers().firstValue(REPLAYED)).contains("true");

        var callers = new Http(port, UUID.fromString(token));
        for (var other :
                List.of(
                        asGuest(text + 1, "Cart-Token", UUID.randomUUID().toString()),
                        callers.post("/api/v1/notes/open", body(text + 2), KEY, "a"))) {
            assertThat(other.statusCode()).isEqualTo(201);
            assertThat(other.headers().firstValue(REPLAYED)).isEmpty();
        }
    }

    @Test
    void without_a_token_a_guest_does_it_each_time() {
        assertThat(asGuest(text).statusCode()).isEqualTo(201);
        assertThat(asGuest(text).statusCode()).isEqualTo(409);
    }

    @Test
    void the_same_key_for_something_else_is_refused() {
        http.post("/api/v1/notes", body(), KEY, "a");
        var other = http.post("/api/v1/notes", body("other " + text), KEY, "a");
        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(other.body()).contains("idempotency-key-reused");
        assertThat(http.post("/api/v1/notes?x=1", body(), KEY, "a").statusCode()).isEqualTo(422);
    }

    @Test
    void of_many_at_once_one_does_the_work_and_the_others_are_told_to_ask_again() throws Exception {
        var answers = atOnce(8, () -> http.post("/api/v1/notes/slow", body(), KEY, "a"));

        assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(201, 409);
        assertThat(answers).filteredOn(answer -> answer.statusCode() == 201).isNotEmpty();
        assertThat(answers)
                .filteredOn(answer -> answer.statusCode() == 409)
                .allSatisfy(
                        answer -> {
                            assertThat(answer.body()).contains("request-in-progress");
                            assertThat(answer.headers().firstValue("Retry-After")).contains("1");
                        });
        assertThat(written()).isOne();
        assertThat(http.post("/api/v1/notes/slow", body(), KEY, "a").headers().firstValue(REPLAYED))
                .contains("true");
    }

    @Test
    void a_refusal_leaves_nothing_behind_and_the_key_can_be_used_again() {
        var refused = http.post("/api/v1/notes/refused", body(), KEY, "a");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("second-thoughts");
        assertThat(written()).isZero();
        var again = http.post("/api/v1/notes/refused", body(), KEY, "a");
        assertThat(again.headers().firstValue(REPLAYED)).isEmpty();
    }

    @Test
    void what_fails_only_at_the_commit_is_a_refusal_too() {
        http.post("/api/v1/notes", body());
        var refused = http.post("/api/v1/notes", body(), KEY, "a"); // unique is checked at commit
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.headers().firstValue("Content-Type"))
                .contains("application/problem+json");
        assertThat(refused.body()).contains("/problems/conflict").doesNotContain("notes_text");
        assertThat(refused.headers().firstValue("Location")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "a b", "ä"})
    void a_key_that_is_none(String key) {
        var answer =
                http.raw(
                        """
                        POST /api/v1/notes HTTP/1.1\r
                        Host: a\r
                        Authorization: %s\r
                        Connection: close\r
                        Content-Type: application/json\r
                        Idempotency-Key: %s\r
                        Content-Length: 2\r
                        \r
                        {}"""
                                .formatted(TestTokens.bearer(http.caller()), key));
        assertThat(answer).startsWith("HTTP/1.1 400").contains("Idempotency-Key");
        assertThat(http.post("/api/v1/notes", body(), KEY, "k".repeat(256)).statusCode())
                .isEqualTo(400);
        assertThat(http.post("/api/v1/notes", body(), KEY, "k".repeat(255)).statusCode())
                .isEqualTo(201);
    }

    @Test
    void a_form_with_a_picture_is_the_same_whatever_its_boundary() {
        var first = Multipart.post(http, text, new byte[] {1, 2, 3}, KEY, "a");
        assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
        var again = Multipart.post(http, text, new byte[] {1, 2, 3}, KEY, "a");
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.headers().firstValue(REPLAYED)).contains("true");
        assertThat(Multipart.post(http, text, new byte[] {1, 2, 4}, KEY, "a").statusCode())
                .isEqualTo(422);
    }

    @Test
    void what_was_sent_cannot_be_guessed_without_the_key() {
        jdbc.sql("delete from idempotency_keys").update();
        for (var key : List.of("a", "b")) {
            assertThat(http.post("/api/v1/notes", body(), KEY, key).statusCode()).isEqualTo(201);
            jdbc.sql("delete from notes").update();
        }
        for (var key : List.of("c", "d")) {
            Multipart.post(http, text, new byte[] {1, 2, 3}, KEY, key);
            jdbc.sql("delete from notes").update();
        }

        assertThat(keptHashes()).hasSize(4).doesNotHaveDuplicates();
    }

    @Test
    void a_form_that_is_none_is_refused() {
        var refused =
                http.post(
                        "/api/v1/notes/picture",
                        "--b\r\nno form",
                        KEY,
                        "a",
                        "Content-Type",
                        "multipart/form-data; boundary=b");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("/problems/malformed-multipart");
    }

    @Test
    void what_goes_on_asynchronously_still_answers() {
        assertThat(http.post("/api/v1/notes/later", "", KEY, "a").body())
                .isEqualTo("{\"said\":\"later\"}");
        assertThat(http.post("/api/v1/notes/stream", "", KEY, "a").body()).isEqualTo("streamed");
    }

    @Test
    void webhooks_do_not_take_part() {
        assertThat(http.post("/api/v1/webhooks/any", body(), KEY, "a").statusCode()).isEqualTo(200);
        assertThat(http.post("/api/v1/webhooks/any", body(), KEY, "a").statusCode()).isEqualTo(409);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/payments/confirm", "/api/v1/orders/create/"})
    void what_waits_for_somebody_else_has_no_transaction_around_it(String path) {
        assertThat(http.post(path, "", KEY, "a").body()).isEqualTo("{\"in_transaction\":false}");
    }

    @Test
    void a_caller_who_would_rather_wait_gets_the_outcome_each_time_but_the_202_is_what_is_kept() {
        var plain = http.post("/api/v1/notes/accepted", body(), KEY, "a");
        assertThat(plain.statusCode()).isEqualTo(202);
        var waited = http.post("/api/v1/notes/accepted", body(), KEY, "a", "Prefer", "wait=5");
        assertThat(waited.statusCode()).isEqualTo(201);
        assertThat(waited.body()).contains(text, "\"in_transaction\":false");
        assertThat(waited.headers().firstValue("Preference-Applied")).contains("wait");
        assertThat(waited.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(waited.headers().firstValue("Location"))
                .isEqualTo(plain.headers().firstValue("Location"));

        text = UUID.randomUUID().toString();
        var first = http.post("/api/v1/notes/accepted", body(), KEY, "b", "Prefer", "wait=5");
        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(http.post("/api/v1/notes/accepted", body(), KEY, "b").statusCode())
                .isEqualTo(202);
        var unguarded =
                http.post(
                        "/api/v1/notes/accepted",
                        body(UUID.randomUUID().toString()),
                        "Prefer",
                        "wait=5");
        assertThat(unguarded.statusCode()).isEqualTo(201);
    }

    @Test
    void what_is_not_decided_in_time_stays_a_202() {
        jdbc.sql("delete from notes where text = 'slow'").update();
        var answer =
                http.post("/api/v1/notes/accepted", body("slow"), KEY, "a", "Prefer", "wait=1");
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.headers().firstValue("Location")).isPresent();
        var unlucky = http.post("/api/v1/notes/accepted", body(), "Prefer", "wait=13");
        assertThat(unlucky.statusCode()).isEqualTo(202);
    }

    @Test
    void an_answer_is_forgotten_after_a_day() {
        http.post("/api/v1/notes", body(), KEY, "a");
        jdbc.sql("update idempotency_keys set expires_at = now() - interval '1 second'").update();
        text = UUID.randomUUID().toString();
        var later = http.post("/api/v1/notes", body(), KEY, "a");
        assertThat(later.statusCode()).isEqualTo(201);
        assertThat(later.headers().firstValue(REPLAYED)).isEmpty();
    }

    @Test
    void an_empty_body_is_a_body_too() {
        assertThat(http.post("/api/v1/notes", BodyPublishers.noBody(), KEY, "a").statusCode())
                .isEqualTo(400);
    }

    private HttpResponse<String> asGuest(String text, String... headers) {
        var request =
                HttpRequest.newBuilder(
                                URI.create("http://localhost:" + port + "/api/v1/notes/open"))
                        .headers("Content-Type", "application/json", KEY, "a")
                        .POST(BodyPublishers.ofString(body(text)));
        return http.send(headers.length == 0 ? request : request.headers(headers));
    }

    private List<String> keptHashes() {
        return jdbc.sql("select encode(request, 'hex') from idempotency_keys")
                .query(String.class)
                .list();
    }

    private long written() {
        return jdbc.sql("select count(*) from notes where text = ?")
                .param(text)
                .query(Long.class)
                .single();
    }

    private String body() {
        return body(text);
    }

    private static String body(String text) {
        return "{\"text\": \"%s\"}".formatted(text);
    }

    private static <T> List<T> atOnce(int times, Callable<T> work)
            throws InterruptedException, ExecutionException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = IntStream.range(0, times).mapToObj(_ -> threads.submit(work)).toList();
            var results = new ArrayList<T>();
            for (var each : running) {
                results.add(each.get());
            }
            return results;
        }
    }
}
