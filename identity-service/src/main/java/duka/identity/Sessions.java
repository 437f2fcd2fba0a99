package duka.identity;

import duka.messaging.Uuid7;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Repository;

/**
 * Who is signed in. A session has one refresh token that is good; using it makes the next. An older
 * one turning up again means that somebody has a copy, and ends the session for everybody who has
 * part in it.
 */
@Repository
class Sessions {

    private static final int TOKEN_BYTES = 32;

    private final JdbcClient jdbc;
    private final Clock clock;
    private final IdentityProperties properties;
    private final SecureRandom random = new SecureRandom();

    Sessions(JdbcClient jdbc, Clock clock, IdentityProperties properties) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.properties = properties;
    }

    /** How far a refresh token leads. */
    sealed interface Turn {

        record On(UserId user, String token) implements Turn {}

        record Ended(String why) implements Turn {}
    }

    /** The first token of a new session; none for an account that is not active. */
    Optional<String> begin(UserId user) {
        var session = Uuid7.mint(clock);
        int begun =
                jdbc.sql(
                                """
                                insert into sessions (id, user_id, begun_at, expires_at)
                                select :id, id, :now, :expires from users
                                 where id = :user and active for share
                                """)
                        .param("id", session)
                        .param("user", user.value())
                        .param("now", at(clock.instant()))
                        .param("expires", at(expiry()))
                        .update();
        return begun == 0 ? Optional.empty() : Optional.of(addToken(session));
    }

    /**
     * Of several that come with one token at the same time, one gets on. The others find it used
     * while they were on their way, which is no sign of theft and leaves the session as it is.
     */
    Turn turn(String token) {
        var found = find(token);
        if (found == null) {
            return new Turn.Ended("unknown");
        }
        if (found.used()) {
            end(found.session());
            return new Turn.Ended("used before: its session ends");
        }
        if (!isOpen(found.session()) || !use(token)) {
            return new Turn.Ended("ended, expired or just used");
        }
        jdbc.sql("update sessions set expires_at = ? where id = ?")
                .param(at(expiry()))
                .param(found.session())
                .update();
        return new Turn.On(found.user(), addToken(found.session()));
    }

    void endOf(String token) {
        var found = find(token);
        if (found != null) {
            end(found.session());
        }
    }

    void endAllOf(UserId user) {
        jdbc.sql("update sessions set ended_at = ? where user_id = ? and ended_at is null")
                .param(at(clock.instant()))
                .param(user.value())
                .update();
    }

    /** Tokens past their time are not known any more, sessions without one not either. */
    @Scheduled(initialDelay = 10, fixedDelay = 60, timeUnit = TimeUnit.MINUTES)
    void forgetExpired() {
        var now = at(clock.instant());
        jdbc.sql("delete from refresh_tokens where expires_at < ?").param(now).update();
        jdbc.sql("delete from sessions where expires_at < ?").param(now).update();
    }

    private record Found(UUID session, UserId user, boolean used) {}

    private @Nullable Found find(String token) {
        return jdbc.sql(
                        """
                        select session_id, user_id, used_at
                          from refresh_tokens join sessions on sessions.id = session_id
                         where hash = ?
                        """)
                .param(hash(token))
                .query(
                        (row, _) ->
                                new Found(
                                        row.getObject("session_id", UUID.class),
                                        new UserId(row.getObject("user_id", UUID.class)),
                                        row.getObject("used_at", OffsetDateTime.class) != null))
                .optional()
                .orElse(null);
    }

    /** Locked, so that no token is added to a session that somebody is just ending. */
    private boolean isOpen(UUID session) {
        return jdbc.sql("select ended_at is null from sessions where id = ? for update")
                .param(session)
                .query(Boolean.class)
                .optional()
                .orElse(false);
    }

    private boolean use(String token) {
        var now = at(clock.instant());
        return jdbc.sql(
                                """
                                update refresh_tokens set used_at = :now
                                 where hash = :hash and used_at is null and expires_at > :now
                                """)
                        .param("now", now)
                        .param("hash", hash(token))
                        .update()
                == 1;
    }

    private void end(UUID session) {
        jdbc.sql("update sessions set ended_at = ? where id = ? and ended_at is null")
                .param(at(clock.instant()))
                .param(session)
                .update();
    }

    private String addToken(UUID session) {
        var bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        var token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        jdbc.sql("insert into refresh_tokens (hash, session_id, expires_at) values (?, ?, ?)")
                .param(hash(token))
                .param(session)
                .param(at(expiry()))
                .update();
        return token;
    }

    private Instant expiry() {
        return clock.instant().plus(properties.refreshTokens());
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
