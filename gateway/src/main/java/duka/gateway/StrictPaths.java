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
 * Refuses paths that could mean one thing to one reader and another to the next, and so lead past
 * the routes or the limits: dots that climb, empty segments, encoded slashes, path parameters, and
 * characters that are encoded for no reason.
 */
@Component
@Order(Filters.STRICT_PATHS)
class StrictPaths implements WebFilter {

    /** Letters, digits and {@code -._~}: RFC 3986 has them mean the same encoded and plain. */
    private static final String UNRESERVED =
            "2d|2e|5f|7e|3[0-9]|4[1-9a-f]|5[0-9a]|6[1-9a-f]|7[0-9a]";

    private static final Pattern AMBIGUOUS =
            Pattern.compile(
                    "//|/\\.{1,2}(/|$)|[;\\\\\\p{Cntrl}]|%(2f|5c|3b|25|[01][0-9a-f]|7f|"
                            + UNRESERVED
                            + ")",
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
