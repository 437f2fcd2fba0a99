package duka.identity.mail;

import static duka.sql.Rows.uuids;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Who is to know what happens in the shop, of those that get mail about it. */
@Repository
class Staff {

    private static final String GETS_MAIL =
            " u.active and u.email is not null and u.email_verified ";

    private final JdbcClient jdbc;

    Staff(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The admins where there is none. */
    List<UUID> storeManagers() {
        var managers = having("STORE_MANAGER");
        return managers.isEmpty() ? having("ADMIN") : managers;
    }

    /** Of those products that a vendor sells who gets mail. */
    Map<UUID, UUID> vendorsOf(Collection<UUID> products) {
        var vendors = HashMap.<UUID, UUID>newHashMap(products.size());
        jdbc.sql(
                        """
                        select p.product_id, p.vendor_id
                          from mail_products p join users u on u.id = p.vendor_id
                         where p.product_id = any (?) and
                        """
                                + GETS_MAIL)
                .param(uuids(products))
                .query(
                        row -> {
                            vendors.put(row.getObject(1, UUID.class), row.getObject(2, UUID.class));
                        });
        return vendors;
    }

    private List<UUID> having(String role) {
        return jdbc.sql(
                        "select u.id from users u where ? = any (u.roles) and"
                                + GETS_MAIL
                                + "order by u.id")
                .param(role)
                .query(UUID.class)
                .list();
    }
}
