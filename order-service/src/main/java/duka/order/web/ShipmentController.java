package duka.order.web;

import static org.springframework.http.HttpStatus.CONFLICT;

import duka.events.Quantity;
import duka.order.OrderId;
import duka.order.Shipping;
import duka.order.Shipping.Attempt.NotNow;
import duka.order.Shipping.Attempt.NotOpen;
import duka.order.Shipping.Attempt.Shipped;
import duka.web.Caller;
import duka.web.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1")
@Tag(name = "shipments")
class ShipmentController {

    private final Shipping shipping;

    ShipmentController(Shipping shipping) {
        this.shipping = shipping;
    }

    @GetMapping("/orders/{id}/shipments")
    @Operation(summary = "What has left the house of an order")
    List<ShipmentView> listShipments(@PathVariable OrderId id, Caller caller) {
        return shipping.of(id, Viewers.of(caller)).stream().map(ShipmentView::of).toList();
    }

    @PostMapping("/orders/{id}/shipments")
    @Operation(
            summary = "Ships the named lines of an order, or all that are open",
            description =
                    "409 order-not-shippable before it is paid or once it is over, lines-not-open for"
                            + " more than is left.")
    ResponseEntity<?> ship(
            @PathVariable OrderId id,
            @Valid @RequestBody(required = false) @Nullable Ship request) {
        return switch (shipping.ship(id, request == null ? List.of() : request.quantities())) {
            case Shipped(var shipment) ->
                    ResponseEntity.created(URI.create("/api/v1/shipments/" + shipment.id()))
                            .body(ShipmentView.of(shipment));
            case NotNow(var status, var why) ->
                    Problem.of(
                            CONFLICT,
                            "order-not-shippable",
                            "The order is %s: %s.".formatted(status, why),
                            Map.of("order_status", status));
            case NotOpen(var status, var open) ->
                    Problem.of(
                            CONFLICT,
                            "lines-not-open",
                            "Not so much of the order, which is %s, is left to ship."
                                    .formatted(status),
                            Map.of("order_status", status, "open", open));
        };
    }

    @PatchMapping("/shipments/{id}")
    @Operation(summary = "Says that a shipment was delivered")
    ShipmentView changeShipment(@PathVariable UUID id, @Valid @RequestBody ChangeShipment request) {
        return switch (request.status()) {
            case DELIVERED -> ShipmentView.of(shipping.deliver(id));
        };
    }

    record Ship(@Nullable @Size(min = 1, max = 200) List<@Valid @NotNull Line> lines) {

        List<Quantity> quantities() {
            return lines == null
                    ? List.of()
                    : lines.stream().map(l -> new Quantity(l.productId(), l.quantity())).toList();
        }
    }

    record Line(@NotNull UUID productId, @Min(1) int quantity) {}

    record ChangeShipment(@NotNull Arrival status) {}

    /** All that can happen to a shipment. */
    enum Arrival {
        DELIVERED
    }
}
