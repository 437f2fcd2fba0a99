package duka.gateway;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

/**
 * The keys that identity-service signs tokens with. They are read again now and then, and when a
 * token names a key not seen before, but never more than once in a few seconds, so that made-up
 * names cannot be used to keep identity-service busy.
 */
@Component
class SigningKeys {

    private static final Logger log = LoggerFactory.getLogger(SigningKeys.class);

    private static final Duration FRESH = Duration.ofMinutes(5);
    private static final Duration AT_MOST_EVERY = Duration.ofSeconds(5);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    private record Known(JWKSet keys, Instant readAt) {}

    private final Mono<JWKSet> published;
    private final Clock clock;
    private volatile Known known = new Known(new JWKSet(), Instant.MIN);

    SigningKeys(SecurityProperties properties, Clock clock) {
        this.clock = clock;
        this.published =
                HttpClient.create()
                        .responseTimeout(Duration.ofSeconds(2))
                        .get()
                        .uri(properties.jwksUri().toString())
                        .responseSingle(
                                (response, body) ->
                                        response.status().code() == 200
                                                ? body.asString()
                                                : Mono.error(
                                                        new IllegalStateException(
                                                                response.status().toString())))
                        .map(SigningKeys::parsed)
                        .doOnNext(keys -> known = new Known(keys, clock.instant()))
                        .doOnError(e -> log.warn("signing keys cannot be read: {}", e.toString()))
                        .cache(_ -> AT_MOST_EVERY, _ -> AFTER_FAILURE, () -> AFTER_FAILURE);
    }

    /** The keys that may have signed this token: none, if there is no key of that name. */
    Flux<JWK> candidates(SignedJWT token) {
        var id = token.getHeader().getKeyID();
        var now = known;
        var key = find(now.keys(), id);
        if (key != null && clock.instant().isBefore(now.readAt().plus(FRESH))) {
            return Flux.just(key);
        }
        return published
                .flatMap(keys -> Mono.justOrEmpty(find(keys, id)))
                .onErrorResume(
                        _ -> key != null ? Mono.just(key) : Mono.error(Problems.serviceAway(2)))
                .flux();
    }

    private static @Nullable JWK find(JWKSet keys, @Nullable String id) {
        return id == null ? null : keys.getKeyByKeyId(id);
    }

    private static JWKSet parsed(String body) {
        try {
            return JWKSet.parse(body);
        } catch (ParseException e) {
            throw new IllegalStateException("not a set of keys", e);
        }
    }
}
