package duka.catalog.stock;

import static duka.sql.Rows.array;
import static duka.sql.Rows.instant;
import static duka.sql.Rows.maybeAt;

import duka.catalog.stock.Movement.Kind;
import duka.catalog.stock.Movement.Reason;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;

/** The book of all movements: it is only ever added to. */
@Repository
class Movements {

    private static final String MATCHING =
            """
            where (cast(:product as uuid) is null or product_id = :product)
              and (cast(:vendor as uuid) is null
                   or product_id in (select id from products where vendor_id = :vendor))
              and (cast(:kind as text) is null or kind = :kind)
              and (cast(:reason as text) is null or reason = :reason)
              and (cast(:order as uuid) is null or order_id = :order)
              and (cast(:from as timestamptz) is null or made_at >= :from)
              and (cast(:to as timestamptz) is null or made_at < :to)
            """;

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
        return matching(filter, "select count(*) from stock_movements " + MATCHING)
                .query(Long.class)
                .single();
    }

    /**
     * The latest first.
     *
     * @param before only what is older than this one
     */
    List<Movement> list(MovementFilter filter, @Nullable UUID before, long offset, int limit) {
        return matching(
                        filter,
                        "select * from stock_movements "
                                + MATCHING
                                + " and (cast(:before as uuid) is null or id < :before)"
                                + " order by id desc offset :offset limit :limit")
                .param("before", before)
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

    private StatementSpec matching(MovementFilter filter, String sql) {
        return jdbc.sql(sql)
                .param("product", filter.product())
                .param("vendor", filter.vendor())
                .param("kind", filter.kind() == null ? null : filter.kind().name())
                .param("reason", filter.reason() == null ? null : filter.reason().name())
                .param("order", filter.order())
                .param("from", maybeAt(filter.from()))
                .param("to", maybeAt(filter.to()));
    }
}
