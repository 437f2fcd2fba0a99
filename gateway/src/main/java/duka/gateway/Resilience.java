package duka.gateway;

import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.GATEWAY_LOADBALANCER_RESPONSE_ATTR;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.Response;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.support.NotFoundException;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Stands between the callers and a service that fails. A request that never reached an instance is
 * sent to another one, whatever it asks; a read is also repeated after a lost connection or an
 * answer that says "not now". A service that keeps failing is left alone for a moment.
 */
@Component
class Resilience {

    /** Before an instance is chosen, so that each try chooses; after the response is written. */
    static final int ORDER = 1;

    private static final int TRIES = 3;
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(50);
    private static final Set<HttpMethod> READS = Set.of(HttpMethod.GET, HttpMethod.HEAD);
    private static final Set<HttpStatusCode> NOT_NOW =
            Set.of(
                    HttpStatus.BAD_GATEWAY,
                    HttpStatus.SERVICE_UNAVAILABLE,
                    HttpStatus.GATEWAY_TIMEOUT);

    private final CircuitBreakerRegistry breakers =
            CircuitBreakerRegistry.of(
                    CircuitBreakerConfig.custom()
                            .slidingWindowSize(50)
                            .minimumNumberOfCalls(20)
                            .failureRateThreshold(50)
                            .waitDurationInOpenState(Duration.ofSeconds(2))
                            .permittedNumberOfCallsInHalfOpenState(5)
                            .maxWaitDurationInHalfOpenState(Duration.ofSeconds(1))
                            // Few asked in that time and it has not failed them: that is enough.
                            .transitionToStateAfterWaitDuration(CircuitBreaker.State.CLOSED)
                            .build());
    private final Refusals refusals;

    Resilience(Refusals refusals, MeterRegistry meters) {
        this.refusals = refusals;
        TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(breakers).bindTo(meters);
    }

    /** What has the same name is left alone together. */
    GatewayFilter of(String name) {
        var breaker = breakers.circuitBreaker(name);
        return (exchange, chain) -> guarded(breaker, exchange, chain);
    }

    private Mono<Void> guarded(
            CircuitBreaker breaker, ServerWebExchange exchange, GatewayFilterChain chain) {
        if (!breaker.tryAcquirePermission()) {
            return Mono.error(Problems.serviceAway(2));
        }
        var start = breaker.getCurrentTimestamp();
        return attempt(exchange, chain, 1)
                .doOnSuccess(
                        _ -> {
                            var took = breaker.getCurrentTimestamp() - start;
                            if (saysNotNow(exchange)) {
                                breaker.onError(took, TimeUnit.NANOSECONDS, new NotNow());
                            } else {
                                breaker.onSuccess(took, TimeUnit.NANOSECONDS);
                            }
                        })
                .doOnError(
                        error -> {
                            if (isFailureOfService(error)) {
                                var took = breaker.getCurrentTimestamp() - start;
                                breaker.onError(took, TimeUnit.NANOSECONDS, error);
                            } else {
                                breaker.releasePermission();
                            }
                        })
                .doOnCancel(breaker::releasePermission);
    }

    private Mono<Void> attempt(ServerWebExchange exchange, GatewayFilterChain chain, int number) {
        var tried = chain.filter(exchange);
        if (number < TRIES && isRepeatable(exchange)) {
            tried = tried.then(Mono.defer(() -> refuseNotNow(exchange)));
        }
        return tried.onErrorResume(
                error -> {
                    noteRefusal(exchange, error);
                    if (number == TRIES || !mayTryAgain(exchange, error)) {
                        return Mono.error(error);
                    }
                    ServerWebExchangeUtils.reset(exchange);
                    return Mono.delay(BETWEEN_TRIES.multipliedBy(number))
                            .then(Mono.defer(() -> attempt(exchange, chain, number + 1)));
                });
    }

    private static Mono<Void> refuseNotNow(ServerWebExchange exchange) {
        return saysNotNow(exchange) ? Mono.error(new NotNow()) : Mono.empty();
    }

    private void noteRefusal(ServerWebExchange exchange, Throwable error) {
        Response<ServiceInstance> chosen =
                exchange.getAttribute(GATEWAY_LOADBALANCER_RESPONSE_ATTR);
        if (neverArrived(error) && chosen != null && chosen.hasServer()) {
            refusals.note(chosen.getServer());
        }
    }

    private static boolean mayTryAgain(ServerWebExchange exchange, Throwable error) {
        return neverArrived(error)
                || isRepeatable(exchange)
                        && (error instanceof NotNow || error instanceof IOException);
    }

    private static boolean neverArrived(Throwable error) {
        return error instanceof ConnectException || error instanceof UnknownHostException;
    }

    /** A body can be sent only once: it is passed on as it comes in and not kept. */
    private static boolean isRepeatable(ServerWebExchange exchange) {
        var request = exchange.getRequest();
        return READS.contains(request.getMethod()) && !Patience.hasBody(request);
    }

    private static boolean saysNotNow(ServerWebExchange exchange) {
        var status = exchange.getResponse().getStatusCode();
        return status != null && NOT_NOW.contains(status);
    }

    /** Not one: the caller's own fault, and no instance being there, which needs no protection. */
    private static boolean isFailureOfService(Throwable error) {
        return error instanceof IOException
                || error instanceof TimeoutException
                || error instanceof NotNow
                || error instanceof ResponseStatusException
                        && !(error instanceof NotFoundException);
    }

    private static class NotNow extends RuntimeException {
        NotNow() {
            super("not now", null, false, false);
        }
    }
}
