package duka.catalog.stock;

import duka.events.Quantity;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One delivery of a {@link RestockOrder}.
 *
 * @param reference what the supplier calls it, on the delivery note
 */
public record Receipt(
        UUID id,
        UUID restockOrderId,
        @Nullable String reference,
        @Nullable String note,
        List<Quantity> lines,
        UUID receivedBy,
        Instant receivedAt) {

    public Receipt {
        lines = List.copyOf(lines);
    }
}
