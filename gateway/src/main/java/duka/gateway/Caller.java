package duka.gateway;

import org.jspecify.annotations.Nullable;
import org.springframework.web.server.ServerWebExchange;

/**
 * Whom a good token names.
 *
 * @param session the sign-in that the token comes from
 */
record Caller(String id, @Nullable String session) {

    private static final String ATTRIBUTE = Caller.class.getName();

    void passOnWith(ServerWebExchange exchange) {
        exchange.getAttributes().put(ATTRIBUTE, this);
    }

    /** Null for a guest. */
    static @Nullable Caller of(ServerWebExchange exchange) {
        return exchange.getAttribute(ATTRIBUTE);
    }
}
