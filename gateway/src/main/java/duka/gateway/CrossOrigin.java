package duka.gateway;

import java.time.Duration;
import java.util.List;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.reactive.CorsUtils;
import org.springframework.web.cors.reactive.DefaultCorsProcessor;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Lets browsers call from the frontends' origins. No cookies are used, so none are allowed. */
@Component
@Order(Filters.CORS)
class CrossOrigin implements WebFilter {

    private final DefaultCorsProcessor processor = new DefaultCorsProcessor();
    private final CorsConfiguration allowed;

    CrossOrigin(GatewayProperties properties) {
        this.allowed = allowed(properties.cors().origins());
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        if (!isCrossing(exchange.getRequest())) {
            return chain.filter(exchange);
        }
        if (!processor.process(allowed, exchange)) {
            return Mono.error(
                    new Refused(
                            HttpStatus.FORBIDDEN,
                            "origin-not-allowed",
                            "Browsers may not call from this origin."));
        }
        return CorsUtils.isPreFlightRequest(exchange.getRequest())
                ? Mono.empty()
                : chain.filter(exchange);
    }

    /** Whoever says where he comes from must say it, and whom he calls, as addresses. */
    private static boolean isCrossing(ServerHttpRequest request) {
        try {
            return CorsUtils.isCorsRequest(request);
        } catch (IllegalArgumentException | IllegalStateException e) { // the second: a bad port
            throw new Refused(
                    HttpStatus.BAD_REQUEST,
                    "invalid-request",
                    "The Origin or the Host is not an address.");
        }
    }

    private static CorsConfiguration allowed(List<String> origins) {
        var allowed = new CorsConfiguration();
        allowed.setAllowedOriginPatterns(origins);
        allowed.setAllowedMethods(List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"));
        allowed.setAllowedHeaders(List.of(CorsConfiguration.ALL));
        allowed.setExposedHeaders(
                List.of(
                        "ETag",
                        "Location",
                        "Link",
                        "Cart-Token",
                        "Idempotent-Replayed",
                        "Retry-After",
                        "RateLimit",
                        "RateLimit-Policy"));
        allowed.setMaxAge(Duration.ofHours(1));
        return allowed;
    }
}
