package duka.order;

import static duka.order.Table.changing;
import static duka.order.Table.fixed;
import static duka.order.Table.key;
import static duka.sql.Rows.instant;
import static duka.sql.Rows.maybeUuid;
import static duka.sql.Rows.money;
import static duka.sql.Rows.uuid;

import duka.events.Refusal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How orders, their lines and their timelines are stored. An order reads its own row. */
final class OrderRows {

    /** Which order a line belongs to, and where. */
    record Line(OrderId order, int position, OrderLine line) {}

    /** Which order's timeline an entry belongs to. */
    record Entry(OrderId order, TimelineEntry entry) {}

    static final Table<Order> ORDERS =
            new Table<>(
                    "orders",
                    key("id", "uuid", order -> order.id().value()),
                    fixed("cart_id", "uuid", Order::cart),
                    fixed("customer_id", "uuid", order -> order.customer().value()),
                    changing("status", "text", Order::status),
                    changing("reason", "text", Order::reason),
                    changing("stock", "text", order -> order.settlement().stock()),
                    changing("payment", "text", order -> order.settlement().payment()),
                    fixed("payment_method", "text", Order::paymentMethod),
                    fixed("currency", "text", order -> order.total().currency()),
                    changing("total", "int8", order -> order.total().minorUnits()),
                    changing("refunded", "int8", order -> order.settlement().refunded()),
                    changing("goodwill", "int8", order -> order.settlement().goodwill()),
                    changing("units_returned", "int4", o -> o.settlement().unitsReturned()),
                    changing("finished", "bool", Order::isFinished),
                    changing("steps", "int4", Order::steps),
                    changing("since", "timestamptz", Order::since),
                    changing("deadline", "timestamptz", Order::deadline),
                    changing("remind_at", "timestamptz", Order::remindAt),
                    changing("reminders", "int4", Order::reminders),
                    changing("confirmed_at", "timestamptz", Order::confirmedAt),
                    fixed("created_at", "timestamptz", Order::createdAt),
                    changing("updated_at", "timestamptz", Order::updatedAt),
                    changing("payment_token", "text", OrderRows::paymentToken),
                    fixed("address", "text", order -> order.address().ciphertext()));

    static final Table<Line> LINES =
            new Table<>(
                    "order_lines",
                    key("order_id", "uuid", line -> line.order().value()),
                    key("position", "int4", Line::position),
                    fixed("product_id", "uuid", line -> line.line().productId()),
                    changing("name", "text", line -> line.line().name()),
                    changing("vendor_id", "uuid", line -> line.line().vendorId()),
                    fixed("quantity", "int4", line -> line.line().quantity()),
                    changing("unit_price", "int8", line -> line.line().unitPrice().minorUnits()),
                    changing("refused", "text", line -> line.line().refused()),
                    changing("shipped", "int4", line -> line.line().shipped()),
                    changing("delivered", "int4", line -> line.line().delivered()),
                    changing("cancelled", "int4", line -> line.line().cancelled()));

    static final Table<Entry> TIMELINE =
            new Table<>(
                    "timeline",
                    key("order_id", "uuid", entry -> entry.order().value()),
                    key("position", "int4", entry -> entry.entry().position()),
                    fixed("at", "timestamptz", entry -> entry.entry().at()),
                    fixed("heard", "text", entry -> entry.entry().heard()),
                    fixed("from_status", "text", entry -> entry.entry().from()),
                    fixed("to_status", "text", entry -> entry.entry().to()),
                    fixed("note", "text", entry -> entry.entry().note()));

    static List<Line> lines(Collection<Order> orders) {
        var lines = new ArrayList<Line>();
        for (var order : orders) {
            var position = 0;
            for (var line : order.lines()) {
                lines.add(new Line(order.id(), ++position, line));
            }
        }
        return lines;
    }

    static List<Entry> news(Collection<Order> orders) {
        return orders.stream()
                .flatMap(order -> order.news().stream().map(e -> new Entry(order.id(), e)))
                .toList();
    }

    static OrderLine line(ResultSet row) throws SQLException {
        var refused = row.getString("refused");
        return new OrderLine(
                uuid(row, "product_id"),
                row.getString("name"),
                maybeUuid(row, "vendor_id"),
                row.getInt("quantity"),
                money(row, "unit_price"),
                refused == null ? null : Refusal.Why.valueOf(refused),
                row.getInt("shipped"),
                row.getInt("delivered"),
                row.getInt("cancelled"));
    }

    static Entry entry(ResultSet row) throws SQLException {
        var from = row.getString("from_status");
        return new Entry(
                new OrderId(uuid(row, "order_id")),
                new TimelineEntry(
                        row.getInt("position"),
                        instant(row, "at"),
                        row.getString("heard"),
                        from == null ? null : OrderStatus.valueOf(from),
                        OrderStatus.valueOf(row.getString("to_status")),
                        row.getString("note")));
    }

    private static @Nullable String paymentToken(Order order) {
        var token = order.paymentToken();
        return token == null ? null : token.ciphertext();
    }

    private OrderRows() {}
}
