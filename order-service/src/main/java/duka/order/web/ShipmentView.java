package duka.order.web;

import duka.events.Quantity;
import duka.order.Shipment;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A shipment as customers, vendors and staff see it.
 *
 * @param vendorId who shipped it; none when the shop did
 */
record ShipmentView(
        UUID id,
        UUID orderId,
        Status status,
        @Nullable UUID vendorId,
        List<Quantity> lines,
        @Nullable String carrier,
        @Nullable String tracking,
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
                shipment.vendor(),
                shipment.lines(),
                shipment.carrier(),
                shipment.tracking(),
                shipment.createdAt(),
                shipment.deliveredAt());
    }
}
