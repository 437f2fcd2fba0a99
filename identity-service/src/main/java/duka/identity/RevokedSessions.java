package duka.identity;

import static duka.sql.Rows.at;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Tells the gateway which sessions have ended, through Redis, so that it refuses their access
 * tokens at once and not only when they expire. Redis may be away or forget: what is missing there
 * is told again from the database.
 */
@Component
class RevokedSessions {

    static final String KEY = "revoked:";

    private static final Logger log = LoggerFactory.getLogger(RevokedSessions.class);

    /** Services' clocks differ, and they take a token for a minute longer because of it. */
    private static final Duration LEEWAY = Duration.ofMinutes(2);

    /** While Redis is away, no request but one in a while waits to find out. */
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final StringRedisTemplate redis;
    private final JdbcClient jdbc;
    private final Clock clock;
    private final Duration keep;
    private final AtomicReference<Instant> awayUntil = new AtomicReference<>(Instant.MIN);

    RevokedSessions(
            StringRedisTemplate redis,
            JdbcClient jdbc,
            Clock clock,
            IdentityProperties properties) {
        this.redis = redis;
        this.jdbc = jdbc;
        this.clock = clock;
        this.keep = properties.accessTokens().plus(LEEWAY);
    }

    /** Once the transaction has been committed: before, they have not ended. */
    void add(Collection<UUID> sessions) {
        if (sessions.isEmpty()) {
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(
                new TransactionSynchronization() {
                    @Override
                    public void afterCommit() {
                        if (!clock.instant().isBefore(awayUntil.get())) {
                            tell(sessions);
                        }
                    }
                });
    }

    @Scheduled(initialDelay = 30, fixedDelay = 30, timeUnit = TimeUnit.SECONDS)
    void tellAgain() {
        var sessions =
                jdbc.sql("select id from sessions where ended_at > ?")
                        .param(at(clock.instant().minus(keep)))
                        .query(UUID.class)
                        .list();
        if (!sessions.isEmpty()) {
            tell(sessions);
        }
    }

    private void tell(Collection<UUID> sessions) {
        try {
            redis.executePipelined(
                    (RedisCallback<Object>)
                            connection -> {
                                sessions.forEach(
                                        session ->
                                                connection
                                                        .stringCommands()
                                                        .setEx(
                                                                bytes(KEY + session),
                                                                keep.toSeconds(),
                                                                bytes("1")));
                                return null;
                            });
            if (awayUntil.getAndSet(Instant.MIN) != Instant.MIN) {
                log.info("Redis is back: it knows which sessions have ended");
            }
        } catch (DataAccessException e) {
            if (awayUntil.getAndSet(clock.instant().plus(PAUSE)) == Instant.MIN) {
                log.warn(
                        "Redis is away: access tokens of ended sessions work until they expire: {}",
                        e.toString());
            }
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
