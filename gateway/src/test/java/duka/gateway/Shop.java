package duka.gateway;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/**
 * The services behind the gateway, played by one WireMock each; they answer with their own name.
 */
class Shop implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    static final RSAKey KEY = newKey();

    private static final Map<String, WireMockServer> SERVICES = open();

    static WireMockServer service(String name) {
        return SERVICES.get(name);
    }

    static void reset() {
        SERVICES.forEach(
                (name, service) -> {
                    service.resetAll();
                    service.stubFor(any(anyUrl()).atPriority(10).willReturn(ok(name)));
                });
        service(Routes.IDENTITY)
                .stubFor(
                        get("/.well-known/jwks.json")
                                .willReturn(okJson(new JWKSet(KEY.toPublicJWK()).toString())));
    }

    /** catalog-service has a second instance, which has just been killed. */
    @Override
    public void initialize(ConfigurableApplicationContext context) {
        var properties = new HashMap<String, Object>();
        properties.put("eureka.client.enabled", false);
        properties.put(
                "duka.security.jwks-uri",
                service(Routes.IDENTITY).baseUrl() + "/.well-known/jwks.json");
        SERVICES.forEach((name, service) -> properties.put(instance(name, 0), service.baseUrl()));
        properties.put(instance(Routes.CATALOG, 1), "http://localhost:" + freePort());
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource("shop", properties));
    }

    static String token(RSAKey key, String issuer, Instant expires) {
        return token(key, issuer, expires, UUID.randomUUID(), UUID.randomUUID());
    }

    static String token(RSAKey key, String issuer, Instant expires, UUID subject, UUID session) {
        try {
            var token =
                    new SignedJWT(
                            new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(),
                            new JWTClaimsSet.Builder()
                                    .subject(subject.toString())
                                    .claim("sid", session.toString())
                                    .issuer(issuer)
                                    .issueTime(Date.from(expires.minus(Duration.ofMinutes(15))))
                                    .expirationTime(Date.from(expires))
                                    .build());
            token.sign(new RSASSASigner(key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    static RSAKey newKey() {
        try {
            return new RSAKeyGenerator(2048).keyID(UUID.randomUUID().toString()).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String instance(String service, int number) {
        return "spring.cloud.discovery.client.simple.instances.%s[%d].uri"
                .formatted(service, number);
    }

    private static Map<String, WireMockServer> open() {
        var services = new LinkedHashMap<String, WireMockServer>();
        for (var name : Routes.SERVICES) {
            var service = new WireMockServer(options().dynamicPort());
            service.start();
            services.put(name, service);
        }
        return services;
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
