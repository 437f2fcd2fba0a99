package duka.identity.mail;

import static duka.sql.Rows.array;
import static duka.sql.Rows.uuids;

import duka.events.ProductEvent.ProductChanged;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What products are called and who sells them. */
@Repository
class ProductCopies {

    private final JdbcClient jdbc;

    ProductCopies(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** An older revision never replaces a newer one. */
    void learn(Collection<ProductChanged> products) {
        jdbc.sql(
                        """
                        insert into mail_products (product_id, revision, name, vendor_id)
                        select * from unnest(?::uuid[], ?::bigint[], ?::text[], ?::uuid[])
                        on conflict (product_id) do update set
                            revision = excluded.revision, name = excluded.name,
                            vendor_id = excluded.vendor_id
                        where excluded.revision > mail_products.revision
                        """)
                .params(
                        array("uuid", products, ProductChanged::productId),
                        array("int8", products, ProductChanged::revision),
                        array("text", products, ProductChanged::name),
                        array("uuid", products, ProductChanged::vendorId))
                .update();
    }

    /** Those that are known. */
    Map<UUID, String> namesOf(Collection<UUID> products) {
        var names = HashMap.<UUID, String>newHashMap(products.size());
        if (!products.isEmpty()) {
            jdbc.sql("select product_id, name from mail_products where product_id = any (?)")
                    .param(uuids(products))
                    .query(
                            row -> {
                                names.put(row.getObject(1, UUID.class), row.getString(2));
                            });
        }
        return names;
    }
}
