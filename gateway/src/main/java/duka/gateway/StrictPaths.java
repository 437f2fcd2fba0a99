package duka.gateway;

import java.util.regex.Pattern;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Refuses paths that could mean one thing here and another to the service behind, and so lead past
 * the routes: dots that climb, empty segments, encoded slashes, path parameters.
 */
@Component
@Order(Filters.STRICT_PATHS)
class StrictPaths implements WebFilter {

    private static final Pattern AMBIGUOUS =
            Pattern.compile(
                    "//|/\\.{1,2}(/|$)|[;\\\\\\p{Cntrl}]|%(2e|2f|5c|3b|25|[01][0-9a-f]|7f)",
                    Pattern.CASE_INSENSITIVE);

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        if (AMBIGUOUS.matcher(exchange.getRequest().getURI().getRawPath()).find()) {
            return Mono.error(
                    new Refused(
                            HttpStatus.BAD_REQUEST,
                            "invalid-request",
                            "This path can be read in more than one way."));
        }
        return chain.filter(exchange);
    }
}
