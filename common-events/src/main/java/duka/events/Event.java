package duka.events;

import java.util.UUID;

/**
 * Something that has happened. There is one sealed type for each topic; a record's simple name is
 * its type on the wire.
 */
public sealed interface Event
        permits CheckoutEvent, StockEvent, ProductEvent, AccountEvent, LedgerEvent, ReportEvent {

    /** The aggregate it happened to. Kafka keeps one key's events in order. */
    UUID key();
}
