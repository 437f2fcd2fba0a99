package duka.gateway;

import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Lets in whose session has not been ended and who does not ask too often. Redis is asked for both
 * at once.
 */
@Component
@Order(Filters.ADMISSION)
class Admission implements WebFilter {

    private static final String OPERATIONS = "/actuator/";

    private final EndedSessions ended;
    private final Limits limits;
    private final Proxies proxies;

    Admission(EndedSessions ended, Limits limits, Proxies proxies) {
        this.ended = ended;
        this.limits = limits;
        this.proxies = proxies;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        var request = exchange.getRequest();
        if (request.getURI().getRawPath().startsWith(OPERATIONS)) {
            return chain.filter(exchange);
        }
        var caller = Caller.of(exchange);
        var scope = Scope.of(request.getMethod(), request.getPath().pathWithinApplication());
        return Mono.zip(ended.have(caller), limits.take(scope, name(caller, request)))
                .flatMap(
                        answers ->
                                answers.getT1()
                                        ? Mono.error(Security.invalidToken())
                                        : admit(answers.getT2(), exchange, chain));
    }

    private static Mono<Void> admit(
            Allowance allowance, ServerWebExchange exchange, WebFilterChain chain) {
        allowance.headers().forEach(exchange.getResponse().getHeaders()::set);
        return switch (allowance) {
            case Allowance.Limited limited when !limited.isGranted() ->
                    Mono.error(limited.refusal());
            case Allowance.Limited _, Allowance.Unlimited _ -> chain.filter(exchange);
        };
    }

    private String name(@Nullable Caller caller, ServerHttpRequest request) {
        return caller != null ? caller.id() : proxies.networkOf(request);
    }
}
