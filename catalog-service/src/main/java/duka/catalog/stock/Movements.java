package duka.catalog.stock;

import static duka.sql.Rows.array;
import static duka.sql.Rows.instant;
import static duka.sql.Rows.maybeAt;

import duka.catalog.stock.Movement.Kind;
import duka.catalog.stock.Movement.Reason;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The book of all movements: it is only ever added to. */
@Repository
class Movements {

    private final JdbcClient jdbc;

    Movements(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void addAll(Collection<Movement> movements) {
        if (movements.isEmpty()) {
            return;
        }
        jdbc.sql(
                        """
                        insert into stock_movements
                            (id, product_id, kind, quantity, order_id, restock_receipt_id,
                             reason, note, made_by, made_at)
                        select * from unnest(:ids, :products, :kinds, :quantities, :orders, :receipts,
                                             :reasons, :notes, :makers, :times)
                        """)
                .param("ids", array("uuid", movements, Movement::id))
                .param("products", array("uuid", movements, Movement::productId))
                .param("kinds", array("text", movements, Movement::kind))
                .param("quantities", array("int4", movements, Movement::quantity))
                .param("orders", array("uuid", movements, Movement::orderId))
                .param("receipts", array("uuid", movements, Movement::receiptId))
                .param("notes", array("text", movements, Movement::note))
                .param("reasons", array("text", movements, Movement::reason))
                .param("makers", array("uuid", movements, Movement::madeBy))
                .param("times", array("timestamptz", movements, Movement::madeAt))
                .update();
    }

    long count(MovementFilter filter) {
        var where = new Where(filter);
        return jdbc.sql("select count(*) from stock_movements" + where.sql())
                .params(where.params)
                .query(Long.class)
                .single();
    }

    /**
     * The latest first.
     *
     * @param before only what is older than this one
     */
    List<Movement> list(MovementFilter filter, @Nullable UUID before, long offset, int limit) {
        var where = new Where(filter).and("id < :before", "before", before);
        return jdbc.sql(
                        """
                        select id, product_id, kind, quantity, order_id, restock_receipt_id,
                               reason, note, made_by, made_at
                          from stock_movements %s
                         order by id desc offset :offset limit :limit
                        """
                                .formatted(where.sql()))
                .params(where.params)
                .param("offset", offset)
                .param("limit", limit)
                .query(Movements::movement)
                .list();
    }

    private static Movement movement(ResultSet row, int number) throws SQLException {
        var reason = row.getString("reason");
        return new Movement(
                row.getObject("id", UUID.class),
                row.getObject("product_id", UUID.class),
                Kind.valueOf(row.getString("kind")),
                row.getInt("quantity"),
                row.getObject("order_id", UUID.class),
                row.getObject("restock_receipt_id", UUID.class),
                reason == null ? null : Reason.valueOf(reason),
                row.getString("note"),
                row.getObject("made_by", UUID.class),
                instant(row, "made_at"));
    }

    /** Only what is asked for, so that an index of just that is used. */
    private static final class Where {

        private final List<String> conditions = new ArrayList<>();
        private final Map<String, Object> params = new HashMap<>();

        Where(MovementFilter filter) {
            and("product_id = :product", "product", filter.product());
            and(
                    "product_id in (select id from products where vendor_id = :vendor)",
                    "vendor",
                    filter.vendor());
            if (filter.kind() != null) {
                // Spelled out, for all kinds but one have an index of their own.
                conditions.add("kind = '%s'".formatted(filter.kind().name()));
            }
            and(
                    "reason = :reason",
                    "reason",
                    filter.reason() == null ? null : filter.reason().name());
            and("order_id = :order", "order", filter.order());
            and("made_at >= :from", "from", maybeAt(filter.from()));
            and("made_at < :to", "to", maybeAt(filter.to()));
        }

        Where and(String condition, String param, @Nullable Object value) {
            if (value != null) {
                conditions.add(condition);
                params.put(param, value);
            }
            return this;
        }

        String sql() {
            return conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
        }
    }
}
