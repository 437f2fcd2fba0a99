package duka.order;

import duka.events.Quantity;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What left the house together. */
public record Shipment(
        UUID id,
        OrderId order,
        List<Quantity> lines,
        Instant createdAt,
        @Nullable Instant deliveredAt) {}
