package duka.events;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What catalog-service says about the stock of one order. */
public sealed interface ReservationEvent extends CheckoutEvent, StockEvent {

    record StockReserved(UUID orderId, List<Line> lines) implements ReservationEvent {}

    /** All lines or none: one refused line refuses the order. */
    record StockRejected(UUID orderId, List<Refusal> refused) implements ReservationEvent {}

    record StockTaken(UUID orderId) implements ReservationEvent {}

    record StockReleased(UUID orderId) implements ReservationEvent {}

    record StockReturned(UUID orderId, List<Quantity> lines) implements ReservationEvent {}

    /**
     * @param vendorId none for what the shop itself sells
     * @param unitPrice catalog's own, at the moment of the reservation
     */
    record Line(
            UUID productId, String name, @Nullable UUID vendorId, int quantity, Money unitPrice) {}
}
