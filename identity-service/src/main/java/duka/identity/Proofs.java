package duka.identity;

import static duka.sql.Rows.at;
import static duka.sql.Rows.instant;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Repository;

/** Tokens that are mailed to somebody, to be given back once. Of a token only its hash is kept. */
@Repository
class Proofs {

    enum Purpose {
        VERIFY_EMAIL,
        RESET_PASSWORD
    }

    /** What has become of a token. */
    record Proof(UserId user, boolean used, boolean expired) {}

    /** So that who comes too late is told so, and not that there was no such token. */
    private static final Duration REMEMBERED = Duration.ofDays(7);

    private final JdbcClient jdbc;
    private final Clock clock;

    Proofs(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    String make(UserId user, Purpose purpose, Duration goodFor) {
        var token = SecretTokens.mint();
        jdbc.sql("insert into proofs (hash, user_id, purpose, expires_at) values (?, ?, ?, ?)")
                .param(SecretTokens.hash(token))
                .param(user.value())
                .param(purpose.name())
                .param(at(clock.instant().plus(goodFor)))
                .update();
        return token;
    }

    Optional<Proof> find(String token, Purpose purpose) {
        var now = clock.instant();
        return jdbc.sql(
                        """
                        select user_id, used_at, expires_at from proofs
                         where hash = ? and purpose = ?
                        """)
                .param(SecretTokens.hash(token))
                .param(purpose.name())
                .query(
                        (row, _) ->
                                new Proof(
                                        new UserId(row.getObject("user_id", UUID.class)),
                                        row.getObject("used_at", OffsetDateTime.class) != null,
                                        !instant(row, "expires_at").isAfter(now)))
                .optional();
    }

    /** Of several that come with one token at the same time, one gets true. */
    boolean use(String token, Purpose purpose) {
        return jdbc.sql(
                                """
                                update proofs set used_at = :now
                                 where hash = :hash and purpose = :purpose
                                   and used_at is null and expires_at > :now
                                """)
                        .param("now", at(clock.instant()))
                        .param("hash", SecretTokens.hash(token))
                        .param("purpose", purpose.name())
                        .update()
                == 1;
    }

    /** The others that are out have had their time. */
    void useAllOf(UserId user, Purpose purpose) {
        jdbc.sql(
                        """
                        update proofs set used_at = ?
                         where user_id = ? and purpose = ? and used_at is null
                        """)
                .param(at(clock.instant()))
                .param(user.value())
                .param(purpose.name())
                .update();
    }

    @Scheduled(initialDelay = 10, fixedDelay = 60, timeUnit = TimeUnit.MINUTES)
    void forgetExpired() {
        jdbc.sql("delete from proofs where expires_at < ?")
                .param(at(clock.instant().minus(REMEMBERED)))
                .update();
    }
}
