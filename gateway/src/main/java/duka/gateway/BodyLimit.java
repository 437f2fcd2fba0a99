package duka.gateway;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Lets no request body in that is larger than allowed, whether or not it says how large it is. What
 * may bring a picture may be larger.
 */
@Component
@Order(Filters.BODY_LIMIT)
class BodyLimit implements WebFilter {

    private static final List<PathPattern> PICTURES = patterns("products/{ref}/images");

    /** Here a picture comes in a form with the other fields. */
    private static final List<PathPattern> FORMS =
            patterns("products", "products/{ref}", "categories", "categories/{ref}");

    private final long maxBody;
    private final long maxUpload;

    BodyLimit(GatewayProperties properties) {
        this.maxBody = properties.maxBody().toBytes();
        this.maxUpload = properties.maxUpload().toBytes();
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        var request = exchange.getRequest();
        var max = bringsPicture(request) ? maxUpload : maxBody;
        if (request.getHeaders().getContentLength() > max) {
            return Mono.error(tooLarge(max));
        }
        if (request.getHeaders().containsHeader(HttpHeaders.TRANSFER_ENCODING)) {
            return chain.filter(exchange.mutate().request(counted(request, max)).build());
        }
        return chain.filter(exchange);
    }

    private ServerHttpRequest counted(ServerHttpRequest request, long max) {
        return new ServerHttpRequestDecorator(request) {
            @Override
            public Flux<DataBuffer> getBody() {
                var seen = new AtomicLong();
                return super.getBody()
                        .handle(
                                (buffer, sink) -> {
                                    if (seen.addAndGet(buffer.readableByteCount()) > max) {
                                        DataBufferUtils.release(buffer);
                                        sink.error(tooLarge(max));
                                    } else {
                                        sink.next(buffer);
                                    }
                                });
            }
        };
    }

    private static boolean bringsPicture(ServerHttpRequest request) {
        return fits(PICTURES, request)
                || MediaType.MULTIPART_FORM_DATA.isCompatibleWith(type(request))
                        && fits(FORMS, request);
    }

    private static boolean fits(List<PathPattern> patterns, ServerHttpRequest request) {
        var path = request.getPath().pathWithinApplication();
        return patterns.stream().anyMatch(pattern -> pattern.matches(path));
    }

    /** Nothing is said here about one that is none: the service does. */
    private static @Nullable MediaType type(ServerHttpRequest request) {
        try {
            return request.getHeaders().getContentType();
        } catch (InvalidMediaTypeException e) {
            return null;
        }
    }

    private static List<PathPattern> patterns(String... paths) {
        return Stream.of(paths)
                .map(path -> PathPatternParser.defaultInstance.parse("/api/v1/" + path))
                .toList();
    }

    private static Refused tooLarge(long max) {
        return new Refused(
                HttpStatus.CONTENT_TOO_LARGE,
                "content-too-large",
                "A request body may have at most %d bytes.".formatted(max));
    }
}
