package duka.gateway;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import org.springframework.cloud.gateway.filter.ratelimit.RateLimiter;
import org.springframework.cloud.gateway.filter.ratelimit.RedisRateLimiter;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Counts how often each caller asks for what. Each scope is a bucket of tokens in Redis that all
 * gateways take from; where Redis is away, everybody may pass.
 */
@Component
class Limits {

    private final RedisRateLimiter limiter;
    private final SharedMemory memory;
    private final LimitsProperties properties;
    private final Map<Scope, Counter> limited = new EnumMap<>(Scope.class);

    Limits(
            RedisRateLimiter limiter,
            SharedMemory memory,
            LimitsProperties properties,
            MeterRegistry meters) {
        this.limiter = limiter;
        this.memory = memory;
        this.properties = properties;
        for (var scope : Scope.values()) {
            limiter.getConfig().put(scope.title(), Bucket.of(properties.of(scope)).forLimiter());
            limited.put(scope, meters.counter("duka.gateway.limited", "scope", scope.title()));
        }
    }

    /**
     * @param who whose requests are counted together
     */
    Mono<Allowance> take(Scope scope, String who) {
        if (!properties.enabled() || memory.saysLimitsArePaused()) {
            return Mono.just(Allowance.UNLIMITED);
        }
        return memory.ask(
                        _ -> limiter.isAllowed(scope.title(), who).map(it -> allowance(scope, it)),
                        Allowance.UNLIMITED)
                .doOnNext(allowance -> count(scope, allowance));
    }

    private Allowance allowance(Scope scope, RateLimiter.Response response) {
        var left = Long.parseLong(response.getHeaders().get(RedisRateLimiter.REMAINING_HEADER));
        if (left < 0) {
            return Allowance.UNLIMITED; // the limiter's way to say that Redis has failed it
        }
        var rate = properties.of(scope);
        var bucket = Bucket.of(rate);
        return new Allowance.Limited(
                scope,
                rate,
                response.isAllowed(),
                bucket.requests(left),
                bucket.secondsToNext(left));
    }

    private void count(Scope scope, Allowance allowance) {
        if (!allowance.isGranted()) {
            limited.get(scope).increment();
        }
    }
}
