package duka.system.model;

import duka.events.CheckoutEvent;
import java.util.List;
import java.util.Set;

/**
 * A service's part in checkout, by its real code. It has no memory of its own: all that it knows is
 * in its state, and states that no code could tell apart are equal.
 *
 * @param <S> what its tables hold of the orders of a scenario
 */
public interface Participant<S> {

    S initial();

    /**
     * What becomes of it when it hears this.
     *
     * @param poll what one poll has brought of an order: one event or more of one topic
     */
    Reaction<S> hear(S at, List<CheckoutEvent> poll);

    /** What becomes of it when this happens, which is one of its {@link #wishes}. */
    Reaction<S> grant(S at, Wish wish);

    /** What may happen to it now that is no event. */
    List<? extends Wish> wishes(S at);

    /** The cells of its table that are not Impossible, as {@link Cells} names them. */
    Set<String> table();
}
