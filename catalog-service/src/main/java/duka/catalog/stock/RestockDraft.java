package duka.catalog.stock;

import duka.events.Quantity;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What somebody wants a {@link RestockOrder} to be. */
public record RestockDraft(
        @Nullable String supplier,
        @Nullable String note,
        @Nullable LocalDate expectedOn,
        List<Quantity> lines) {

    public RestockDraft {
        lines = List.copyOf(lines);
        if (lines.isEmpty()
                || lines.stream().anyMatch(line -> line.quantity() < 1)
                || lines.stream().map(Quantity::productId).distinct().count() < lines.size()) {
            throw new IllegalArgumentException("%s cannot be ordered".formatted(lines));
        }
    }
}
