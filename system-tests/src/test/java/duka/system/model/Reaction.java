package duka.system.model;

import duka.events.CheckoutEvent;
import duka.messaging.MemoryOutbox;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What something did to a participant.
 *
 * @param fault why it could not work; then nothing has changed, and its record is parked
 */
public record Reaction<S>(S after, List<CheckoutEvent> said, @Nullable String fault) {

    /** Of a transaction that may fail, which is then as if it had not been. */
    public static <S> Reaction<S> of(S before, MemoryOutbox outbox, Supplier<S> transaction) {
        try {
            var after = transaction.get();
            return new Reaction<>(after, outbox.take(), null);
        } catch (RuntimeException fault) {
            outbox.take();
            return new Reaction<>(before, List.of(), fault.toString());
        }
    }
}
