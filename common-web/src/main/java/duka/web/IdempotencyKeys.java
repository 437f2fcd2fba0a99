package duka.web;

import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/** The answers that have been given under idempotency keys, for as long as they are kept. */
class IdempotencyKeys {

    /** Whose turn it is. */
    sealed interface Claim {

        /** Ours, until the transaction ends. */
        record Free() implements Claim {}

        record Taken() implements Claim {}

        record Answered(Answer answer) implements Claim {}
    }

    /**
     * @param request a hash of what was asked
     */
    record Answer(
            byte[] request,
            int status,
            @Nullable String location,
            @Nullable String etag,
            @Nullable String contentType,
            byte[] body) {}

    private static final int AT_ONCE = 10_000;

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final Clock clock;
    private final Duration keep;

    IdempotencyKeys(
            JdbcClient jdbc, PlatformTransactionManager transactions, Clock clock, Duration keep) {
        this.jdbc = jdbc;
        this.transactions = new TransactionTemplate(transactions);
        this.clock = clock;
        this.keep = keep;
    }

    <T> T guarded(Function<TransactionStatus, T> work) {
        return Objects.requireNonNull(transactions.execute(work::apply));
    }

    /**
     * One round trip for both: the answer may be committed between the look and the lock, but then
     * {@link #keep} finds it there.
     */
    Claim claim(byte[] id) {
        return jdbc.sql(
                        """
                        select pg_try_advisory_xact_lock(:lock) as free,
                               k.request, k.status, k.location, k.etag, k.content_type, k.body
                        from (values (1)) one
                        left join idempotency_keys k on k.id = :id and k.expires_at > :now
                        """)
                .param("lock", ByteBuffer.wrap(id).getLong())
                .param("id", id)
                .param("now", Timestamp.from(clock.instant()))
                .query((row, _) -> claim(row))
                .single();
    }

    /** Answers whether it was the first. */
    boolean keep(byte[] id, Answer answer) {
        var now = clock.instant();
        return jdbc.sql(
                                """
                                insert into idempotency_keys
                                    (id, request, status, location, etag, content_type, body, expires_at)
                                values
                                    (:id, :request, :status, :location, :etag, :type, :body, :expires)
                                on conflict (id) do update set
                                    request = excluded.request,
                                    status = excluded.status,
                                    location = excluded.location,
                                    etag = excluded.etag,
                                    content_type = excluded.content_type,
                                    body = excluded.body,
                                    expires_at = excluded.expires_at
                                where idempotency_keys.expires_at <= :now
                                """)
                        .param("id", id)
                        .param("request", answer.request())
                        .param("status", answer.status())
                        .param("location", answer.location())
                        .param("etag", answer.etag())
                        .param("type", answer.contentType())
                        .param("body", answer.body())
                        .param("expires", Timestamp.from(now.plus(keep)))
                        .param("now", Timestamp.from(now))
                        .update()
                == 1;
    }

    @Scheduled(fixedDelayString = "${duka.web.idempotency.prune:10m}")
    int prune() {
        int forgotten = 0;
        int pruned;
        do {
            pruned = pruneSome();
            forgotten += pruned;
        } while (pruned == AT_ONCE);
        return forgotten;
    }

    private int pruneSome() {
        return jdbc.sql(
                        """
                        delete from idempotency_keys where id = any (array(
                            select id from idempotency_keys where expires_at <= ?
                             limit ? for update skip locked))
                        """)
                .param(Timestamp.from(clock.instant()))
                .param(AT_ONCE)
                .update();
    }

    private static Claim claim(ResultSet row) throws SQLException {
        var request = row.getBytes("request");
        if (request != null) {
            return new Claim.Answered(
                    new Answer(
                            request,
                            row.getInt("status"),
                            row.getString("location"),
                            row.getString("etag"),
                            row.getString("content_type"),
                            row.getBytes("body")));
        }
        return row.getBoolean("free") ? new Claim.Free() : new Claim.Taken();
    }
}
