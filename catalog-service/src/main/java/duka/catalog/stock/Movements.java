package duka.catalog.stock;

import static duka.catalog.stock.Columns.texts;

import duka.catalog.stock.Movement.Kind;
import duka.catalog.stock.Movement.Reason;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
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
                        select * from unnest(
                            cast(:ids as uuid[]),
                            cast(:products as uuid[]),
                            cast(:kinds as text[]),
                            cast(:quantities as int[]),
                            cast(:orders as uuid[]),
                            cast(:receipts as uuid[]),
                            cast(:reasons as text[]),
                            cast(:notes as text[]),
                            cast(:makers as uuid[]),
                            cast(:times as timestamptz[]))
                        """)
                .param("ids", texts(movements.stream().map(Movement::id).toList()))
                .param("products", texts(movements.stream().map(Movement::productId).toList()))
                .param("kinds", texts(movements.stream().map(Movement::kind).toList()))
                .param("quantities", movements.stream().mapToInt(Movement::quantity).toArray())
                .param("orders", texts(movements.stream().map(Movement::orderId).toList()))
                .param("receipts", texts(movements.stream().map(Movement::receiptId).toList()))
                .param("notes", texts(movements.stream().map(Movement::note).toList()))
                .param("reasons", texts(movements.stream().map(Movement::reason).toList()))
                .param("makers", texts(movements.stream().map(Movement::madeBy).toList()))
                .param("times", texts(movements.stream().map(Movement::madeAt).toList()))
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
                row.getObject("made_at", OffsetDateTime.class).toInstant());
    }

    private StatementSpec matching(MovementFilter filter, String sql) {
        return jdbc.sql(sql)
                .param("product", filter.product())
                .param("vendor", filter.vendor())
                .param("kind", filter.kind() == null ? null : filter.kind().name())
                .param("reason", filter.reason() == null ? null : filter.reason().name())
                .param("order", filter.order())
                .param("from", time(filter.from()))
                .param("to", time(filter.to()));
    }

    private static @Nullable OffsetDateTime time(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
