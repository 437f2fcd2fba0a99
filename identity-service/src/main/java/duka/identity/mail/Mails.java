package duka.identity.mail;

import static duka.sql.Rows.array;
import static duka.sql.Rows.at;
import static duka.sql.Rows.instant;
import static duka.sql.Rows.maybeAt;
import static duka.sql.Rows.maybeInstant;
import static duka.sql.Rows.uuids;

import duka.messaging.Uuid7;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** All mails that wait, and for a while those that went. */
@Repository
class Mails {

    /**
     * A mail taken to be sent, with what is known now of whom it goes to.
     *
     * @param template by its name: a newer replica may know more of them
     * @param sealed its secrets, if it has any
     * @param recipient none while nobody knows whose the order is
     * @param order none if the mail is not about one, or it is not known yet
     */
    record Taken(
            UUID id,
            String template,
            Map<String, Object> facts,
            @Nullable String sealed,
            int attempts,
            Instant writtenAt,
            @Nullable Instant goodUntil,
            @Nullable Recipient recipient,
            @Nullable OrderCopy order) {

        /** For logs: nothing personal. */
        @Override
        public String toString() {
            return "mail %s (%s)".formatted(id, template);
        }
    }

    /** How sending one ended, if it did not go. */
    record Setback(Taken mail, String reason, Instant nextTry) {}

    private static final TypeReference<Map<String, Object>> FACTS = new TypeReference<>() {};
    private static final TypeReference<List<OrderCopy.Line>> LINES = new TypeReference<>() {};

    private static final String SELECT =
            """
            select id, recipient_id, order_id, template, state, attempts, failure, written_at,
                   next_try, ended_at
              from mails
            """;

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final Secrets secrets;
    private final Clock clock;

    Mails(JdbcClient jdbc, JsonMapper json, Secrets secrets, Clock clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.secrets = secrets;
        this.clock = clock;
    }

    // --- writing

    /** All but those written about before, and those to accounts that get no mail. */
    int add(Collection<Mail> mails) {
        return jdbc.sql(
                        """
                        insert into mails (id, recipient_id, order_id, template, about, facts, secrets,
                                           state, attempts, written_at, next_try, good_until)
                        select m.id, coalesce(m.recipient_id, o.customer_id), m.order_id, m.template,
                               m.about, m.facts, m.secrets, 'WAITING', 0, ?, ?, m.good_until
                          from unnest(?::uuid[], ?::uuid[], ?::uuid[], ?::text[], ?::text[],
                                      ?::jsonb[], ?::text[], ?::timestamptz[])
                               as m (id, recipient_id, order_id, template, about, facts, secrets,
                                     good_until)
                          left join mail_orders o on o.order_id = m.order_id
                          left join users u on u.id = coalesce(m.recipient_id, o.customer_id)
                         where u.id is null or (u.active and u.email is not null)
                        on conflict (about) do nothing
                        """)
                .params(
                        at(clock.instant()),
                        at(clock.instant()),
                        array("uuid", mails, _ -> Uuid7.mint(clock)),
                        array("uuid", mails, Mail::recipient),
                        array("uuid", mails, Mail::orderId),
                        array("text", mails, mail -> mail.template().name()),
                        array("text", mails, Mail::about),
                        array("text", mails, mail -> json.writeValueAsString(mail.facts())),
                        array("text", mails, mail -> secrets.seal(mail.secrets())),
                        array("timestamptz", mails, mail -> maybeAt(mail.goodUntil())))
                .update();
    }

    /**
     * Waits for whoever gathers, and keeps others from it until the transaction ends: each changes
     * mails to several, and two at once would wait for each other's.
     */
    void gatherAlone() {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(current_schema || ?, 0)) is null")
                .param(".mails_that_gather")
                .query(Boolean.class)
                .single();
    }

    /**
     * Adds to a mail about stock that waits until its time, or begins it.
     *
     * @param products under their ids, in the facts' {@code products}
     * @return whether there still was, or now is, such a mail
     */
    boolean gather(UUID recipient, String about, Map<String, Object> products, Instant due) {
        return jdbc.sql(
                                """
                                insert into mails (id, recipient_id, template, about, facts, state,
                                                   attempts, written_at, next_try)
                                values (?, ?, 'STOCK_ALERT', ?, ?::jsonb, 'WAITING', 0, ?, ?)
                                on conflict (about) do update
                                   set facts = jsonb_set(mails.facts, '{products}',
                                           (mails.facts -> 'products') || (excluded.facts -> 'products'))
                                 where mails.state = 'WAITING' and mails.attempts = 0
                                """)
                        .params(
                                Uuid7.mint(clock),
                                recipient,
                                about,
                                json.writeValueAsString(Map.of("products", products)),
                                at(clock.instant()),
                                at(due))
                        .update()
                == 1;
    }

    /** Takes products out of the mails that have gathered news about them. */
    void ungather(Collection<UUID> products) {
        jdbc.sql(
                        """
                        update mails
                           set facts = jsonb_set(facts, '{products}', (facts -> 'products') - :products)
                         where template = 'STOCK_ALERT' and state = 'WAITING' and attempts = 0
                           and jsonb_exists_any(facts -> 'products', :products)
                        """)
                .param("products", array("text", products, UUID::toString))
                .update();
    }

    /** For what waits about these orders and is no longer true. */
    void drop(Collection<UUID> orders, Collection<Template> templates, String reason) {
        jdbc.sql(
                        """
                        update mails set state = 'DROPPED', failure = ?, secrets = null, ended_at = ?
                         where order_id = any (?) and template = any (?) and state = 'WAITING'
                        """)
                .params(
                        reason,
                        at(clock.instant()),
                        uuids(orders),
                        array("text", templates, Template::name))
                .update();
    }

    // --- sending

    /** Takes what is due. Nobody else will before the lease ends, wherever this process goes. */
    List<Taken> take(int most, Instant leaseEnd) {
        return jdbc.sql(
                        """
                        with taken as (
                            update mails set attempts = attempts + 1, next_try = ?
                             where id in (select id from mails
                                           where state = 'WAITING' and next_try <= ?
                                           order by next_try, id
                                           limit ? for update skip locked)
                            returning id, recipient_id, order_id, template, facts, secrets, attempts,
                                      written_at, good_until
                        )
                        select t.*, u.id as user_id, u.email, u.active, u.email_verified, u.first_name,
                               o.total, o.lines
                          from taken t
                          left join mail_orders o on o.order_id = t.order_id
                          left join users u on u.id = coalesce(t.recipient_id, o.customer_id)
                         order by t.id
                        """)
                .params(at(leaseEnd), at(clock.instant()), most)
                .query(this::taken)
                .list();
    }

    void sent(Collection<Taken> mails) {
        if (mails.isEmpty()) {
            return;
        }
        jdbc.sql(
                        """
                        update mails
                           set state = 'SENT', failure = null, secrets = null, ended_at = ?
                         where id = any (?)
                        """)
                .params(at(clock.instant()), array("uuid", mails, Taken::id))
                .update();
    }

    /** Unless somebody else has taken them meanwhile. */
    void setBack(Collection<Setback> setbacks) {
        end(setbacks, MailState.WAITING);
    }

    void failed(Collection<Setback> setbacks) {
        end(setbacks, MailState.FAILED);
    }

    void dropped(Collection<Setback> setbacks) {
        end(setbacks, MailState.DROPPED);
    }

    private void end(Collection<Setback> setbacks, MailState state) {
        if (setbacks.isEmpty()) {
            return;
        }
        jdbc.sql(
                        """
                        update mails m
                           set state = :state, failure = s.reason, next_try = s.next_try,
                               secrets = case when :state = 'DROPPED' then null else m.secrets end,
                               ended_at = case when :state = 'WAITING' then null else :now end
                          from unnest(:ids, :attempts, :reasons, :tries)
                               as s (id, attempts, reason, next_try)
                         where m.id = s.id and m.state = 'WAITING' and m.attempts = s.attempts
                        """)
                .param("state", state.name())
                .param("now", at(clock.instant()))
                .param("ids", array("uuid", setbacks, each -> each.mail().id()))
                .param("attempts", array("int4", setbacks, each -> each.mail().attempts()))
                .param("reasons", array("text", setbacks, Setback::reason))
                .param("tries", array("timestamptz", setbacks, each -> at(each.nextTry())))
                .update();
    }

    /** It was not these mails' fault: they are due again, and nothing is held against them. */
    void giveBack(Collection<Taken> mails, String reason) {
        if (mails.isEmpty()) {
            return;
        }
        jdbc.sql(
                        """
                        update mails m
                           set attempts = m.attempts - 1, next_try = ?, failure = ?
                          from unnest(?::uuid[], ?::int[]) as t (id, attempts)
                         where m.id = t.id and m.state = 'WAITING' and m.attempts = t.attempts
                        """)
                .params(
                        at(clock.instant()),
                        reason,
                        array("uuid", mails, Taken::id),
                        array("int4", mails, Taken::attempts))
                .update();
    }

    // --- keeping

    long count(@Nullable MailState state) {
        return jdbc.sql(
                        "select count(*) from mails where cast(:state as text) is null or state = :state")
                .param("state", state == null ? null : state.name())
                .query(Long.class)
                .single();
    }

    List<KeptMail> list(@Nullable MailState state, int limit, long offset) {
        return jdbc.sql(
                        SELECT
                                + """
                                   where cast(:state as text) is null or state = :state
                                   order by id desc limit :limit offset :offset
                                  """)
                .param("state", state == null ? null : state.name())
                .param("limit", limit)
                .param("offset", offset)
                .query(Mails::kept)
                .list();
    }

    Optional<KeptMail> find(UUID id) {
        return jdbc.sql(SELECT + " where id = ?").param(id).query(Mails::kept).optional();
    }

    /** Whether it had failed and can still be of use. */
    boolean tryAgain(UUID id) {
        return jdbc.sql(
                                """
                                update mails
                                   set state = 'WAITING', attempts = 0, next_try = :now, ended_at = null
                                 where id = :id and state = 'FAILED'
                                   and (good_until is null or good_until > :now)
                                """)
                        .param("id", id)
                        .param("now", at(clock.instant()))
                        .update()
                == 1;
    }

    /** Forgets what has ended, save for what somebody may still want tried again. */
    int forgetEndedBefore(Instant end, int most) {
        return jdbc.sql(
                        """
                        delete from mails where id in (
                            select id from mails where ended_at < ? and state <> 'FAILED'
                             limit ? for update skip locked)
                        """)
                .params(at(end), most)
                .update();
    }

    private Taken taken(ResultSet row, int number) throws SQLException {
        var user = row.getObject("user_id", UUID.class);
        var lines = row.getString("lines");
        return new Taken(
                row.getObject("id", UUID.class),
                row.getString("template"),
                json.readValue(row.getString("facts"), FACTS),
                row.getString("secrets"),
                row.getInt("attempts"),
                instant(row, "written_at"),
                maybeInstant(row, "good_until"),
                user == null
                        ? null
                        : new Recipient(
                                row.getString("email"),
                                row.getBoolean("active"),
                                row.getBoolean("email_verified"),
                                row.getString("first_name")),
                lines == null
                        ? null
                        : new OrderCopy(
                                row.getObject("order_id", UUID.class),
                                row.getString("total"),
                                json.readValue(lines, LINES)));
    }

    private static KeptMail kept(ResultSet row, int number) throws SQLException {
        var state = MailState.valueOf(row.getString("state"));
        return new KeptMail(
                row.getObject("id", UUID.class),
                row.getObject("recipient_id", UUID.class),
                row.getObject("order_id", UUID.class),
                row.getString("template"),
                state,
                row.getInt("attempts"),
                row.getString("failure"),
                instant(row, "written_at"),
                state == MailState.WAITING ? instant(row, "next_try") : null,
                maybeInstant(row, "ended_at"));
    }
}
