package duka.payment.payout;

import duka.events.AccountEvent.Standing;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What there is to know of vendors before they are paid. */
@Repository
class Vendors {

    private final JdbcClient jdbc;
    private final JdbcTemplate batch;

    Vendors(JdbcClient jdbc, JdbcTemplate batch) {
        this.jdbc = jdbc;
        this.batch = batch;
    }

    /** Lets one transaction at a time decide about a vendor's money, until it ends. */
    void lock(UUID vendorId) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(:vendor, 7))")
                .param("vendor", "vendor " + vendorId)
                .query((_, _) -> true)
                .single();
    }

    void learn(Map<UUID, Standing> standings) {
        batch.batchUpdate(
                """
                insert into vendors (id, standing) values (?, ?)
                on conflict (id) do update set standing = excluded.standing
                """,
                standings.entrySet().stream()
                        .map(vendor -> new Object[] {vendor.getKey(), vendor.getValue().name()})
                        .toList());
    }

    boolean isSuspended(UUID vendorId) {
        return jdbc.sql(
                        "select exists(select 1 from vendors where id = :id and standing = 'SUSPENDED')")
                .param("id", vendorId)
                .query(Boolean.class)
                .single();
    }
}
