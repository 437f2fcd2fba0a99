package duka.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Clock;
import java.util.Date;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Writes what every service believes about a caller: short-lived and signed. */
@Component
class AccessTokens {

    static final String ISSUER = "duka";

    private final SigningKeys keys;
    private final Clock clock;
    private final IdentityProperties properties;

    AccessTokens(SigningKeys keys, Clock clock, IdentityProperties properties) {
        this.keys = keys;
        this.clock = clock;
        this.properties = properties;
    }

    /**
     * @param session the gateway refuses its tokens once it has ended
     */
    String issue(User user, UUID session) {
        var key = keys.signing();
        var now = clock.instant();
        var claims =
                new JWTClaimsSet.Builder()
                        .issuer(ISSUER)
                        .subject(user.id().toString())
                        .claim("sid", session.toString())
                        .claim("roles", user.roles().stream().map(Role::name).toList())
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plus(properties.accessTokens())))
                        .jwtID(UUID.randomUUID().toString())
                        .build();
        var header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build();
        var token = new SignedJWT(header, claims);
        try {
            token.sign(signer(key));
        } catch (JOSEException e) {
            throw new IllegalStateException("cannot sign with key " + key.getKeyID(), e);
        }
        return token.serialize();
    }

    private static JWSSigner signer(RSAKey key) throws JOSEException {
        return new RSASSASigner(key);
    }
}
