package duka.identity;

import static duka.sql.Rows.at;
import static duka.sql.Rows.instant;

import duka.events.AccountEvent.Standing;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** All vendors, at most one for each account. */
@Repository
class Vendors {

    private static final String VENDORS =
            """
            select user_id, business_name, business_address, business_id, standing, reason, version,
                   applied_at, changed_at
              from vendors
            """;

    private static final String MATCHING =
            """
             where (cast(:text as text) is null or business_name ilike :text)
               and (cast(:standing as text) is null or standing = :standing)
            """;

    private final JdbcClient jdbc;

    Vendors(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** False, if this account has a vendor that is not closed. */
    boolean add(Vendor vendor) {
        try {
            return jdbc.sql(
                                    """
                                    insert into vendors (user_id, business_name, business_address,
                                                         business_id, standing, reason, version,
                                                         applied_at, changed_at)
                                    values (:id, :name, :address, :business, :standing, :reason,
                                            :version, :applied, :changed)
                                    on conflict (user_id) do update
                                       set business_name = excluded.business_name,
                                           business_address = excluded.business_address,
                                           business_id = excluded.business_id,
                                           standing = excluded.standing,
                                           reason = excluded.reason,
                                           version = vendors.version + 1,
                                           applied_at = excluded.applied_at,
                                           changed_at = excluded.changed_at
                                     where vendors.standing = 'CLOSED'
                                    """)
                            .params(columns(vendor))
                            .update()
                    == 1;
        } catch (DuplicateKeyException e) {
            throw new Taken("business_id");
        }
    }

    void update(Vendor vendor) {
        try {
            jdbc.sql(
                            """
                            update vendors
                               set business_name = :name, business_address = :address,
                                   business_id = :business, standing = :standing, reason = :reason,
                                   version = :version, changed_at = :changed
                             where user_id = :id
                            """)
                    .params(columns(vendor))
                    .update();
        } catch (DuplicateKeyException e) {
            throw new Taken("business_id");
        }
    }

    Optional<Vendor> find(UserId id) {
        return jdbc.sql(VENDORS + "where user_id = ?")
                .param(id.value())
                .query(Vendors::vendor)
                .optional();
    }

    Optional<Vendor> lock(UserId id) {
        return jdbc.sql(VENDORS + "where user_id = ? for update")
                .param(id.value())
                .query(Vendors::vendor)
                .optional();
    }

    long count(VendorSearch search) {
        return jdbc.sql("select count(*) from vendors" + MATCHING)
                .params(criteria(search))
                .query(Long.class)
                .single();
    }

    List<Vendor> list(VendorSearch search, String order, int limit, long offset) {
        return jdbc.sql(
                        VENDORS
                                + MATCHING
                                + " order by "
                                + order
                                + ", user_id limit :limit offset :offset")
                .params(criteria(search))
                .param("limit", limit)
                .param("offset", offset)
                .query(Vendors::vendor)
                .list();
    }

    private static Map<String, @Nullable Object> criteria(VendorSearch search) {
        var criteria = new HashMap<String, @Nullable Object>();
        criteria.put("text", search.text() == null ? null : Users.containing(search.text()));
        criteria.put("standing", search.standing() == null ? null : search.standing().name());
        return criteria;
    }

    private static Map<String, @Nullable Object> columns(Vendor vendor) {
        var columns = new HashMap<String, @Nullable Object>();
        columns.put("id", vendor.id().value());
        columns.put("name", vendor.business().name());
        columns.put("address", vendor.business().address());
        columns.put("business", vendor.business().id());
        columns.put("standing", vendor.standing().name());
        columns.put("reason", vendor.reason());
        columns.put("version", vendor.version());
        columns.put("applied", at(vendor.applied()));
        columns.put("changed", at(vendor.changed()));
        return columns;
    }

    private static Vendor vendor(ResultSet row, int number) throws SQLException {
        return new Vendor(
                new UserId(row.getObject("user_id", UUID.class)),
                new Business(
                        row.getString("business_name"),
                        row.getString("business_address"),
                        row.getObject("business_id", Long.class)),
                Standing.valueOf(row.getString("standing")),
                row.getString("reason"),
                row.getLong("version"),
                instant(row, "applied_at"),
                instant(row, "changed_at"));
    }
}
