package duka.events;

import java.util.UUID;

/** A step of a checkout. All steps of one order share its id as their key. */
public sealed interface CheckoutEvent extends Event
        permits CartEvent, OrderEvent, ReservationEvent, PaymentEvent {

    UUID orderId();

    @Override
    default UUID key() {
        return orderId();
    }
}
