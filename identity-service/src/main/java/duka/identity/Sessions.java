package duka.identity;

import static duka.sql.Rows.at;
import static duka.sql.Rows.instant;

import duka.messaging.Uuid7;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
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

    private static final String OPEN =
            " where user_id = :user and ended_at is null and expires_at > :now";

    private final JdbcClient jdbc;
    private final Clock clock;
    private final IdentityProperties properties;
    private final RevokedSessions revoked;

    Sessions(JdbcClient jdbc, Clock clock, IdentityProperties properties, RevokedSessions revoked) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.properties = properties;
        this.revoked = revoked;
    }

    /**
     * @param token gets the session on, once
     */
    record Begun(UUID session, String token) {}

    /** How far a refresh token leads. */
    sealed interface Turn {

        record On(UserId user, UUID session, String token) implements Turn {}

        /** Somebody has a copy of it: its session is over. */
        record Stolen(UserId user) implements Turn {}

        record Refused(String why) implements Turn {}
    }

    /**
     * None for an account that is not active, or whose password was changed while it was checked.
     *
     * @param checked the hash that the password was checked against
     */
    Optional<Begun> begin(UserId user, String checked, Actor from) {
        var session = Uuid7.mint(clock);
        int begun =
                jdbc.sql(
                                """
                                insert into sessions (id, user_id, begun_at, last_used_at, expires_at,
                                                      address, user_agent)
                                select :id, id, :now, :now, :expires, :address, :agent from users
                                 where id = :user and active and password_hash = :checked
                                   for share
                                """)
                        .param("id", session)
                        .param("user", user.value())
                        .param("checked", checked)
                        .param("now", at(clock.instant()))
                        .param("expires", at(expiry()))
                        .param("address", from.address())
                        .param("agent", from.userAgent())
                        .update();
        return begun == 0 ? Optional.empty() : Optional.of(new Begun(session, addToken(session)));
    }

    /**
     * Of several that come with one token at the same time, one gets on. The others find it used
     * while they were on their way, which is no sign of theft and leaves the session as it is.
     */
    Turn turn(String token, Actor from) {
        var found = find(token);
        if (found == null) {
            return new Turn.Refused("unknown");
        }
        if (found.used()) {
            end(found.session());
            return new Turn.Stolen(found.user());
        }
        if (!isOpen(found.session()) || !use(token)) {
            return new Turn.Refused("ended, expired or just used");
        }
        jdbc.sql(
                        """
                        update sessions set expires_at = :expires, last_used_at = :now,
                               address = coalesce(:address, address),
                               user_agent = coalesce(:agent, user_agent)
                         where id = :id
                        """)
                .param("expires", at(expiry()))
                .param("now", at(clock.instant()))
                .param("address", from.address())
                .param("agent", from.userAgent())
                .param("id", found.session())
                .update();
        return new Turn.On(found.user(), found.session(), addToken(found.session()));
    }

    long countOpen(UserId user) {
        return jdbc.sql("select count(*) from sessions" + OPEN)
                .param("user", user.value())
                .param("now", at(clock.instant()))
                .query(Long.class)
                .single();
    }

    /** The one last used comes first. */
    List<Session> listOpen(UserId user, int limit, long offset) {
        return jdbc.sql(
                        """
                        select id, user_agent, address, begun_at, last_used_at, expires_at
                          from sessions %s
                         order by last_used_at desc, id limit :limit offset :offset
                        """
                                .formatted(OPEN))
                .param("user", user.value())
                .param("now", at(clock.instant()))
                .param("limit", limit)
                .param("offset", offset)
                .query(Sessions::session)
                .list();
    }

    /** Whose it was, if it was one. */
    Optional<UserId> endOf(String token) {
        var found = find(token);
        return found == null || !end(found.session())
                ? Optional.empty()
                : Optional.of(found.user());
    }

    boolean end(UserId user, UUID session) {
        return end(
                        " where id = :id and user_id = :user and ended_at is null",
                        Map.of("id", session, "user", user.value()))
                > 0;
    }

    int endAllOf(UserId user) {
        return end(" where user_id = :user and ended_at is null", Map.of("user", user.value()));
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
                .param(SecretTokens.hash(token))
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
                        .param("hash", SecretTokens.hash(token))
                        .update()
                == 1;
    }

    private boolean end(UUID session) {
        return end(" where id = :id and ended_at is null", Map.of("id", session)) > 0;
    }

    private int end(String which, Map<String, ?> params) {
        var ended =
                jdbc.sql("update sessions set ended_at = :now" + which + " returning id")
                        .params(params)
                        .param("now", at(clock.instant()))
                        .query(UUID.class)
                        .list();
        revoked.add(ended);
        return ended.size();
    }

    private String addToken(UUID session) {
        var token = SecretTokens.mint();
        jdbc.sql("insert into refresh_tokens (hash, session_id, expires_at) values (?, ?, ?)")
                .param(SecretTokens.hash(token))
                .param(session)
                .param(at(expiry()))
                .update();
        return token;
    }

    private Instant expiry() {
        return clock.instant().plus(properties.refreshTokens());
    }

    private static Session session(ResultSet row, int number) throws SQLException {
        return new Session(
                row.getObject("id", UUID.class),
                row.getString("user_agent"),
                row.getString("address"),
                instant(row, "begun_at"),
                instant(row, "last_used_at"),
                instant(row, "expires_at"));
    }
}
