package duka.catalog.stock;

import static duka.catalog.stock.Columns.texts;

import duka.catalog.stock.Movement.Kind;
import java.time.OffsetDateTime;
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
              and (cast(:kind as text) is null or kind = :kind)
              and (cast(:order as uuid) is null or order_id = :order)
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
                            (id, product_id, kind, quantity, order_id, reason, made_by, made_at)
                        select * from unnest(
                            cast(:ids as uuid[]),
                            cast(:products as uuid[]),
                            cast(:kinds as text[]),
                            cast(:quantities as int[]),
                            cast(:orders as uuid[]),
                            cast(:reasons as text[]),
                            cast(:makers as uuid[]),
                            cast(:times as timestamptz[]))
                        """)
                .param("ids", texts(movements.stream().map(Movement::id).toList()))
                .param("products", texts(movements.stream().map(Movement::productId).toList()))
                .param("kinds", texts(movements.stream().map(Movement::kind).toList()))
                .param("quantities", movements.stream().mapToInt(Movement::quantity).toArray())
                .param("orders", texts(movements.stream().map(Movement::orderId).toList()))
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
                .query(
                        (row, _) ->
                                new Movement(
                                        row.getObject("id", UUID.class),
                                        row.getObject("product_id", UUID.class),
                                        Kind.valueOf(row.getString("kind")),
                                        row.getInt("quantity"),
                                        row.getObject("order_id", UUID.class),
                                        row.getString("reason"),
                                        row.getObject("made_by", UUID.class),
                                        row.getObject("made_at", OffsetDateTime.class).toInstant()))
                .list();
    }

    private StatementSpec matching(MovementFilter filter, String sql) {
        return jdbc.sql(sql)
                .param("product", filter.product())
                .param("kind", filter.kind() == null ? null : filter.kind().name())
                .param("order", filter.order());
    }
}
