package duka.gateway;

import static java.util.stream.Collectors.joining;
import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.HEAD;
import static org.springframework.http.HttpMethod.OPTIONS;
import static org.springframework.http.HttpMethod.PATCH;
import static org.springframework.http.HttpMethod.POST;
import static org.springframework.http.HttpMethod.PUT;

import java.util.List;
import java.util.Map;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Refuses methods that no service has. A name made up for each request would leave a timer each
 * behind, until they fill the memory.
 */
@Component
@Order(Filters.KNOWN_METHODS)
class KnownMethods implements WebFilter {

    private static final List<HttpMethod> KNOWN =
            List.of(GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS);

    private static final Refused UNKNOWN =
            new Refused(
                    HttpStatus.METHOD_NOT_ALLOWED,
                    "method-not-allowed",
                    "Nothing here has this method.",
                    Map.of(
                            HttpHeaders.ALLOW,
                            KNOWN.stream().map(HttpMethod::name).collect(joining(", "))));

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return KNOWN.contains(exchange.getRequest().getMethod())
                ? chain.filter(exchange)
                : Mono.error(UNKNOWN);
    }
}
