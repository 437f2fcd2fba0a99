package duka.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;

class SigningKeysTest {

    private final RSAKey key = TestTokens.newKey();
    private final RSAKey next = TestTokens.newKey();
    private final AtomicReference<JWKSet> published = new AtomicReference<>(new JWKSet(key));
    private final AtomicInteger fetches = new AtomicInteger();

    private HttpServer identity;
    private JwtDecoder decoder;

    @BeforeEach
    void identityPublishesItsKeys() throws IOException {
        identity = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        identity.createContext(
                "/jwks.json",
                exchange -> {
                    fetches.incrementAndGet();
                    var body = published.get().toString(true).getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        identity.start();
        decoder =
                SecurityConfiguration.decoder(
                        new SigningKeys(
                                URI.create(
                                        "http://localhost:%d/jwks.json"
                                                .formatted(identity.getAddress().getPort()))));
    }

    @AfterEach
    void identityGoes() {
        identity.stop(0);
    }

    @Test
    void keys_are_fetched_once_and_only_when_needed() {
        assertThat(fetches).hasValue(0);
        for (int i = 0; i < 20; i++) {
            decoder.decode(token(key));
        }
        assertThat(fetches).hasValue(1);
    }

    @Test
    void a_key_that_is_new_is_fetched() {
        decoder.decode(token(key));
        published.set(new JWKSet(List.of(key, next)));
        assertThat(decoder.decode(token(next)).getSubject()).isNotNull();
        assertThat(fetches).hasValue(2);
    }

    @Test
    void keys_that_nobody_published_are_refused_without_asking_each_time() {
        decoder.decode(token(key));
        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(() -> decoder.decode(token(next)))
                    .isInstanceOf(BadJwtException.class);
        }
        assertThat(fetches).hasValueLessThan(4);
        decoder.decode(token(key));
    }

    @Test
    void known_keys_outlive_identity() {
        decoder.decode(token(key));
        identity.stop(0);
        decoder.decode(token(key));
        assertThatThrownBy(() -> decoder.decode(token(next))).isInstanceOf(JwtException.class);
        decoder.decode(token(key));
    }

    @Test
    void without_any_key_nobody_can_tell() {
        identity.stop(0);
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> decoder.decode(token(key)))
                    .isInstanceOf(JwtException.class)
                    .isNotInstanceOf(BadJwtException.class);
        }
    }

    private static String token(RSAKey key) {
        return TestTokens.signed(
                key,
                new JWTClaimsSet.Builder()
                        .subject(UUID.randomUUID().toString())
                        .issuer("duka")
                        .expirationTime(
                                Date.from(Clock.systemUTC().instant().plus(Duration.ofMinutes(5))))
                        .build());
    }
}
