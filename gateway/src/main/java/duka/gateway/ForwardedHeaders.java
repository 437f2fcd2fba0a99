package duka.gateway;

import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

/** Tells the services whom they really answer, and by which address this shop was called. */
@Component
class ForwardedHeaders implements HttpHeadersFilter {

    private static final String FOR = "X-Forwarded-For";
    private static final String PROTO = "X-Forwarded-Proto";
    private static final String HOST = "X-Forwarded-Host";

    private static final Set<String> FORGEABLE = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

    static {
        FORGEABLE.addAll(Set.of(FOR, PROTO, HOST, "X-Forwarded-Port", "X-Forwarded-Prefix"));
        FORGEABLE.addAll(Set.of("X-Forwarded-Ssl", "Forwarded", "X-Real-IP"));
    }

    private final Proxies proxies;

    ForwardedHeaders(Proxies proxies) {
        this.proxies = proxies;
    }

    @Override
    public HttpHeaders filter(HttpHeaders input, ServerWebExchange exchange) {
        var request = exchange.getRequest();
        var output = new HttpHeaders();
        input.forEach(
                (name, values) -> {
                    if (!FORGEABLE.contains(name)) {
                        output.put(name, values);
                    }
                });
        var believed = proxies.isBehindTrusted(request);
        var uri = request.getURI();
        set(output, FOR, proxies.clientOf(request));
        set(output, PROTO, believed(believed, request, PROTO, uri.getScheme()));
        set(output, HOST, believed(believed, request, HOST, uri.getAuthority()));
        return output;
    }

    private static @Nullable String believed(
            boolean believed, ServerHttpRequest request, String name, @Nullable String otherwise) {
        var said = believed ? request.getHeaders().getFirst(name) : null;
        return said != null ? said : otherwise;
    }

    private static void set(HttpHeaders headers, String name, @Nullable String value) {
        if (value != null) {
            headers.set(name, value);
        }
    }
}
