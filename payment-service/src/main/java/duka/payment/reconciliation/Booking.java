package duka.payment.reconciliation;

import duka.events.LedgerEvent.Movement;
import duka.events.Money;
import java.time.Instant;

/**
 * Money that has moved, as one side has booked it.
 *
 * @param key the idempotency key by which both sides know it
 */
record Booking(String key, Movement movement, Money amount, Instant at) {}
