package duka.catalog;

import static duka.sql.Rows.array;
import static duka.sql.Rows.uuids;

import duka.events.AccountEvent.Standing;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Catalog's copy of what it needs to know of vendors. */
@Repository
class Vendors {

    /**
     * @param told how many times something was told of it
     */
    record Vendor(UUID id, boolean approved, int told) {}

    private final JdbcClient jdbc;

    Vendors(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Stays true until the transaction ends. One that has not been heard of yet is not approved.
     *
     * @param vendor none for the shop itself
     */
    boolean isApproved(@Nullable UUID vendor) {
        return vendor == null || lock(vendor).orElseGet(() -> expect(vendor)).approved();
    }

    /** Nothing changes of it until the transaction ends, but others may hold it, too. */
    Optional<Vendor> lock(UUID id) {
        return jdbc.sql("select id, approved, told from vendors where id = ? for share")
                .param(id)
                .query(Vendor.class)
                .optional();
    }

    /** Waits for whoever is just adding it. */
    private Vendor expect(UUID id) {
        jdbc.sql(
                        """
                        insert into vendors (id, standing, settled) values (?, 'UNDER_REVIEW', 1)
                        on conflict (id) do nothing
                        """)
                .param(id)
                .update();
        return lock(id).orElseThrow();
    }

    void learn(Map<UUID, Standing> standings) {
        if (standings.isEmpty()) {
            return;
        }
        var ids = List.copyOf(standings.keySet());
        jdbc.sql(
                        """
                        insert into vendors (id, standing)
                        select * from unnest(:ids, :standings)
                        on conflict (id) do update
                        set standing = excluded.standing, told = vendors.told + 1
                        """)
                .param("ids", uuids(ids))
                .param("standings", array("text", ids, standings::get))
                .update();
    }

    /** Of those accounts that are vendors. */
    void learnAccess(Map<UUID, Boolean> accesses) {
        if (accesses.isEmpty()) {
            return;
        }
        var ids = List.copyOf(accesses.keySet());
        jdbc.sql(
                        """
                        update vendors
                        set has_access = now.has_access, told = told + 1
                        from unnest(:ids, :accesses)
                            as now (id, has_access)
                        where vendors.id = now.id
                        """)
                .param("ids", uuids(ids))
                .param("accesses", array("bool", ids, accesses::get))
                .update();
    }

    /** Whose products may not have heard the latest yet. */
    List<UUID> toSettle() {
        return jdbc.sql("select id from vendors where settled < told").query(UUID.class).list();
    }

    /** Its products know all that was told until then. */
    void settle(Vendor vendor) {
        jdbc.sql("update vendors set settled = greatest(settled, ?) where id = ?")
                .param(vendor.told())
                .param(vendor.id())
                .update();
    }
}
