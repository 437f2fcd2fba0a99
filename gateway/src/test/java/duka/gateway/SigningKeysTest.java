package duka.gateway;

import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import reactor.core.publisher.Mono;

class SigningKeysTest {

    private static final RSAKey OLD = Shop.newKey();
    private static final RSAKey NEW = Shop.newKey();

    private final WireMockServer identity = new WireMockServer(options().dynamicPort());
    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private final Clock clock = ((InstantSource) now::get).withZone(ZoneOffset.UTC);
    private SigningKeys keys;

    @BeforeEach
    void open() {
        identity.start();
        keys =
                new SigningKeys(
                        new SecurityProperties(URI.create(identity.baseUrl() + "/jwks")), clock);
    }

    @AfterEach
    void close() {
        identity.stop();
    }

    @Test
    void made_up_names_of_keys_do_not_keep_identity_busy() {
        publish(OLD);

        for (int i = 0; i < 20; i++) {
            assertThat(candidates(NEW)).isEmpty();
        }

        identity.verify(1, anyRequestedFor(anyUrl()));
    }

    @Test
    void known_keys_are_not_asked_for_again_and_again() {
        publish(OLD);

        for (int i = 0; i < 20; i++) {
            assertThat(candidates(OLD)).extracting(JWK::getKeyID).containsExactly(OLD.getKeyID());
        }

        identity.verify(1, anyRequestedFor(anyUrl()));
    }

    @Test
    void a_known_key_is_good_while_identity_is_away() {
        publish(OLD);
        candidates(OLD);
        identity.stop();

        now.updateAndGet(it -> it.plus(Duration.ofHours(1)));

        assertThat(candidates(OLD)).hasSize(1);
    }

    @Test
    void without_any_key_nobody_is_called_a_liar() {
        identity.stubFor(get(anyUrl()).willReturn(serverError()));

        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> candidates(OLD))
                .satisfies(refused -> assertThat(refused.status().value()).isEqualTo(503));
    }

    @Test
    void nor_is_anybody_at_the_door() {
        identity.stubFor(get(anyUrl()).willReturn(serverError()));
        var request =
                MockServerHttpRequest.get("/api/v1/orders")
                        .header(
                                "Authorization",
                                "Bearer " + Shop.token(OLD, "duka", Instant.EPOCH));
        var door = new Security(keys, clock);

        assertThatExceptionOfType(Refused.class)
                .isThrownBy(
                        () ->
                                door.filter(MockServerWebExchange.from(request), _ -> Mono.empty())
                                        .block(Duration.ofSeconds(5)))
                .satisfies(refused -> assertThat(refused.status().value()).isEqualTo(503));
    }

    private void publish(RSAKey key) {
        identity.stubFor(
                get(anyUrl()).willReturn(okJson(new JWKSet(key.toPublicJWK()).toString())));
    }

    private List<JWK> candidates(RSAKey key) {
        try {
            var token = SignedJWT.parse(Shop.token(key, "duka", Instant.EPOCH));
            return keys.candidates(token).collectList().block(Duration.ofSeconds(5));
        } catch (ParseException e) {
            throw new IllegalStateException(e);
        }
    }
}
