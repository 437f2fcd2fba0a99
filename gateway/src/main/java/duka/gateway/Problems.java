package duka.gateway;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.support.NotFoundException;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Every refusal that the gateway itself gives, as RFC 9457 problems. */
@Component
@Order(-2) // before Spring Boot's own
class Problems implements WebExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(Problems.class);

    private final JsonMapper json;

    Problems(JsonMapper json) {
        this.json = json;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable error) {
        var response = exchange.getResponse();
        if (response.isCommitted()) {
            return Mono.error(error); // too late for an answer: the connection is cut
        }
        var refused = refusal(exchange, error);
        response.setStatusCode(refused.status());
        response.getHeaders().remove(HttpHeaders.CONTENT_LENGTH);
        response.getHeaders().setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        refused.headers().forEach(response.getHeaders()::set);
        var body = body(refused, exchange.getRequest().getURI().getRawPath());
        return response.writeWith(Mono.just(response.bufferFactory().wrap(body)));
    }

    /** For what is so malformed that there is not even a path. */
    byte[] unreadable() {
        return body(invalidRequest(HttpStatus.BAD_REQUEST), null);
    }

    private byte[] body(Refused refused, @Nullable String path) {
        var problem = new LinkedHashMap<String, Object>();
        problem.put("type", "/problems/" + refused.type());
        problem.put("title", StringUtils.capitalize(refused.type().replace('-', ' ')));
        problem.put("status", refused.status().value());
        problem.put("detail", refused.getMessage());
        if (path != null) {
            problem.put("instance", path);
        }
        return json.writeValueAsBytes(problem);
    }

    private static Refused refusal(ServerWebExchange exchange, Throwable error) {
        return switch (error) {
            case Refused refused -> refused;
            case NotFoundException _ -> away(exchange, error); // no instance of the service
            case ConnectException _, UnknownHostException _ -> away(exchange, error);
            case ResponseStatusException status -> ofStatus(exchange, status);
            case TimeoutException _ -> timedOut(exchange);
            case IOException _ -> noAnswer(exchange, error);
            default -> {
                log.error("{} failed", name(exchange), error);
                yield new Refused(
                        HttpStatus.INTERNAL_SERVER_ERROR,
                        "internal-error",
                        "Something went wrong at our end.");
            }
        };
    }

    private static Refused ofStatus(ServerWebExchange exchange, ResponseStatusException error) {
        return switch (HttpStatus.resolve(error.getStatusCode().value())) {
            case NOT_FOUND ->
                    new Refused(HttpStatus.NOT_FOUND, "not-found", "There is nothing here.");
            case GATEWAY_TIMEOUT -> timedOut(exchange);
            case SERVICE_UNAVAILABLE -> away(exchange, error);
            case HttpStatus status when status.is4xxClientError() -> invalidRequest(status);
            case null, default -> noAnswer(exchange, error);
        };
    }

    private static Refused invalidRequest(HttpStatus status) {
        return new Refused(status, "invalid-request", "The request is not one that HTTP allows.");
    }

    private static Refused away(ServerWebExchange exchange, Throwable error) {
        log.warn("{}: the service is away ({})", name(exchange), error.getMessage());
        return serviceAway(1);
    }

    static Refused serviceAway(long retryAfterSeconds) {
        return new Refused(
                HttpStatus.SERVICE_UNAVAILABLE,
                "unavailable",
                "This part of the shop is away for the moment. Please try again.",
                Map.of(HttpHeaders.RETRY_AFTER, Long.toString(retryAfterSeconds)));
    }

    private static Refused timedOut(ServerWebExchange exchange) {
        log.warn("{}: no answer in time", name(exchange));
        return new Refused(
                HttpStatus.GATEWAY_TIMEOUT,
                "gateway-timeout",
                "There was no answer in time. It may still have been done.");
    }

    private static Refused noAnswer(ServerWebExchange exchange, Throwable error) {
        log.warn("{}: the connection was lost ({})", name(exchange), error.getMessage());
        return new Refused(
                HttpStatus.BAD_GATEWAY,
                "bad-gateway",
                "The connection was lost before the answer. It may still have been done.");
    }

    /** By route: an older spelling has a token in its path, which no log may show. */
    private static String name(ServerWebExchange exchange) {
        var route = exchange.<Route>getAttribute(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR);
        return "%s to %s"
                .formatted(exchange.getRequest().getMethod(), route == null ? "us" : route.getId());
    }
}
