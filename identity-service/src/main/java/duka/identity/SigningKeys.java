package duka.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import duka.events.Sealed;
import duka.messaging.Sealer;
import java.text.ParseException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The keys that access tokens are signed with, shared by all replicas through the database. The
 * newest one signs; all that have not expired are published, so that what they signed stays good.
 */
@Component
public class SigningKeys {

    private static final Logger log = LoggerFactory.getLogger(SigningKeys.class);

    private static final int BITS = 2048;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final Sealer sealer;
    private volatile List<RSAKey> newestFirst;

    SigningKeys(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            Clock clock,
            IdentityProperties properties) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.clock = clock;
        this.sealer = new Sealer(properties.signingSecret());
        this.newestFirst = read();
        if (newestFirst.isEmpty()) {
            makeFirst();
            this.newestFirst = read();
        }
    }

    /** What everybody may know. */
    public JWKSet published() {
        return new JWKSet(List.copyOf(newestFirst)).toPublicJWKSet();
    }

    RSAKey signing() {
        return newestFirst.getFirst();
    }

    /** Another replica may have made a key. */
    @Scheduled(initialDelay = 1, fixedDelay = 1, timeUnit = TimeUnit.MINUTES)
    void readAgain() {
        newestFirst = read();
    }

    private List<RSAKey> read() {
        return jdbc
                .sql(
                        """
                        select private_key from signing_keys
                         where expires_at is null or expires_at > ?
                         order by made_at desc, id
                        """)
                .param(clock.instant().atOffset(ZoneOffset.UTC))
                .query(String.class)
                .list()
                .stream()
                .map(this::open)
                .toList();
    }

    /** Several replicas may start at once: the lock lets one of them make the key. */
    private void makeFirst() {
        transaction.executeWithoutResult(
                _ -> {
                    jdbc.sql("lock table signing_keys in exclusive mode").update();
                    if (read().isEmpty()) {
                        add(generate());
                    }
                });
    }

    private void add(RSAKey key) {
        jdbc.sql(
                        """
                        insert into signing_keys (id, public_key, private_key, made_at)
                        values (?, ?, ?, ?)
                        """)
                .param(key.getKeyID())
                .param(key.toPublicJWK().toJSONString())
                .param(sealer.seal(key.toJSONString()).ciphertext())
                .param(clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        log.info("made signing key {}", key.getKeyID());
    }

    private RSAKey open(String privateKey) {
        try {
            return RSAKey.parse(sealer.open(new Sealed(privateKey)));
        } catch (ParseException e) {
            throw new IllegalStateException("a signing key in the database is broken", e);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(
                    "duka.identity.signing-secret is not the one that the signing keys were sealed with",
                    e);
        }
    }

    private static RSAKey generate() {
        try {
            return new RSAKeyGenerator(BITS)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.RS256)
                    .keyIDFromThumbprint(true)
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException("this Java cannot make an RSA key", e);
        }
    }
}
