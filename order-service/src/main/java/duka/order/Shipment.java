package duka.order;

import duka.events.Quantity;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What left the house together.
 *
 * @param vendor who shipped it; none when the shop did
 * @param tracking what the carrier calls it
 */
public record Shipment(
        UUID id,
        OrderId order,
        @Nullable UUID vendor,
        List<Quantity> lines,
        @Nullable String carrier,
        @Nullable String tracking,
        Instant createdAt,
        @Nullable Instant deliveredAt) {

    /** The same with what is said anew of how it travels. */
    Shipment carriedBy(@Nullable String newCarrier, @Nullable String newTracking) {
        return new Shipment(
                id,
                order,
                vendor,
                lines,
                newCarrier == null ? carrier : newCarrier,
                newTracking == null ? tracking : newTracking,
                createdAt,
                deliveredAt);
    }

    Shipment delivered(Instant at) {
        return new Shipment(id, order, vendor, lines, carrier, tracking, createdAt, at);
    }
}
