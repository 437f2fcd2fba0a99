package duka.gateway;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * What all gateways know together, in Redis. It is looked at twice a second, so that while it is
 * away no request waits for it, and so that an operator's pause of the limits is soon noticed.
 */
@Component
class SharedMemory implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(SharedMemory.class);

    /** As long as an operator keeps this key, no requests are limited. */
    static final String PAUSE = "duka:limits:paused";

    private static final Duration LOOKS = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofMillis(200);

    private enum State {
        NOT_LOOKED_YET,
        AWAY,
        THERE,
        THERE_AND_LIMITS_PAUSED
    }

    private final ReactiveStringRedisTemplate redis;
    private final ScheduledExecutorService watch =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("redis-watch").factory());
    private volatile State state = State.NOT_LOOKED_YET;

    SharedMemory(ReactiveStringRedisTemplate redis) {
        this.redis = redis;
        watch.scheduleWithFixedDelay(this::look, 0, LOOKS.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void destroy() {
        watch.shutdownNow();
    }

    boolean saysLimitsArePaused() {
        return state == State.THERE_AND_LIMITS_PAUSED;
    }

    /** Its answer, or the other one, if it has none just now. */
    <T> Mono<T> ask(Function<ReactiveStringRedisTemplate, Mono<T>> question, T otherwise) {
        return switch (state) {
            case NOT_LOOKED_YET, AWAY -> Mono.just(otherwise);
            case THERE, THERE_AND_LIMITS_PAUSED ->
                    question.apply(redis).timeout(PATIENCE).onErrorReturn(otherwise);
        };
    }

    /** In a thread of its own: the first look also connects, and waits until it has. */
    private void look() {
        try {
            var paused = Boolean.TRUE.equals(redis.hasKey(PAUSE).block(LOOKS));
            become(paused ? State.THERE_AND_LIMITS_PAUSED : State.THERE);
        } catch (RuntimeException e) {
            if (state != State.AWAY && !watch.isShutdown()) {
                log.warn("Redis does not answer: {}", e.toString());
                become(State.AWAY);
            }
        }
    }

    private void become(State next) {
        if (next == state) {
            return;
        }
        switch (next) {
            case AWAY -> log.warn("Limits nobody and knows no ended session until Redis is back");
            case THERE -> log.info("Limits requests");
            case THERE_AND_LIMITS_PAUSED ->
                    log.info("Limits nobody for as long as the pause lasts");
            case NOT_LOOKED_YET -> {}
        }
        state = next;
    }
}
