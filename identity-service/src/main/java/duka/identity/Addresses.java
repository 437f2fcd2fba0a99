package duka.identity;

import static duka.sql.Rows.at;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** All addresses, each its owner's only. */
@Repository
class Addresses {

    private static final String ADDRESSES =
            """
            select id, recipient, phone_number, address_line1, address_line2, city, country,
                   postal_code, default_shipping, default_billing
              from addresses
            """;

    private final JdbcClient jdbc;
    private final Clock clock;

    Addresses(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    long count(UserId owner) {
        return jdbc.sql("select count(*) from addresses where user_id = ?")
                .param(owner.value())
                .query(Long.class)
                .single();
    }

    /** In the order in which they were added. */
    List<Address> list(UserId owner, int limit, long offset) {
        return jdbc.sql(
                        ADDRESSES
                                + """
                                 where user_id = :owner
                                 order by added_at, id limit :limit offset :offset
                                """)
                .param("owner", owner.value())
                .param("limit", limit)
                .param("offset", offset)
                .query(Addresses::address)
                .list();
    }

    Optional<Address> find(UserId owner, UUID id) {
        return jdbc.sql(ADDRESSES + "where user_id = ? and id = ?")
                .param(owner.value())
                .param(id)
                .query(Addresses::address)
                .optional();
    }

    void add(UserId owner, Address address) {
        jdbc.sql(
                        """
                        insert into addresses (id, user_id, recipient, phone_number, address_line1,
                                               address_line2, city, country, postal_code,
                                               default_shipping, default_billing, added_at)
                        values (:id, :owner, :recipient, :phone, :line1, :line2, :city, :country,
                                :postal, :shipping, :billing, :now)
                        """)
                .params(columns(owner, address))
                .param("now", at(clock.instant()))
                .update();
    }

    void update(UserId owner, Address address) {
        jdbc.sql(
                        """
                        update addresses
                           set recipient = :recipient, phone_number = :phone, address_line1 = :line1,
                               address_line2 = :line2, city = :city, country = :country,
                               postal_code = :postal, default_shipping = :shipping,
                               default_billing = :billing
                         where id = :id and user_id = :owner
                        """)
                .params(columns(owner, address))
                .update();
    }

    /** The others make room for the one that is to be the default. */
    void makeRoomFor(UserId owner, Address address) {
        jdbc.sql(
                        """
                        update addresses
                           set default_shipping = default_shipping and not :shipping,
                               default_billing = default_billing and not :billing
                         where user_id = :owner and id <> :id
                           and (default_shipping and :shipping or default_billing and :billing)
                        """)
                .param("owner", owner.value())
                .param("id", address.id())
                .param("shipping", address.defaultShipping())
                .param("billing", address.defaultBilling())
                .update();
    }

    void remove(UserId owner, UUID id) {
        jdbc.sql("delete from addresses where user_id = ? and id = ?")
                .param(owner.value())
                .param(id)
                .update();
    }

    private static Map<String, @Nullable Object> columns(UserId owner, Address address) {
        var columns = new HashMap<String, @Nullable Object>();
        columns.put("id", address.id());
        columns.put("owner", owner.value());
        columns.put("recipient", address.recipient());
        columns.put("phone", address.phoneNumber());
        columns.put("line1", address.addressLine1());
        columns.put("line2", address.addressLine2());
        columns.put("city", address.city());
        columns.put("country", address.country());
        columns.put("postal", address.postalCode());
        columns.put("shipping", address.defaultShipping());
        columns.put("billing", address.defaultBilling());
        return columns;
    }

    private static Address address(ResultSet row, int number) throws SQLException {
        return new Address(
                row.getObject("id", UUID.class),
                row.getString("recipient"),
                row.getString("phone_number"),
                row.getString("address_line1"),
                row.getString("address_line2"),
                row.getString("city"),
                row.getString("country"),
                row.getString("postal_code"),
                row.getBoolean("default_shipping"),
                row.getBoolean("default_billing"));
    }
}
