package duka.order;

import static duka.order.Table.changing;
import static duka.order.Table.fixed;
import static duka.order.Table.key;

import duka.sql.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** All returns. Who changes one has locked its order. */
@Repository
class Returns {

    private static final Table<Return> RETURNS =
            new Table<>(
                    "returns",
                    key("id", "uuid", Return::id),
                    fixed("order_id", "uuid", wish -> wish.order().value()),
                    fixed("customer_id", "uuid", wish -> wish.customer().value()),
                    changing("status", "text", Return::status),
                    fixed("reason", "text", Return::reason),
                    fixed("comment", "text", Return::comment),
                    changing("refusal", "text", Return::refusal),
                    fixed("created_at", "timestamptz", Return::createdAt),
                    changing("decided_at", "timestamptz", Return::decidedAt),
                    changing("received_at", "timestamptz", Return::receivedAt));

    private final JdbcClient jdbc;

    Returns(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void add(Return wish) {
        RETURNS.insert(jdbc, List.of(wish));
    }

    void save(Return wish) {
        RETURNS.update(jdbc, List.of(wish));
    }

    Optional<Return> find(UUID id) {
        return jdbc.sql(RETURNS.select("where id = ?"))
                .param(id)
                .query((row, _) -> read(row))
                .optional();
    }

    /** An order has one at most by which it may still come back. */
    Optional<Return> findOpen(OrderId order) {
        return jdbc.sql(
                        RETURNS.select(
                                "where order_id = ? and status in ('REQUESTED', 'APPROVED')"))
                .param(order.value())
                .query((row, _) -> read(row))
                .optional();
    }

    List<Return> list(ReturnSearch search, String orderBy, int most, long offset) {
        var where = where(search);
        return jdbc.sql(
                        RETURNS.select(
                                "where %s order by %s, id limit ? offset ?"
                                        .formatted(where.sql(), orderBy)))
                .params(where.params())
                .params(most, offset)
                .query((row, _) -> read(row))
                .list();
    }

    long count(ReturnSearch search) {
        var where = where(search);
        return jdbc.sql("select count(*) from returns where " + where.sql())
                .params(where.params())
                .query(Long.class)
                .single();
    }

    private static Where where(ReturnSearch search) {
        var where = Where.ALL;
        if (search.customer() != null) {
            where = where.and("customer_id = ?", search.customer().value());
        }
        if (search.order() != null) {
            where = where.and("order_id = ?", search.order().value());
        }
        if (search.status() != null) {
            where = where.and("status = ?", search.status().name());
        }
        return where;
    }

    private static Return read(ResultSet row) throws SQLException {
        return new Return(
                Rows.uuid(row, "id"),
                new OrderId(Rows.uuid(row, "order_id")),
                new CustomerId(Rows.uuid(row, "customer_id")),
                ReturnStatus.valueOf(row.getString("status")),
                ReturnReason.valueOf(row.getString("reason")),
                row.getString("comment"),
                row.getString("refusal"),
                Rows.instant(row, "created_at"),
                Rows.maybeInstant(row, "decided_at"),
                Rows.maybeInstant(row, "received_at"));
    }
}
