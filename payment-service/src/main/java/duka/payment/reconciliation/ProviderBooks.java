package duka.payment.reconciliation;

import duka.events.LedgerEvent.Movement;
import duka.payment.NoAnswer;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** A provider's own account of what it has done for us. */
interface ProviderBooks {

    /** How payments and payouts name the provider. */
    String provider();

    /**
     * Shows all money that it has moved in a time.
     *
     * @throws NoAnswer if it cannot be asked now
     */
    void read(Instant from, Instant until, Consumer<Booking> reader);

    /**
     * What it has done by this key, whenever that was; nothing if no money has moved.
     *
     * @throws NoAnswer if it cannot be asked now
     */
    Optional<Booking> find(Movement movement, String key);
}
