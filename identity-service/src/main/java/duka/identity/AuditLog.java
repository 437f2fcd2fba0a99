package duka.identity;

import static duka.sql.Rows.at;
import static duka.sql.Rows.instant;

import duka.messaging.Uuid7;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Who did what that matters for security. A line stands with what it tells of or not at all: both
 * are one transaction. Nothing ever changes one.
 */
@Repository
public class AuditLog {

    private static final String MATCHING =
            """
             where (cast(:act as text) is null or act = :act)
               and (cast(:actor as uuid) is null or actor_id = :actor)
               and (cast(:subject as uuid) is null or subject_id = :subject)
               and (cast(:address as text) is null or address = :address)
               and (cast(:from as timestamptz) is null or happened_at >= :from)
               and (cast(:until as timestamptz) is null or happened_at < :until)
            """;

    private final JdbcClient jdbc;
    private final Clock clock;

    AuditLog(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    public long count(AuditSearch search) {
        return jdbc.sql("select count(*) from audit_log" + MATCHING)
                .params(criteria(search))
                .query(Long.class)
                .single();
    }

    /**
     * @param order what follows {@code order by}
     */
    public List<AuditEntry> list(AuditSearch search, String order, int limit, long offset) {
        return jdbc.sql(
                        """
                        select id, happened_at, act, actor_id, subject_id, address, user_agent,
                               details
                          from audit_log %s
                         order by %s limit :limit offset :offset
                        """
                                .formatted(MATCHING, order))
                .params(criteria(search))
                .param("limit", limit)
                .param("offset", offset)
                .query(AuditLog::entry)
                .list();
    }

    void add(Act act, Actor actor, @Nullable UserId subject) {
        add(act, actor, subject, "");
    }

    /**
     * @param details facts, nothing personal and nothing secret
     */
    void add(Act act, Actor actor, @Nullable UserId subject, String details) {
        jdbc.sql(
                        """
                        insert into audit_log (id, happened_at, act, actor_id, subject_id, address,
                                               user_agent, details)
                        values (:id, :at, :act, :actor, :subject, :address, :agent, :details)
                        """)
                .param("id", Uuid7.mint(clock))
                .param("at", at(clock.instant()))
                .param("act", act.name())
                .param("actor", actor.id() == null ? null : actor.id().value())
                .param("subject", subject == null ? null : subject.value())
                .param("address", actor.address())
                .param("agent", actor.userAgent())
                .param("details", details)
                .update();
    }

    private static Map<String, @Nullable Object> criteria(AuditSearch search) {
        var criteria = new HashMap<String, @Nullable Object>();
        criteria.put("act", search.act() == null ? null : search.act().name());
        criteria.put("actor", search.actor());
        criteria.put("subject", search.subject());
        criteria.put("address", search.address());
        criteria.put("from", search.from() == null ? null : at(search.from()));
        criteria.put("until", search.until() == null ? null : at(search.until()));
        return criteria;
    }

    private static AuditEntry entry(ResultSet row, int number) throws SQLException {
        return new AuditEntry(
                row.getObject("id", UUID.class),
                instant(row, "happened_at"),
                Act.valueOf(row.getString("act")),
                row.getObject("actor_id", UUID.class),
                row.getObject("subject_id", UUID.class),
                row.getString("address"),
                row.getString("user_agent"),
                row.getString("details"));
    }
}
