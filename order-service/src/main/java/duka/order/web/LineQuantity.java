package duka.order.web;

import duka.events.Quantity;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.UUID;

/** So many units of an order's line, as requests name them. */
record LineQuantity(
        @NotNull @Schema(example = "0192d5c0-0000-7000-8000-000000000001") UUID productId,
        @Min(1) @Max(10_000) @Schema(example = "1") int quantity) {

    static List<Quantity> all(List<LineQuantity> lines) {
        return lines.stream().map(l -> new Quantity(l.productId(), l.quantity())).toList();
    }
}
