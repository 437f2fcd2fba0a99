package duka.catalog.stock;

import duka.events.Money;
import duka.events.ReservationEvent;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * On what terms a product is sold at this moment.
 *
 * @param vendorId none for what the shop itself sells
 * @param unitPrice what a customer pays for one
 */
record Offer(
        UUID productId, String name, @Nullable UUID vendorId, Money unitPrice, boolean active) {

    /** So many units, as they are told of once they are reserved. */
    ReservationEvent.Line of(int quantity) {
        return new ReservationEvent.Line(productId, name, vendorId, quantity, unitPrice);
    }
}
