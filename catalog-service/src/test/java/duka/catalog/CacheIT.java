package duka.catalog;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import duka.testing.Cable;
import duka.testing.Redis;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import tools.jackson.databind.json.JsonMapper;

/** The cache over a real Redis, and without one. */
class CacheIT {

    record Price(String amount) {}

    static final Duration LIFE = Duration.ofMinutes(1);

    final Cable cable = new Cable();
    final List<LettuceConnectionFactory> connections = new ArrayList<>();
    final String query = UUID.randomUUID().toString();
    final AtomicInteger loads = new AtomicInteger();

    StringRedisTemplate redis;
    Cache cache;
    String price = "1.00";

    @BeforeEach
    void plug_in() {
        cable.leadsTo(Redis.server());
        redis = direct();
        cache = cache(connect("localhost", cable.port()), LIFE);
    }

    @AfterEach
    void hang_up() {
        connections.forEach(LettuceConnectionFactory::destroy);
        cable.close();
    }

    @Test
    void what_is_kept_is_loaded_once_and_used_by_all_replicas() {
        warm(cache);
        price = "2.00";
        assertThat(ask(cache)).isEqualTo("1.00");
        assertThat(ask(cache(direct(), LIFE))).isEqualTo("1.00");
        assertThat(loads).hasValue(1);
    }

    @Test
    void what_has_changed_is_seen_by_all_replicas_at_once() {
        var other = cache(direct(), LIFE);
        warm(cache);
        price = "2.00";
        other.forget();
        assertThat(ask(cache)).isEqualTo("2.00");
        assertThat(ask(other)).isEqualTo("2.00");
    }

    @Test
    void what_was_loaded_before_a_change_is_not_used_after_it() {
        ask(cache);
        cache.forget();
        var early =
                cache.get(
                        Price.class,
                        query,
                        () -> {
                            var read = new Price(price);
                            price = "2.00";
                            cache.forget();
                            return read;
                        });
        assertThat(early.amount()).isEqualTo("1.00");
        assertThat(ask(cache)).isEqualTo("2.00");
    }

    @Test
    void without_redis_everything_is_loaded() {
        warm(cache);
        cable.pull();
        price = "2.00";
        assertThat(ask(cache)).isEqualTo("2.00");
        assertThat(ask(cache)).isEqualTo("2.00");
        cache.forget();
        assertThat(ask(cache)).isEqualTo("2.00");
    }

    @Test
    void what_changed_while_redis_was_away_is_not_seen_as_it_was_when_it_is_back() {
        warm(cache);
        cable.pull();
        price = "2.00";
        cache.forget();
        cable.plugIn();

        await().until(
                        () -> {
                            assertThat(ask(cache)).isEqualTo("2.00");
                            int before = loads.get();
                            assertThat(ask(cache)).isEqualTo("2.00");
                            return loads.get() == before;
                        });
        assertThat(ask(cache(direct(), LIFE))).isEqualTo("2.00");
    }

    @Test
    void a_crowd_that_wants_the_same_has_it_loaded_once() throws Exception {
        warm(cache);
        cache.forget();
        loads.set(0);
        var open = new CountDownLatch(1);
        var crowd = new ArrayList<Thread>();
        for (int i = 0; i < 12; i++) {
            crowd.add(
                    Thread.ofPlatform()
                            .start(
                                    () ->
                                            cache.get(
                                                    Price.class,
                                                    query,
                                                    () -> {
                                                        loads.incrementAndGet();
                                                        waitFor(open);
                                                        return new Price(price);
                                                    })));
        }
        await().until(() -> crowd.stream().allMatch(it -> it.getState() == Thread.State.WAITING));
        open.countDown();
        for (var one : crowd) {
            one.join();
        }
        assertThat(loads).hasValue(1);
    }

    @Test
    void what_cannot_be_loaded_is_not_kept() {
        warm(cache);
        cache.forget();
        Supplier<Price> broken =
                () -> {
                    throw new IllegalStateException("no database");
                };
        assertThatIllegalStateException().isThrownBy(() -> cache.get(Price.class, query, broken));
        assertThat(ask(cache)).isEqualTo("1.00");
    }

    @Test
    void who_waits_for_another_does_not_wait_for_ever() throws Exception {
        warm(cache);
        cache.forget();
        var open = new CountDownLatch(1);
        var failing =
                Thread.ofPlatform()
                        .uncaughtExceptionHandler((_, _) -> {})
                        .start(
                                () ->
                                        cache.get(
                                                Price.class,
                                                query,
                                                () -> {
                                                    waitFor(open);
                                                    throw new StackOverflowError();
                                                }));
        await().until(() -> failing.getState() == Thread.State.WAITING);
        var waiting = new FutureTask<>(() -> ask(cache));
        var waiter = Thread.ofPlatform().daemon().start(waiting);
        await().until(() -> waiter.getState() == Thread.State.WAITING);
        open.countDown();
        assertThat(waiting.get(10, SECONDS)).isEqualTo("1.00");
    }

    @Test
    void what_another_release_has_kept_is_loaded_anew() {
        warm(cache);
        var key = "catalog:Price:" + query;
        var generation = Objects.requireNonNull(redis.opsForValue().get("catalog:generation"));
        for (var other : List.of("{\"cents\": 100}", "{}", "null", "nonsense", "")) {
            redis.opsForValue().set(key, generation + other);
            price = other;
            assertThat(ask(cache)).isEqualTo(other);
        }
    }

    @Test
    void nothing_is_kept_for_longer_than_it_may() {
        var brief = cache(direct(), Duration.ofMillis(200));
        warm(brief);
        price = "2.00";
        await().until(() -> ask(brief).equals("2.00"));
    }

    @Test
    void it_can_be_switched_off() {
        var off = cache(direct(), Duration.ZERO);
        ask(off);
        price = "2.00";
        assertThat(ask(off)).isEqualTo("2.00");
    }

    /** The first to come may only begin a generation. */
    private void warm(Cache cache) {
        cache.forget();
        loads.set(0);
        ask(cache);
    }

    private String ask(Cache cache) {
        return cache.get(
                        Price.class,
                        query,
                        () -> {
                            loads.incrementAndGet();
                            return new Price(price);
                        })
                .amount();
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Cache cache(StringRedisTemplate redis, Duration life) {
        return new Cache(
                redis,
                JsonMapper.builder().build(),
                Clock.systemUTC(),
                new CacheProperties(life, Duration.ofMillis(50)));
    }

    private StringRedisTemplate direct() {
        return connect(Redis.server().host(), Redis.server().port());
    }

    private StringRedisTemplate connect(String host, int port) {
        var connection =
                new LettuceConnectionFactory(
                        new RedisStandaloneConfiguration(host, port),
                        LettuceClientConfiguration.builder()
                                .commandTimeout(Duration.ofSeconds(1))
                                .clientOptions(
                                        ClientOptions.builder()
                                                .disconnectedBehavior(
                                                        DisconnectedBehavior.REJECT_COMMANDS)
                                                .build())
                                .build());
        connection.afterPropertiesSet();
        connection.start();
        connections.add(connection);
        return new StringRedisTemplate(connection);
    }
}
