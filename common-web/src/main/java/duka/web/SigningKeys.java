package duka.web;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import java.net.MalformedURLException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The keys that identity signs access tokens with. They are fetched when first needed, so that a
 * service starts without identity, and last for hours once identity has gone.
 */
final class SigningKeys implements JWKSource<SecurityContext> {

    private static final Duration FRESH = Duration.ofMinutes(5);
    private static final Duration REFRESH_AHEAD = Duration.ofMinutes(1);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
    private static final Duration STALE = Duration.ofHours(24);
    private static final Duration UNKNOWN_KEY_INTERVAL = Duration.ofSeconds(2);
    private static final int CONNECT_MILLIS = 500;
    private static final int READ_MILLIS = 1500;
    private static final int MOST_BYTES = 64 * 1024;

    private final JWKSource<SecurityContext> keys;
    private volatile boolean fetched;

    SigningKeys(URI uri) {
        try {
            this.keys =
                    JWKSourceBuilder.<SecurityContext>create(
                                    uri.toURL(),
                                    new DefaultResourceRetriever(
                                            CONNECT_MILLIS, READ_MILLIS, MOST_BYTES))
                            .cache(FRESH.toMillis(), LONGEST_WAIT.toMillis())
                            .refreshAheadCache(REFRESH_AHEAD.toMillis(), false)
                            .rateLimited(UNKNOWN_KEY_INTERVAL.toMillis())
                            .retrying(true)
                            .outageTolerant(STALE.toMillis())
                            .build();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("duka.security.jwks-uri is no URL: " + uri, e);
        }
    }

    /** No key while others are known means a forged token; no key at all, that nobody can tell. */
    @Override
    public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context)
            throws KeySourceException {
        try {
            var found = keys.get(selector, context);
            fetched = true;
            return found;
        } catch (RateLimitReachedException e) {
            if (fetched) {
                return List.of();
            }
            throw e;
        }
    }
}
