package duka.system;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import duka.local.Checker;
import duka.system.Http.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whatever is sent to any endpoint, the answer is never a fault of ours, a refusal is a problem
 * that shows nothing of our insides, and what was refused has changed nothing.
 */
@Execution(ExecutionMode.SAME_THREAD)
class BadInputIT {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int AT_ONCE = 4;

    private static final List<String> BAD_TEXTS =
            List.of(
                    "abc",
                    "",
                    "-1",
                    "0",
                    "1.5",
                    "99999999999999999999",
                    "2025-13-45",
                    "NaN",
                    "\u0000",
                    "\u202e‮ßعربى漢😀",
                    "' or 1=1 --",
                    "%",
                    "x".repeat(3000));

    private static final List<String> BAD_VALUES =
            List.of(
                    "null",
                    "-1",
                    "0",
                    "1.5",
                    "1e400",
                    "99999999999999999999",
                    "2147483648",
                    "\"\"",
                    "\"abc\"",
                    "\"-5.00\"",
                    "\"1e999999999\"",
                    "\"\\u0000\"",
                    "\"\\ud800\"",
                    "\"ßعربى漢😀\"",
                    "\"" + "x".repeat(100_000) + "\"",
                    "\"" + "x-".repeat(50_000) + "x\"",
                    "[null]",
                    "{}");

    private static final List<String> BAD_BODIES =
            List.of(
                    "",
                    "{",
                    "null",
                    "[]",
                    "\"text\"",
                    "12",
                    "{\"a\":1,\"a\":2}",
                    "{\"no_such_field\":{\"deep\":[1,2,3]}}",
                    "[".repeat(5000) + "]".repeat(5000),
                    "{\"a\":".repeat(5000) + "1" + "}".repeat(5000),
                    "{\"x\":\"" + "y".repeat(3_000_000) + "\"}");

    private static final List<String> OTHER_TYPES =
            List.of(
                    "text/plain",
                    "application/xml",
                    "application/x-www-form-urlencoded",
                    "multipart/form-data",
                    "application/json; charset=nonsense",
                    "nonsense");

    /** What may change all the same; a draft is kept whatever its confirmation ends in. */
    private static final List<String> BOOKKEEPING =
            List.of(
                    "inbox",
                    "outbox",
                    "job_locks",
                    "idempotency_keys",
                    "audit_log",
                    "attempts",
                    "drafts");

    /** Mails that were written before go out when it is time. */
    private static final List<String> CHANGED_LATER = List.of("mails");

    final TheShop shop = TheShop.running();

    static Stream<Endpoint> endpoints() {
        return Endpoint.all(TheShop.running().guest()).stream().filter(Endpoint::isPublic);
    }

    @BeforeAll
    static void nothing_is_on_its_way() {
        assertThat(Checker.of(TheShop.running().itself()).awaitQuiet(PATIENCE)).isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("endpoints")
    void never_a_fault_and_nothing_changed(Endpoint endpoint) throws SQLException {
        var caller = shop.anotherAdmin();
        var bad = bad(endpoint);
        var refused = new LinkedHashMap<>(bad);

        answers(bad, caller)
                .forEach(
                        (what, answer) -> {
                            assertThat(answer.status())
                                    .as("%s with %s: %s", endpoint, what, answer.body())
                                    .isLessThan(500);
                            if (answer.status() >= 400) {
                                isAProblem(endpoint + " with " + what, answer);
                            } else {
                                refused.remove(what);
                            }
                        });

        if (!endpoint.reads()) {
            if (refused.size() < bad.size()) {
                nothing_is_on_its_way();
            }
            var before = everything();
            answers(refused, caller);
            assertThat(everything()).isEqualTo(before);
        }
    }

    private static Map<String, Answer> answers(
            Map<String, Function<Http, Answer>> requests, Http caller) {
        var answers = new LinkedHashMap<String, Future<Answer>>();
        try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
            requests.forEach(
                    (what, request) ->
                            answers.put(what, threads.submit(() -> request.apply(caller))));
        }
        var all = new LinkedHashMap<String, Answer>();
        answers.forEach(
                (what, answer) -> {
                    assertThat(answer).as(what).succeedsWithin(Duration.ZERO);
                    all.put(what, answer.resultNow());
                });
        return all;
    }

    private static void isAProblem(String what, Answer answer) {
        assertThat(answer.header("Content-Type"))
                .as(what + ": " + answer)
                .startsWith("application/problem+json");
        assertThat(answer.body().path("status").asInt()).as(what).isEqualTo(answer.status());
        assertThat(answer.text("type")).as(what).startsWith("/problems/");
        assertThat(answer.text("title")).as(what).isNotBlank();
        assertThat(answer.body().toString())
                .as(what)
                .doesNotContain("Exception", "java.", "duka.", "org.", "select ", "\tat ");
    }

    /** Each with what is bad about it. */
    private static Map<String, Function<Http, Answer>> bad(Endpoint endpoint) {
        var requests = new LinkedHashMap<String, Function<Http, Answer>>();
        var somewhere = endpoint.at(_ -> UUID.randomUUID().toString());
        for (var text : BAD_TEXTS) {
            for (var placeholder : endpoint.placeholders()) {
                var path =
                        endpoint.at(
                                name ->
                                        name.equals(placeholder)
                                                ? encoded(text.isEmpty() ? " " : text)
                                                : UUID.randomUUID().toString());
                requests.put(
                        "%s = %s".formatted(placeholder, shortly(text)),
                        caller -> caller.send(endpoint.method(), path, bodyOf(endpoint)));
            }
            for (var parameter : endpoint.parameters("query")) {
                requests.put(
                        "?%s=%s".formatted(parameter, shortly(text)),
                        caller ->
                                caller.send(
                                        endpoint.method(),
                                        "%s?%s=%s".formatted(somewhere, parameter, encoded(text)),
                                        bodyOf(endpoint)));
            }
        }
        for (var header : endpoint.parameters("header")) {
            for (var text : List.of("abc", "-1", "wait=-1", "wait=99999999999", "x".repeat(3000))) {
                requests.put(
                        "%s: %s".formatted(header, shortly(text)),
                        caller ->
                                caller.with(header, text)
                                        .send(endpoint.method(), somewhere, bodyOf(endpoint)));
            }
        }
        if (endpoint.takesBody()) {
            badBodies(endpoint)
                    .forEach(
                            (what, body) ->
                                    requests.put(
                                            what,
                                            caller ->
                                                    caller.send(
                                                            endpoint.method(),
                                                            somewhere,
                                                            Http.type(endpoint.method()),
                                                            body)));
            for (var type : OTHER_TYPES) {
                requests.put(
                        "Content-Type: " + type,
                        caller -> caller.send(endpoint.method(), somewhere, type, "{}"));
            }
        }
        return requests;
    }

    private static Map<String, String> badBodies(Endpoint endpoint) {
        var bodies = new LinkedHashMap<String, String>();
        BAD_BODIES.forEach(body -> bodies.put("body " + shortly(body), body));
        for (var field : endpoint.fields()) {
            for (var value : BAD_VALUES) {
                bodies.put(
                        "%s: %s".formatted(field, shortly(value)),
                        withField(endpoint, field, value));
            }
        }
        return bodies;
    }

    private static String withField(Endpoint endpoint, String field, String value) {
        var members = new ArrayList<String>();
        endpoint.plausible(Map.of())
                .forEach(
                        (name, usual) ->
                                members.add(
                                        "\"%s\":%s"
                                                .formatted(
                                                        name,
                                                        name.equals(field)
                                                                ? value
                                                                : JSON.writeValueAsString(usual))));
        return "{" + String.join(",", members) + "}";
    }

    private static Map<String, Object> bodyOf(Endpoint endpoint) {
        return endpoint.takesBody() ? endpoint.plausible(Map.of()) : null;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String shortly(String text) {
        return text.length() <= 40 ? text : text.substring(0, 30) + "… of " + text.length();
    }

    /** How many rows each table has, and what they come to. */
    private Map<String, String> everything() throws SQLException {
        var all = new TreeMap<String, String>();
        try (var connection = shop.itself().connect();
                var statement = connection.createStatement()) {
            var tables = new ArrayList<String>();
            try (var found =
                    statement.executeQuery(
                            """
                            select schemaname || '.' || tablename, tablename from pg_tables
                             where schemaname in ('identity', 'catalog', 'cart', 'orders', 'payment')
                            """)) {
                while (found.next()) {
                    if (!BOOKKEEPING.contains(found.getString(2))) {
                        tables.add(found.getString(1));
                    }
                }
            }
            var sums =
                    tables.stream()
                            .map(
                                    table ->
                                            "select '%1$s', count(*) || ' rows, ' || coalesce(sum(hashtext(%2$s::text)), 0) from %1$s t"
                                                    .formatted(
                                                            table,
                                                            CHANGED_LATER.contains(
                                                                            table.split("\\.")[1])
                                                                    ? "t.id"
                                                                    : "t"))
                            .collect(joining(" union all "));
            try (var found = statement.executeQuery(sums)) {
                while (found.next()) {
                    all.put(found.getString(1), found.getString(2));
                }
            }
        }
        return all;
    }
}
