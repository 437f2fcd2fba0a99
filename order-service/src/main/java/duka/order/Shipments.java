package duka.order;

import static duka.order.Table.changing;
import static duka.order.Table.fixed;
import static duka.order.Table.key;

import duka.events.Quantity;
import duka.sql.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** All shipments. Who changes one has locked its order. */
@Repository
class Shipments {

    private record Line(UUID shipment, Quantity quantity) {}

    private static final Table<Shipment> SHIPMENTS =
            new Table<>(
                    "shipments",
                    key("id", "uuid", Shipment::id),
                    fixed("order_id", "uuid", shipment -> shipment.order().value()),
                    fixed("vendor_id", "uuid", Shipment::vendor),
                    changing("carrier", "text", Shipment::carrier),
                    changing("tracking", "text", Shipment::tracking),
                    fixed("created_at", "timestamptz", Shipment::createdAt),
                    changing("delivered_at", "timestamptz", Shipment::deliveredAt));

    private static final Table<Line> LINES =
            new Table<>(
                    "shipment_lines",
                    key("shipment_id", "uuid", Line::shipment),
                    key("product_id", "uuid", line -> line.quantity().productId()),
                    changing("quantity", "int4", line -> line.quantity().quantity()));

    private final JdbcClient jdbc;

    Shipments(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void add(Shipment shipment) {
        SHIPMENTS.insert(jdbc, List.of(shipment));
        LINES.insert(jdbc, shipment.lines().stream().map(l -> new Line(shipment.id(), l)).toList());
    }

    void save(Shipment shipment) {
        SHIPMENTS.update(jdbc, List.of(shipment));
    }

    Optional<Shipment> find(UUID id) {
        return load(jdbc.sql(SHIPMENTS.select("where id = ?")).param(id)).stream().findFirst();
    }

    List<Shipment> of(OrderId order) {
        return load(
                jdbc.sql(SHIPMENTS.select("where order_id = ? order by created_at, id"))
                        .param(order.value()));
    }

    private List<Shipment> load(JdbcClient.StatementSpec selectShipments) {
        var lines = new LinkedHashMap<UUID, List<Quantity>>();
        var shipments =
                selectShipments
                        .query(
                                (row, _) -> {
                                    var ofThis = new ArrayList<Quantity>();
                                    lines.put(Rows.uuid(row, "id"), ofThis);
                                    return shipment(row, ofThis);
                                })
                        .list();
        jdbc.sql(LINES.select("where shipment_id = any(?) order by product_id"))
                .param(Rows.array("uuid", lines.keySet(), id -> id))
                .query(
                        row -> {
                            lines.get(Rows.uuid(row, "shipment_id"))
                                    .add(
                                            new Quantity(
                                                    Rows.uuid(row, "product_id"),
                                                    row.getInt("quantity")));
                        });
        return shipments;
    }

    private static Shipment shipment(ResultSet row, List<Quantity> lines) throws SQLException {
        return new Shipment(
                Rows.uuid(row, "id"),
                new OrderId(Rows.uuid(row, "order_id")),
                Rows.maybeUuid(row, "vendor_id"),
                lines,
                row.getString("carrier"),
                row.getString("tracking"),
                Rows.instant(row, "created_at"),
                Rows.maybeInstant(row, "delivered_at"));
    }
}
