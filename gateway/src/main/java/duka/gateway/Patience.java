package duka.gateway;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.ReactiveLoadBalancerClientFilter;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.core.publisher.Sinks;

/**
 * How long is waited for a request, and then for its answer. The time that a caller takes to send a
 * body is not the service's: the answer's begins when the body is whole, and a body that does not
 * come is its caller's fault.
 */
@Component
class Patience {

    /** Once an instance is chosen: each try has its own time. */
    static final int ORDER = ReactiveLoadBalancerClientFilter.LOAD_BALANCER_CLIENT_FILTER_ORDER + 1;

    private final PatienceProperties properties;

    Patience(PatienceProperties properties) {
        this.properties = properties;
    }

    GatewayFilter usual() {
        return of(properties.answer());
    }

    GatewayFilter of(Duration answer) {
        return until(Mono.delay(answer));
    }

    GatewayFilter forEver() {
        return until(Mono.never());
    }

    private GatewayFilter until(Mono<Long> tooLate) {
        return (exchange, chain) -> {
            if (!hasBody(exchange.getRequest())) {
                return chain.filter(exchange).timeout(tooLate);
            }
            var request = new WithBody(exchange.getRequest());
            return chain.filter(exchange.mutate().request(request).build())
                    .timeout(request.whole.asMono().then(tooLate));
        };
    }

    static boolean hasBody(ServerHttpRequest request) {
        return request.getHeaders().getContentLength() > 0
                || request.getHeaders().containsHeader(HttpHeaders.TRANSFER_ENCODING);
    }

    private class WithBody extends ServerHttpRequestDecorator {

        private final Sinks.Empty<Void> whole = Sinks.empty();
        private final AtomicLong wanted = new AtomicLong();

        WithBody(ServerHttpRequest request) {
            super(request);
        }

        @Override
        public Flux<DataBuffer> getBody() {
            return super.getBody()
                    .onErrorMap(error -> !(error instanceof Refused), _ -> brokenOff())
                    .doOnRequest(more -> wanted.accumulateAndGet(more, Operators::addCap))
                    .doOnNext(_ -> wanted.decrementAndGet())
                    .timeout(properties.pause(), Mono.error(this::tooSlow))
                    .takeUntilOther(Mono.delay(properties.body()).then(Mono.error(this::tooSlow)))
                    .doOnComplete(whole::tryEmitEmpty);
        }

        /** When nothing more is wanted of the caller, it is the service that keeps him waiting. */
        private Throwable tooSlow() {
            return wanted.get() > 0
                    ? new Refused(
                            HttpStatus.REQUEST_TIMEOUT,
                            "request-timeout",
                            "The request's body did not come in time.",
                            Map.of(HttpHeaders.CONNECTION, "close"))
                    : new TimeoutException("The service does not take the request.");
        }

        private static Refused brokenOff() {
            return new Refused(
                    HttpStatus.BAD_REQUEST, "invalid-request", "The request's body broke off.");
        }
    }
}
