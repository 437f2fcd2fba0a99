package duka.catalog;

import duka.events.Money;
import duka.events.ProductEvent.ProductChanged;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Products by the hundred, where they are changed together. */
@Repository
class Shelves {

    /**
     * @param changed what others have to hear: nothing of what its vendor does not offer
     */
    record Turned(int count, List<ProductChanged> changed) {}

    private final JdbcClient jdbc;

    Shelves(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Some of a vendor's products that do not say yet whether it is approved now say so. */
    Turned turn(UUID vendor, boolean approved, int limit) {
        var changed = new ArrayList<ProductChanged>();
        int count =
                jdbc.sql(
                                """
                                update products
                                set vendor_approved = :approved, version = version + 1
                                from (select id from products
                                      where vendor_id = :vendor and vendor_approved = :otherwise
                                      order by id
                                      limit :limit
                                      for no key update) as page
                                where products.id = page.id
                                returning products.id, version, slug, sku, name, category_id,
                                          vendor_id, price, unit_price, currency, offered, active
                                """)
                        .param("vendor", vendor)
                        .param("approved", approved)
                        .param("otherwise", !approved)
                        .param("limit", limit)
                        .query(
                                (row, _) -> {
                                    if (row.getBoolean("offered")) {
                                        changed.add(changed(row));
                                    }
                                    return row.getRow();
                                })
                        .list()
                        .size();
        return new Turned(count, changed);
    }

    private static ProductChanged changed(ResultSet row) throws SQLException {
        var currency = Currency.getInstance(row.getString("currency"));
        return new ProductChanged(
                row.getObject("id", UUID.class),
                row.getLong("version"),
                row.getString("slug"),
                row.getString("sku"),
                row.getString("name"),
                row.getObject("category_id", UUID.class),
                row.getObject("vendor_id", UUID.class),
                new Money(row.getLong("price"), currency),
                new Money(row.getLong("unit_price"), currency),
                row.getBoolean("active"));
    }
}
