package duka.order;

import duka.events.Quantity;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** All shipments. */
@Repository
class Shipments {

    private final JdbcClient jdbc;

    Shipments(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void add(Shipment shipment) {
        jdbc.sql("insert into shipments (id, order_id, created_at) values (?, ?, ?)")
                .params(
                        shipment.id(),
                        shipment.order().value(),
                        shipment.createdAt().atOffset(ZoneOffset.UTC))
                .update();
        for (var line : shipment.lines()) {
            jdbc.sql(
                            "insert into shipment_lines (shipment_id, product_id, quantity)"
                                    + " values (?, ?, ?)")
                    .params(shipment.id(), line.productId(), line.quantity())
                    .update();
        }
    }

    /** Whether it was not there already. */
    boolean arrive(UUID id, Instant at) {
        return jdbc.sql(
                                "update shipments set delivered_at = ?"
                                        + " where id = ? and delivered_at is null")
                        .params(at.atOffset(ZoneOffset.UTC), id)
                        .update()
                == 1;
    }

    Optional<Shipment> find(UUID id) {
        return jdbc.sql("select * from shipments where id = ?")
                .param(id)
                .query((row, _) -> shipment(row))
                .optional();
    }

    List<Shipment> of(OrderId order) {
        return jdbc.sql("select * from shipments where order_id = ? order by created_at, id")
                .param(order.value())
                .query((row, _) -> shipment(row))
                .list();
    }

    private Shipment shipment(ResultSet row) throws SQLException {
        var id = row.getObject("id", UUID.class);
        var delivered = row.getObject("delivered_at", OffsetDateTime.class);
        return new Shipment(
                id,
                new OrderId(row.getObject("order_id", UUID.class)),
                lines(id),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                delivered == null ? null : delivered.toInstant());
    }

    private List<Quantity> lines(UUID shipment) {
        return jdbc.sql("select * from shipment_lines where shipment_id = ? order by product_id")
                .param(shipment)
                .query(
                        (row, _) ->
                                new Quantity(
                                        row.getObject("product_id", UUID.class),
                                        row.getInt("quantity")))
                .list();
    }
}
