package duka.catalog.stock;

import static duka.sql.Rows.array;
import static duka.sql.Rows.at;
import static duka.sql.Rows.instant;
import static duka.sql.Rows.maybeAt;
import static duka.sql.Rows.maybeInstant;
import static duka.sql.Rows.uuids;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import duka.catalog.stock.RestockOrder.Line;
import duka.events.Quantity;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;

/** All restock orders, with their lines and deliveries. */
@Repository
class RestockOrders {

    private static final String COLUMNS =
            """
            id, vendor_id, status, supplier, note, expected_on, created_by, created_at,
            ordered_at, closed_at, version
            """;

    private static final String MATCHING =
            """
            from restock_orders
            where (cast(:vendor as uuid) is null or vendor_id = :vendor)
              and (cast(:status as text) is null or status = :status)
              and (cast(:product as uuid) is null
                   or id in (select restock_order_id from restock_lines where product_id = :product))
            """;

    private record OfOrder(UUID order, Line line) {}

    private record OfReceipt(UUID receipt, Quantity line) {}

    private final JdbcClient jdbc;

    RestockOrders(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<RestockOrder> find(UUID id) {
        return read("where id = ?", id);
    }

    /** Until the transaction ends nobody else changes it. */
    Optional<RestockOrder> lock(UUID id) {
        return read("where id = ? for update", id);
    }

    private Optional<RestockOrder> read(String where, UUID id) {
        return jdbc.sql("select " + COLUMNS + "from restock_orders " + where)
                .param(id)
                .query((row, _) -> order(row, lines(Set.of(id)).getOrDefault(id, List.of())))
                .optional();
    }

    long count(RestockFilter filter) {
        return matching(filter, "select count(*) " + MATCHING).query(Long.class).single();
    }

    /** The latest first, or the earliest. */
    List<RestockOrder> list(RestockFilter filter, boolean latestFirst, long offset, int limit) {
        var ids =
                matching(
                                filter,
                                "select id "
                                        + MATCHING
                                        + (latestFirst ? " order by id desc" : " order by id")
                                        + " offset :offset limit :limit")
                        .param("offset", offset)
                        .param("limit", limit)
                        .query(UUID.class)
                        .list();
        var lines = lines(ids);
        return jdbc.sql(
                        """
                        select %s from restock_orders
                        join unnest(:ids) with ordinality as page (id, place)
                            using (id)
                        order by place
                        """
                                .formatted(COLUMNS))
                .param("ids", uuids(ids))
                .query(
                        (row, _) ->
                                order(
                                        row,
                                        lines.getOrDefault(
                                                row.getObject("id", UUID.class), List.of())))
                .list();
    }

    void add(RestockOrder order) {
        write(
                """
                insert into restock_orders
                    (id, vendor_id, status, supplier, note, expected_on, created_by, created_at,
                     ordered_at, closed_at, version)
                values (:id, :vendor, :status, :supplier, :note, :expectedOn, :createdBy, :createdAt,
                        :orderedAt, :closedAt, :version)
                """,
                order);
        addLines(order);
    }

    /** Of an order that has been locked. */
    void change(RestockOrder order) {
        write(
                """
                update restock_orders
                set status = :status,
                    supplier = :supplier,
                    note = :note,
                    expected_on = :expectedOn,
                    ordered_at = :orderedAt,
                    closed_at = :closedAt,
                    version = :version
                where id = :id
                """,
                order);
        jdbc.sql("delete from restock_lines where restock_order_id = ?").param(order.id()).update();
        addLines(order);
    }

    private void write(String sql, RestockOrder order) {
        jdbc.sql(sql)
                .param("id", order.id())
                .param("vendor", order.vendorId())
                .param("status", order.status().name())
                .param("supplier", order.supplier())
                .param("note", order.note())
                .param("expectedOn", order.expectedOn())
                .param("createdBy", order.createdBy())
                .param("createdAt", at(order.createdAt()))
                .param("orderedAt", maybeAt(order.orderedAt()))
                .param("closedAt", maybeAt(order.closedAt()))
                .param("version", order.version())
                .update();
    }

    private void addLines(RestockOrder order) {
        var lines = order.lines();
        jdbc.sql(
                        """
                        insert into restock_lines (restock_order_id, product_id, quantity, received)
                        select :order, * from unnest(:products, :quantities, :received)
                        """)
                .param("order", order.id())
                .param("products", array("uuid", lines, Line::productId))
                .param("quantities", array("int4", lines, Line::quantity))
                .param("received", array("int4", lines, Line::received))
                .update();
    }

    private Map<UUID, List<Line>> lines(Collection<UUID> orders) {
        return jdbc
                .sql(
                        """
                        select restock_order_id, product_id, quantity, received
                        from restock_lines
                        where restock_order_id = any(:orders)
                        order by restock_order_id, product_id
                        """)
                .param("orders", uuids(orders))
                .query(
                        (row, _) ->
                                new OfOrder(
                                        row.getObject("restock_order_id", UUID.class),
                                        new Line(
                                                row.getObject("product_id", UUID.class),
                                                row.getInt("quantity"),
                                                row.getInt("received"))))
                .list()
                .stream()
                .collect(groupingBy(OfOrder::order, mapping(OfOrder::line, toList())));
    }

    int countReceipts(UUID order) {
        return jdbc.sql("select count(*) from restock_receipts where restock_order_id = ?")
                .param(order)
                .query(Integer.class)
                .single();
    }

    /** The earliest first. */
    List<Receipt> receipts(UUID order) {
        var lines =
                jdbc
                        .sql(
                                """
                                select line.receipt_id, line.product_id, line.quantity
                                from restock_receipt_lines as line
                                join restock_receipts on restock_receipts.id = receipt_id
                                where restock_order_id = ?
                                order by product_id
                                """)
                        .param(order)
                        .query(
                                (row, _) ->
                                        new OfReceipt(
                                                row.getObject("receipt_id", UUID.class),
                                                new Quantity(
                                                        row.getObject("product_id", UUID.class),
                                                        row.getInt("quantity"))))
                        .list()
                        .stream()
                        .collect(
                                groupingBy(OfReceipt::receipt, mapping(OfReceipt::line, toList())));
        return jdbc.sql(
                        """
                        select id, reference, note, received_by, received_at
                        from restock_receipts where restock_order_id = ? order by id
                        """)
                .param(order)
                .query(
                        (row, _) -> {
                            var id = row.getObject("id", UUID.class);
                            return new Receipt(
                                    id,
                                    order,
                                    row.getString("reference"),
                                    row.getString("note"),
                                    lines.getOrDefault(id, List.of()),
                                    row.getObject("received_by", UUID.class),
                                    instant(row, "received_at"));
                        })
                .list();
    }

    /**
     * Until the transaction ends nobody gives its products another slug or sku. Foreign keys see to
     * that, too, but in no order and once their stock is locked: whoever changes a product locks it
     * before its stock, and the two would wait for each other.
     */
    void holdProducts(RestockOrder order) {
        jdbc.sql("select id from products where id = any(?) order by id for key share")
                .param(array("uuid", order.lines(), Line::productId))
                .query(UUID.class)
                .list();
    }

    void add(Receipt receipt) {
        jdbc.sql(
                        """
                        insert into restock_receipts
                            (id, restock_order_id, reference, note, received_by, received_at)
                        values (:id, :order, :reference, :note, :by, :at)
                        """)
                .param("id", receipt.id())
                .param("order", receipt.restockOrderId())
                .param("reference", receipt.reference())
                .param("note", receipt.note())
                .param("by", receipt.receivedBy())
                .param("at", at(receipt.receivedAt()))
                .update();
        jdbc.sql(
                        """
                        insert into restock_receipt_lines (receipt_id, product_id, quantity)
                        select :receipt, * from unnest(:products, :quantities)
                        """)
                .param("receipt", receipt.id())
                .param("products", array("uuid", receipt.lines(), Quantity::productId))
                .param("quantities", array("int4", receipt.lines(), Quantity::quantity))
                .update();
    }

    /**
     * @param vendor null where it does not matter whose they are
     * @return those of the products that there are
     */
    Set<UUID> known(Collection<UUID> products, @Nullable UUID vendor) {
        return Set.copyOf(
                jdbc.sql(
                                """
                                select id from products
                                where id = any(:products)
                                  and (cast(:vendor as uuid) is null or vendor_id = :vendor)
                                """)
                        .param("products", uuids(products))
                        .param("vendor", vendor)
                        .query(UUID.class)
                        .list());
    }

    private StatementSpec matching(RestockFilter filter, String sql) {
        return jdbc.sql(sql)
                .param("vendor", filter.vendor())
                .param("status", filter.status() == null ? null : filter.status().name())
                .param("product", filter.product());
    }

    private static RestockOrder order(ResultSet row, List<Line> lines) throws SQLException {
        return new RestockOrder(
                row.getObject("id", UUID.class),
                row.getObject("vendor_id", UUID.class),
                RestockStatus.valueOf(row.getString("status")),
                row.getString("supplier"),
                row.getString("note"),
                row.getObject("expected_on", LocalDate.class),
                lines,
                row.getObject("created_by", UUID.class),
                instant(row, "created_at"),
                maybeInstant(row, "ordered_at"),
                maybeInstant(row, "closed_at"),
                row.getLong("version"));
    }
}
