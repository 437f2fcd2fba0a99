package duka.payment.reconciliation;

import static duka.sql.Rows.at;
import static duka.sql.Rows.instant;
import static duka.sql.Rows.money;

import duka.events.LedgerEvent.Movement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What the ledger says that a provider has moved. */
@Repository
class OurBooks {

    private static final String BOOKINGS =
            """
            select e.movement, e.amount, e.currency, e.at,
                   case e.movement
                       when 'CAPTURE' then e.order_id || ':capture:' || p.attempt
                       when 'REFUND' then r.id || case when r.attempt > 1 then ':' || r.attempt else '' end
                       else e.posting_id::text
                   end as key
              from ledger_entries e
              left join payments p on p.id = e.payment_id
              left join refunds r on r.id = e.posting_id and e.movement = 'REFUND'
              left join payouts o on o.id = e.posting_id and e.movement = 'PAYOUT'
             where e.account = 'PROVIDER' and coalesce(p.provider, o.provider) = :provider
            """;

    private final JdbcClient jdbc;

    OurBooks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The day of its first entry, if there is any. */
    Optional<LocalDate> since() {
        return jdbc.sql("select (min(at) at time zone 'UTC')::date from ledger_entries")
                .query((row, _) -> Optional.ofNullable(row.getObject(1, LocalDate.class)))
                .single();
    }

    List<Booking> between(String provider, Instant from, Instant until) {
        return jdbc.sql(BOOKINGS + " and e.at >= :from and e.at < :until")
                .param("provider", provider)
                .param("from", at(from))
                .param("until", at(until))
                .query((row, _) -> booking(row))
                .list();
    }

    /**
     * Whenever they were booked.
     *
     * @param ids of orders that were captured, of refunds or of payouts
     */
    List<Booking> of(String provider, Collection<UUID> ids) {
        return jdbc.sql(
                        BOOKINGS
                                + """
                                 and (e.order_id = any(:ids) and e.movement = 'CAPTURE'
                                      or e.posting_id = any(:ids) and e.movement <> 'CAPTURE')
                                """)
                .param("provider", provider)
                .param("ids", ids.toArray(UUID[]::new))
                .query((row, _) -> booking(row))
                .list();
    }

    private static Booking booking(ResultSet row) throws SQLException {
        return new Booking(
                row.getString("key"),
                Movement.valueOf(row.getString("movement")),
                money(row, "amount"),
                instant(row, "at"));
    }
}
