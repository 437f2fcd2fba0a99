package duka.gateway;

import java.util.concurrent.atomic.AtomicLong;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Lets no request body in that is larger than allowed, whether or not it says how large it is. */
@Component
@Order(Filters.BODY_LIMIT)
class BodyLimit implements WebFilter {

    private final long max;

    BodyLimit(GatewayProperties properties) {
        this.max = properties.maxBody().toBytes();
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        var request = exchange.getRequest();
        if (request.getHeaders().getContentLength() > max) {
            return Mono.error(tooLarge());
        }
        if (request.getHeaders().containsHeader(HttpHeaders.TRANSFER_ENCODING)) {
            return chain.filter(exchange.mutate().request(counted(request)).build());
        }
        return chain.filter(exchange);
    }

    private ServerHttpRequest counted(ServerHttpRequest request) {
        return new ServerHttpRequestDecorator(request) {
            @Override
            public Flux<DataBuffer> getBody() {
                var seen = new AtomicLong();
                return super.getBody()
                        .handle(
                                (buffer, sink) -> {
                                    if (seen.addAndGet(buffer.readableByteCount()) > max) {
                                        DataBufferUtils.release(buffer);
                                        sink.error(tooLarge());
                                    } else {
                                        sink.next(buffer);
                                    }
                                });
            }
        };
    }

    private Refused tooLarge() {
        return new Refused(
                HttpStatus.CONTENT_TOO_LARGE,
                "content-too-large",
                "A request body may have at most %d bytes.".formatted(max));
    }
}
