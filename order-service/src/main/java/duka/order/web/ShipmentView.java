package duka.order.web;

import duka.events.Quantity;
import duka.order.Shipment;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A shipment as customers and staff see it. */
record ShipmentView(
        UUID id,
        UUID orderId,
        Status status,
        List<Quantity> lines,
        Instant createdAt,
        @Nullable Instant deliveredAt) {

    /** Where it is. */
    enum Status {
        SHIPPED,
        DELIVERED
    }

    static ShipmentView of(Shipment shipment) {
        return new ShipmentView(
                shipment.id(),
                shipment.order().value(),
                shipment.deliveredAt() == null ? Status.SHIPPED : Status.DELIVERED,
                shipment.lines(),
                shipment.createdAt(),
                shipment.deliveredAt());
    }
}
