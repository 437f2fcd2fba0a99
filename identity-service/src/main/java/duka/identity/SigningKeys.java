package duka.identity;

import static duka.sql.Rows.at;
import static duka.sql.Rows.instant;
import static duka.sql.Rows.maybeInstant;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import duka.events.Sealed;
import duka.messaging.Sealer;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import net.javacrumbs.shedlock.spring.annotation.SchedulerLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The keys that access tokens are signed with, shared by all replicas through the database. A new
 * one is published some time before it signs, and an old one until the last token that it has
 * signed is worth nothing any more: whoever checks tokens always knows their key.
 */
@Component
public class SigningKeys implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(SigningKeys.class);

    private static final int BITS = 2048;
    private static final int BEFORE_THE_WEB_SERVER = 0;

    /** Clocks differ, and a replica may not yet have read that another key signs. */
    private static final Duration LEEWAY = Duration.ofMinutes(5);

    /**
     * A key that will sign, or does already.
     *
     * @param signsFrom by then everybody knows it
     */
    public record NextKey(String id, Instant signsFrom) {}

    private record Key(RSAKey key, Instant madeAt, Instant signsFrom, @Nullable Instant expires) {

        boolean isGood(Instant now) {
            return expires == null || expires.isAfter(now);
        }
    }

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final AuditLog audit;
    private final Clock clock;
    private final Sealer sealer;
    private final Duration accessTokens;
    private final KeyProperties properties;
    private volatile List<Key> newestFirst = List.of();

    SigningKeys(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            AuditLog audit,
            Clock clock,
            IdentityProperties identity,
            KeyProperties properties) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.audit = audit;
        this.clock = clock;
        this.sealer = new Sealer(identity.signingSecret());
        this.accessTokens = identity.accessTokens();
        this.properties = properties;
    }

    /** Before anybody can ask for a token. */
    @Override
    public void start() {
        newestFirst = read();
        if (newestFirst.isEmpty()) {
            makeFirst();
            newestFirst = read();
        }
    }

    @Override
    public void stop() {
        newestFirst = List.of();
    }

    @Override
    public boolean isRunning() {
        return !newestFirst.isEmpty();
    }

    @Override
    public int getPhase() {
        return BEFORE_THE_WEB_SERVER;
    }

    /** What everybody may know. */
    public JWKSet published() {
        var now = clock.instant();
        return new JWKSet(
                        newestFirst.stream()
                                .filter(key -> key.isGood(now))
                                .<JWK>map(Key::key)
                                .toList())
                .toPublicJWKSet();
    }

    /**
     * Makes a key that takes over once everybody knows it. While one waits to do so there is no
     * other: of several who ask for one, all get the same.
     */
    public NextKey rotate(Actor actor) {
        var next =
                Objects.requireNonNull(
                        transaction.execute(
                                _ -> {
                                    lock();
                                    var newest = read().getFirst();
                                    return newest.signsFrom().isAfter(clock.instant())
                                            ? new NextKey(
                                                    newest.key().getKeyID(), newest.signsFrom())
                                            : follow(actor);
                                }));
        readAgain();
        return next;
    }

    RSAKey signing() {
        var now = clock.instant();
        return newestFirst.stream()
                .filter(key -> !key.signsFrom().isAfter(now))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no key signs yet"))
                .key();
    }

    /** Another replica may have made a key. */
    @Scheduled(initialDelay = 1, fixedDelay = 1, timeUnit = TimeUnit.MINUTES)
    void readAgain() {
        newestFirst = read();
    }

    /** A key serves its time; what nobody can use any more is not kept. */
    @Scheduled(cron = "${duka.identity.keys.check:0 17 3 * * *}", zone = "UTC")
    @SchedulerLock(name = "rotate-signing-keys")
    void rotateWhenDue() {
        readAgain();
        var due = clock.instant().minus(properties.rotate());
        if (!newestFirst.getFirst().madeAt().isAfter(due)) {
            rotate(Actor.SHOP);
        }
        jdbc.sql("delete from signing_keys where expires_at < ?")
                .param(at(clock.instant()))
                .update();
    }

    private NextKey follow(Actor actor) {
        var now = clock.instant();
        var signsFrom = now.plus(properties.lead()).truncatedTo(ChronoUnit.SECONDS);
        jdbc.sql("update signing_keys set expires_at = ? where expires_at is null")
                .param(at(signsFrom.plus(accessTokens).plus(LEEWAY)))
                .update();
        var key = generate();
        add(key, signsFrom);
        audit.add(Act.SIGNING_KEY_ROTATED, actor, null, "to key " + key.getKeyID());
        return new NextKey(key.getKeyID(), signsFrom);
    }

    private List<Key> read() {
        return jdbc.sql(
                        """
                        select private_key, made_at, signs_from, expires_at from signing_keys
                         where expires_at is null or expires_at > ?
                         order by signs_from desc, id
                        """)
                .param(at(clock.instant()))
                .query(
                        (row, _) ->
                                new Key(
                                        open(row.getString("private_key")),
                                        instant(row, "made_at"),
                                        instant(row, "signs_from"),
                                        maybeInstant(row, "expires_at")))
                .list();
    }

    /** Several replicas may start at once: the lock lets one of them make the key. */
    private void makeFirst() {
        transaction.executeWithoutResult(
                _ -> {
                    lock();
                    if (read().isEmpty()) {
                        add(generate(), clock.instant());
                    }
                });
    }

    private void lock() {
        jdbc.sql("lock table signing_keys in exclusive mode").update();
    }

    private void add(RSAKey key, Instant signsFrom) {
        jdbc.sql(
                        """
                        insert into signing_keys (id, public_key, private_key, made_at, signs_from)
                        values (?, ?, ?, ?, ?)
                        """)
                .param(key.getKeyID())
                .param(key.toPublicJWK().toJSONString())
                .param(sealer.seal(key.toJSONString()).ciphertext())
                .param(at(clock.instant()))
                .param(at(signsFrom))
                .update();
        log.info("made signing key {}, which signs from {}", key.getKeyID(), signsFrom);
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
