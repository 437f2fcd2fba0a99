package duka.web;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Date;
import java.util.UUID;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/**
 * Access tokens as identity would sign them, for tests that import this class: a service then
 * believes them, and no others.
 */
@TestConfiguration(proxyBeanMethods = false)
public class TestTokens {

    private static final RSAKey KEY = newKey();

    /** What belongs in an {@code Authorization} header. */
    public static String bearer(UUID userId, Role... roles) {
        var now = Clock.systemUTC().instant();
        return "Bearer "
                + signed(
                        KEY,
                        new JWTClaimsSet.Builder()
                                .subject(userId.toString())
                                .claim("roles", Arrays.stream(roles).map(Role::name).toList())
                                .issuer(SecurityConfiguration.ISSUER)
                                .issueTime(Date.from(now))
                                .expirationTime(Date.from(now.plus(Duration.ofMinutes(15))))
                                .build());
    }

    @Bean
    JwtDecoder jwtDecoder() {
        return SecurityConfiguration.decoder(new ImmutableJWKSet<>(new JWKSet(KEY)));
    }

    /** A token of these very claims, for tests of what is refused. */
    public static String signed(JWTClaimsSet claims) {
        return signed(KEY, claims);
    }

    static RSAKey newKey() {
        try {
            return new RSAKeyGenerator(2048).keyID(UUID.randomUUID().toString()).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    static String signed(RSAKey key, JWTClaimsSet claims) {
        try {
            var token =
                    new SignedJWT(
                            new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(),
                            claims);
            token.sign(new RSASSASigner(key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
