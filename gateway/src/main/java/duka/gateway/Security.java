package duka.gateway;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Turns a bad token away at the edge. A request without one passes: whether a path needs a caller,
 * and which one, is decided by the service that owns the data, which checks the token again.
 */
@Component
@Order(Filters.SECURITY)
class Security implements WebFilter {

    private static final String BEARER = "Bearer";
    private static final int LONGEST_TOKEN = 4096;

    /** Here nobody has to be signed in: a stale token that clients send along must not stop it. */
    private static final Set<String> NEED_NO_TOKEN =
            Set.of(
                    "/api/v1/auth/register",
                    "/api/v1/auth/token",
                    "/api/v1/auth/token/refresh",
                    "/api/v1/auth/logout",
                    "/api/v1/auth/password/forgot",
                    "/api/v1/auth/password/reset",
                    "/api/v1/auth/email/verify");

    private record Good(Caller caller, Instant expires) {}

    private final ReactiveJwtDecoder decoder;
    private final Clock clock;

    /** Tokens seen to be good, until they expire; a signature costs more than all the rest here. */
    private final Cache<String, Good> good =
            Caffeine.newBuilder()
                    .maximumSize(20_000)
                    .expireAfterWrite(Duration.ofMinutes(1))
                    .build();

    Security(SigningKeys keys, Clock clock) {
        this.decoder = decoder(keys, clock);
        this.clock = clock;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        var request = exchange.getRequest();
        var token = bearerToken(request);
        if (token == null) {
            return chain.filter(exchange);
        }
        if (NEED_NO_TOKEN.contains(request.getURI().getRawPath())) {
            var bare = request.mutate().headers(it -> it.remove(HttpHeaders.AUTHORIZATION)).build();
            return chain.filter(exchange.mutate().request(bare).build());
        }
        var known = good.getIfPresent(token);
        if (known != null && clock.instant().isBefore(known.expires())) {
            known.caller().passOnWith(exchange);
            return chain.filter(exchange);
        }
        return check(token)
                .doOnNext(caller -> caller.passOnWith(exchange))
                .then(Mono.defer(() -> chain.filter(exchange)));
    }

    private Mono<Caller> check(String token) {
        if (token.length() > LONGEST_TOKEN) {
            return Mono.error(invalidToken());
        }
        return decoder.decode(token)
                .map(Security::good)
                .doOnNext(checked -> good.put(token, checked))
                .map(Good::caller)
                .onErrorMap(JwtException.class, _ -> invalidToken())
                .onErrorMap(IllegalStateException.class, Security::unwrapped);
    }

    /** The decoder wraps whatever keeps it from the keys. */
    private static Throwable unwrapped(Throwable error) {
        return error.getCause() instanceof Refused refused ? refused : error;
    }

    private static Good good(Jwt jwt) {
        var caller = new Caller(jwt.getSubject(), jwt.getClaimAsString("sid"));
        return new Good(caller, jwt.getExpiresAt());
    }

    private static @Nullable String bearerToken(ServerHttpRequest request) {
        var header = request.getHeaders().getFirst(HttpHeaders.AUTHORIZATION);
        if (header == null || !header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return null;
        }
        var token = header.substring(BEARER.length());
        return token.isEmpty() || token.startsWith(" ") ? token.strip() : null;
    }

    static Refused invalidToken() {
        return new Refused(
                HttpStatus.UNAUTHORIZED,
                "unauthenticated",
                "The access token is not valid or has expired.",
                Map.of(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"invalid_token\""));
    }

    private static ReactiveJwtDecoder decoder(SigningKeys keys, Clock clock) {
        var timestamps = new JwtTimestampValidator(Duration.ZERO);
        timestamps.setClock(clock);
        timestamps.setAllowEmptyExpiryClaim(false);
        var decoder = NimbusReactiveJwtDecoder.withJwkSource(keys::candidates).build();
        decoder.setJwtValidator(
                new DelegatingOAuth2TokenValidator<>(timestamps, new JwtIssuerValidator("duka")));
        return decoder;
    }
}
