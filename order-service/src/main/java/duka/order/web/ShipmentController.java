package duka.order.web;

import duka.events.Quantity;
import duka.order.OrderId;
import duka.order.Shipping;
import duka.order.Shipping.Attempt.NotNow;
import duka.order.Shipping.Attempt.NotOpen;
import duka.order.Shipping.Attempt.Shipped;
import duka.order.Shipping.Change.Changed;
import duka.order.Shipping.Change.OrderOver;
import duka.order.Shipping.Parcel;
import duka.order.Shipping.Report;
import duka.web.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.List;
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
            summary = "Ships the named units of an order, or all that are open",
            description = "Staff ship everything, vendors what they sold.")
    @ApiResponse(responseCode = "201", useReturnTypeSchema = true)
    @Conflicts(
            "order-not-shippable: it is not paid yet, or over; lines-not-open: more than is"
                    + " left to ship")
    ResponseEntity<ShipmentView> ship(
            @PathVariable OrderId id,
            @Valid @RequestBody(required = false) @Nullable Ship request,
            Caller caller) {
        var parcel =
                request == null
                        ? new Parcel(List.of(), null, null)
                        : new Parcel(request.quantities(), request.carrier(), request.tracking());
        return switch (shipping.ship(id, parcel, Viewers.of(caller))) {
            case Shipped(var shipment) ->
                    ResponseEntity.created(URI.create("/api/v1/shipments/" + shipment.id()))
                            .body(ShipmentView.of(shipment));
            case NotOpen(var status, var open) -> throw Refusals.notOpen(status, open);
            case NotNow(var status, var why) ->
                    throw Refusals.conflict(
                            "order-not-shippable",
                            "The order is %s: %s.".formatted(status, why),
                            status);
        };
    }

    @GetMapping("/shipments/{id}")
    @Operation(summary = "A shipment, for its customer, its sender and staff")
    ShipmentView getShipment(@PathVariable UUID id, Caller caller) {
        return ShipmentView.of(shipping.get(id, Viewers.of(caller)));
    }

    @PatchMapping("/shipments/{id}")
    @Operation(summary = "Says how a shipment travels, or that it was delivered")
    @ApiResponse(responseCode = "200", useReturnTypeSchema = true)
    @Conflicts("order-over: nothing of it can be delivered any more")
    ShipmentView changeShipment(
            @PathVariable UUID id, @Valid @RequestBody ChangeShipment request, Caller caller) {
        var report = new Report(request.status() != null, request.carrier(), request.tracking());
        return switch (shipping.change(id, report, Viewers.of(caller))) {
            case Changed(var shipment) -> ShipmentView.of(shipment);
            case OrderOver(var status) ->
                    throw Refusals.conflict(
                            "order-over",
                            "The order is %s: nothing of it can be delivered any more."
                                    .formatted(status),
                            status);
        };
    }

    record Ship(
            @Nullable @Size(min = 1, max = 200) List<@Valid @NotNull LineQuantity> lines,
            @Nullable @Size(max = 100) @Schema(example = "Sendy") String carrier,
            @Nullable @Size(max = 100) @Schema(example = "KE-2026-0001") String tracking) {

        private List<Quantity> quantities() {
            return lines == null ? List.of() : LineQuantity.all(lines);
        }
    }

    record ChangeShipment(
            @Nullable Arrival status,
            @Nullable @Size(max = 100) @Schema(example = "Sendy") String carrier,
            @Nullable @Size(max = 100) @Schema(example = "KE-2026-0001") String tracking) {}

    /** All that can happen to a shipment. */
    enum Arrival {
        DELIVERED
    }
}
