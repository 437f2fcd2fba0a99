package duka.gateway;

import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.webtestclient.autoconfigure.AutoConfigureWebTestClient;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;

/** With a real Redis; each test comes from an address of its own. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "duka.gateway.trusted-proxies=127.0.0.0/8,::1/128",
            "duka.gateway.limits.rates.vendor-apply=1/s",
            "duka.gateway.limits.rates.WEBHOOKS=2/hour"
        })
@AutoConfigureWebTestClient(timeout = "30s")
@ContextConfiguration(initializers = {Shop.class, RealRedis.class})
class LimitsIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration NOTICED = Duration.ofSeconds(2);

    /** Redis' share is 0.2 s at most; the rest is for a busy machine. */
    private static final Duration NOT_FOR_LONG = Duration.ofMillis(700);

    private static final AtomicInteger ADDRESSES = new AtomicInteger();

    @Autowired WebTestClient door;
    @Autowired SharedMemory memory;
    @Autowired MeterRegistry meters;

    private final String address = "198.51.100." + ADDRESSES.incrementAndGet();

    @BeforeEach
    void open() {
        Shop.reset();
        RealRedis.comeBack();
        RealRedis.ask("DEL " + SharedMemory.PAUSE);
        await().atMost(SOON).until(this::areRequestsCounted);
    }

    @Test
    void whoever_signs_in_too_often_is_told_when_to_try_again() {
        for (int left = 4; left >= 0; left--) {
            var answer = post("/api/v1/auth/token");
            assertThat(answer.getStatus().value()).isEqualTo(200);
            assertThat(answer.getResponseHeaders().getFirst("RateLimit-Policy"))
                    .isEqualTo("\"sign-in\";q=5;w=60");
            assertThat(answer.getResponseHeaders().getFirst("RateLimit"))
                    .startsWith("\"sign-in\";r=%d;t=".formatted(left));
        }

        var refused = post("/api/v1/auth/token");

        assertThat(refused.getStatus().value()).isEqualTo(429);
        assertThat(refused.getResponseHeaders().getContentType())
                .isEqualTo(MediaType.APPLICATION_PROBLEM_JSON);
        assertThat(refused.getResponseBody()).contains("/problems/too-many-requests");
        assertThat(retryAfter(refused)).isBetween(1L, 12L);
        assertThat(meters.counter("duka.gateway.limited", "scope", "sign-in").count()).isPositive();
        Shop.service(Routes.IDENTITY).verify(5, postRequestedFor(urlEqualTo("/api/v1/auth/token")));
    }

    @Test
    void whoever_waits_as_long_as_told_may_pass() {
        // One a second: when the second turns in between, the second one passes too.
        var refused =
                await().pollInterval(Duration.ofMillis(10))
                        .until(
                                () -> post("/api/v1/vendors"),
                                answer -> answer.getStatus().value() == 429);

        await().pollDelay(Duration.ofSeconds(retryAfter(refused)))
                .atMost(Duration.ofSeconds(retryAfter(refused)).plusSeconds(5))
                .until(() -> status("/api/v1/vendors") == 200);
    }

    @Test
    void each_spelling_counts() {
        for (var path :
                List.of(
                        "/api/login/",
                        "/api/v1/login",
                        "/api/v1/auth/login/",
                        "/api/auth/token/",
                        "/api/v1/auth/token")) {
            assertThat(status(path)).isEqualTo(200);
        }

        assertThat(status("/api/v1/login/")).isEqualTo(429);
    }

    @Test
    void a_scope_that_is_used_up_leaves_the_others_alone() {
        exhaust("/api/v1/auth/register", 3);

        assertThat(status("/api/v1/auth/token")).isEqualTo(200);
    }

    @Test
    void a_rate_can_be_configured() {
        exhaust("/api/v1/webhooks/simulator", 2);
    }

    @Test
    void users_are_counted_each_for_itself_wherever_they_come_from() {
        var one = token(UUID.randomUUID(), UUID.randomUUID());
        var other = token(UUID.randomUUID(), UUID.randomUUID());
        for (int i = 0; i < 5; i++) {
            assertThat(status("/api/v1/orders/create", one)).isEqualTo(200);
        }

        assertThat(status("/api/v1/orders/create", one)).isEqualTo(429);
        assertThat(status("/api/v1/orders/create", other)).isEqualTo(200);
        assertThat(status("/api/v1/orders/create")).isEqualTo(200);
    }

    @Test
    void of_many_at_once_no_more_pass_than_one_after_another() throws Exception {
        atOnce(30, () -> send(HttpMethod.GET, "/api/v1/wishlist", null)); // all is loaded now

        var answers = atOnce(30, () -> post("/api/v1/auth/email/resend"));

        assertThat(answers)
                .filteredOn(LimitsIT::isCounted)
                .filteredOn(answer -> answer.getStatus().value() == 200)
                .hasSizeBetween(1, 5);
        assertThat(status("/api/v1/auth/email/resend")).isEqualTo(429);
    }

    @Test
    void an_operator_can_pause_the_limits() {
        exhaust("/api/v1/auth/register", 3);

        RealRedis.ask("SET %s 1 EX 60".formatted(SharedMemory.PAUSE));
        await().atMost(NOTICED).until(() -> status("/api/v1/auth/register") == 200);
        for (int i = 0; i < 10; i++) {
            assertThat(status("/api/v1/auth/register")).isEqualTo(200);
        }

        RealRedis.ask("DEL " + SharedMemory.PAUSE);
        await().atMost(NOTICED).until(() -> status("/api/v1/auth/register") == 429);
    }

    @Test
    void an_ended_session_is_turned_away_at_once_and_no_other() {
        var user = UUID.randomUUID();
        var session = UUID.randomUUID();
        var ended = token(user, session);
        var other = token(user, UUID.randomUUID());
        assertThat(get("/api/v1/orders", ended)).isEqualTo(200);

        RealRedis.ask("SET revoked:%s 1 EX 900".formatted(session));

        Shop.reset();
        assertThat(get("/api/v1/orders", ended)).isEqualTo(401);
        Shop.service(Routes.ORDER).verify(0, anyRequestedFor(anyUrl()));
        assertThat(get("/api/v1/orders", other)).isEqualTo(200);
    }

    @Test
    void an_ended_session_stays_so_while_the_limits_are_paused() {
        var session = UUID.randomUUID();
        RealRedis.ask("SET revoked:%s 1 EX 900".formatted(session));
        RealRedis.ask("SET %s 1 EX 60".formatted(SharedMemory.PAUSE));
        await().atMost(SOON).until(memory::saysLimitsArePaused);

        assertThat(get("/api/v1/orders", token(UUID.randomUUID(), session))).isEqualTo(401);
    }

    @Test
    void without_redis_everybody_may_pass_and_nobody_waits_for_it() throws Exception {
        exhaust("/api/v1/auth/register", 3);

        RealRedis.goAway();

        assertThat(slowestOf(20, "/api/v1/auth/register")).isLessThan(NOT_FOR_LONG);
        door.get().uri("/actuator/health/readiness").exchange().expectStatus().isOk();
        door.get().uri("/actuator/health").exchange().expectStatus().isOk();

        RealRedis.comeBack();
        await().atMost(SOON).until(this::areRequestsCounted);
    }

    @Test
    void while_redis_hangs_everybody_may_pass_and_nobody_waits_for_long() {
        exhaust("/api/v1/auth/register", 3);

        RealRedis.ask("CLIENT PAUSE 3000");

        assertThat(slowestOf(20, "/api/v1/auth/register")).isLessThan(NOT_FOR_LONG);
    }

    /** All of them pass. */
    private Duration slowestOf(int count, String path) {
        long slowest = 0;
        for (int i = 0; i < count; i++) {
            long began = System.nanoTime();
            assertThat(status(path)).isEqualTo(200);
            slowest = Math.max(slowest, System.nanoTime() - began);
        }
        return Duration.ofNanos(slowest);
    }

    private void exhaust(String path, int allowed) {
        for (int i = 0; i < allowed; i++) {
            assertThat(status(path)).isEqualTo(200);
        }
        assertThat(status(path)).isEqualTo(429);
    }

    private static <T> List<T> atOnce(int count, Callable<T> call) throws Exception {
        try (var threads = Executors.newFixedThreadPool(count)) {
            return threads.invokeAll(Collections.nCopies(count, call)).stream()
                    .map(Future::resultNow)
                    .toList();
        }
    }

    private boolean areRequestsCounted() {
        return isCounted(send(HttpMethod.GET, "/api/v1/wishlist", null));
    }

    private static boolean isCounted(EntityExchangeResult<String> answer) {
        return answer.getResponseHeaders().containsHeader("RateLimit");
    }

    private int status(String path) {
        return post(path).getStatus().value();
    }

    private int status(String path, String token) {
        return send(HttpMethod.POST, path, token).getStatus().value();
    }

    private int get(String path, String token) {
        return send(HttpMethod.GET, path, token).getStatus().value();
    }

    private EntityExchangeResult<String> post(String path) {
        return send(HttpMethod.POST, path, null);
    }

    private EntityExchangeResult<String> send(HttpMethod method, String path, String token) {
        return door.method(method)
                .uri(path)
                .headers(
                        headers -> {
                            headers.set("X-Forwarded-For", address);
                            if (token != null) {
                                headers.setBearerAuth(token);
                            }
                        })
                .exchange()
                .expectBody(String.class)
                .returnResult();
    }

    private static long retryAfter(EntityExchangeResult<String> refused) {
        return Long.parseLong(refused.getResponseHeaders().getFirst(HttpHeaders.RETRY_AFTER));
    }

    private static String token(UUID user, UUID session) {
        var expires = Clock.systemUTC().instant().plus(Duration.ofMinutes(5));
        return Shop.token(Shop.KEY, "duka", expires, user, session);
    }
}
