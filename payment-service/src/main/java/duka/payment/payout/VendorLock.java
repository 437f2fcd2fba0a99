package duka.payment.payout;

import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Lets one transaction at a time decide about a vendor's money, until it ends. */
@Component
class VendorLock {

    private final JdbcClient jdbc;

    VendorLock(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void take(UUID vendorId) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(:vendor, 7))")
                .param("vendor", "vendor " + vendorId)
                .query((_, _) -> true)
                .single();
    }
}
