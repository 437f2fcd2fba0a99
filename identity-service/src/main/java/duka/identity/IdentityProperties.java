package duka.identity;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param signingSecret seals the private signing keys at rest: 32 random bytes in Base64
 * @param accessTokens how long an access token is good for; a change of roles takes as long to be
 *     felt everywhere
 * @param refreshTokens how long one may stay away and still be signed in
 * @param admin the first admin, made when the shop has none
 */
@ConfigurationProperties("duka.identity")
record IdentityProperties(
        String signingSecret,
        @DefaultValue("15m") Duration accessTokens,
        @DefaultValue("7d") Duration refreshTokens,
        @Nullable Admin admin) {

    record Admin(@Nullable String email, @Nullable String password) {}
}
