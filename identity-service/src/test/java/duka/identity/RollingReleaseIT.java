package duka.identity;

import duka.testing.NextRelease;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;

@WholeService
@Transactional
class RollingReleaseIT {

    @Autowired Sessions sessions;
    @Autowired Addresses addresses;
    @Autowired Vendors vendors;
    @Autowired AuditLog audit;
    @Autowired JdbcClient jdbc;

    private final UserId somebody = new UserId(UUID.randomUUID());

    @Test
    void sessions_are_listed_when_the_next_version_adds_a_column() throws Exception {
        NextRelease.addsColumn(jdbc, "sessions", () -> sessions.listOpen(somebody, 10, 0));
    }

    @Test
    void addresses_are_listed_when_the_next_version_adds_a_column() throws Exception {
        NextRelease.addsColumn(jdbc, "addresses", () -> addresses.list(somebody, 10, 0));
    }

    @Test
    void vendors_are_found_when_the_next_version_adds_a_column() throws Exception {
        NextRelease.addsColumn(jdbc, "vendors", () -> vendors.find(somebody));
    }

    @Test
    void the_audit_log_is_read_when_the_next_version_adds_a_column() throws Exception {
        var all = new AuditSearch(null, null, null, null, null, null);
        NextRelease.addsColumn(jdbc, "audit_log", () -> audit.list(all, "id", 10, 0));
    }
}
