package duka.cart;

import static duka.cart.CartStatus.CLOSED;
import static duka.cart.CartStatus.MERGED;
import static duka.cart.CartStatus.OPEN;
import static duka.messaging.Step.become;
import static duka.messaging.Step.stay;
import static java.util.stream.Collectors.toSet;

import duka.events.OrderEvent;
import duka.events.OrderEvent.OrderCancelled;
import duka.events.OrderEvent.OrderConfirmed;
import duka.events.OrderEvent.OrderRejected;
import duka.events.OrderEvent.OrderReturned;
import duka.events.Topics;
import duka.messaging.Impossible;
import duka.messaging.Step;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/**
 * The cart's part in checkout, whole: what it hears and what each hearing does to a cart. It says
 * nothing here; its one event is said by {@link CheckingOut}, and what follows is order's to say.
 */
@Component
class CheckoutSaga {

    /**
     * What decides about a cart.
     *
     * @param itsOrder whether this is about the order that the cart was last confirmed as
     * @param anotherOpen whether its customer has begun a new cart since
     */
    record CartAt(CartStatus status, boolean itsOrder, boolean anotherOpen) {}

    private final Batches batches;

    CheckoutSaga(Batches batches) {
        this.batches = batches;
    }

    // What it hears.

    @KafkaListener(topics = Topics.ORDERS)
    void onOrders(List<OrderEvent.ForCart> heard) {
        var failed = heard.stream().filter(CheckoutSaga::mayReopen);
        var batch = batches.of(ids(heard.stream()), ids(failed));
        for (var event : heard) {
            switch (event) {
                case OrderConfirmed _ ->
                        batch.move(event, CheckoutSaga::orderConfirmed, Ending.CONFIRMED);
                case OrderRejected(_, var refused) ->
                        batch.move(event, CheckoutSaga::orderRejected, Ending.rejected(refused));
                case OrderCancelled(_, var reason, _) ->
                        batch.move(event, CheckoutSaga::orderCancelled, Ending.cancelled(reason));
                case OrderReturned _ ->
                        batch.move(event, CheckoutSaga::orderReturned, Ending.CONFIRMED);
            }
        }
        batch.write();
    }

    // What each hearing does to a cart.

    static Step<CartStatus> orderConfirmed(CartAt at) {
        return !at.itsOrder()
                ? anotherOrders()
                : switch (at.status()) {
                    case CHECKED_OUT -> become(CLOSED);
                    case OPEN, CLOSED, MERGED, EXPIRED ->
                            throw new Impossible("order confirmed", at);
                };
    }

    static Step<CartStatus> orderRejected(CartAt at) {
        return !at.itsOrder()
                ? anotherOrders()
                : switch (at.status()) {
                    case CHECKED_OUT -> comeBack(at, "rejected");
                    case OPEN, CLOSED, MERGED, EXPIRED ->
                            throw new Impossible("order rejected", at);
                };
    }

    static Step<CartStatus> orderCancelled(CartAt at) {
        return !at.itsOrder()
                ? anotherOrders()
                : switch (at.status()) {
                    case CHECKED_OUT -> comeBack(at, "cancelled");
                    case CLOSED -> stay("it was bought; stock and money are others' to undo");
                    case OPEN, MERGED, EXPIRED -> throw new Impossible("order cancelled", at);
                };
    }

    static Step<CartStatus> orderReturned(CartAt at) {
        return !at.itsOrder()
                ? anotherOrders()
                : switch (at.status()) {
                    case CLOSED -> stay("it was bought; stock and money are others' to undo");
                    case OPEN, CHECKED_OUT, MERGED, EXPIRED ->
                            throw new Impossible("order returned", at);
                };
    }

    private static Step<CartStatus> comeBack(CartAt at, String why) {
        return at.anotherOpen() ? become(MERGED, why) : become(OPEN, why);
    }

    private static Step<CartStatus> anotherOrders() {
        return stay("the cart has become another order since");
    }

    // Which orders it is about.

    private static boolean mayReopen(OrderEvent.ForCart event) {
        return event instanceof OrderRejected || event instanceof OrderCancelled;
    }

    private static Set<UUID> ids(Stream<OrderEvent.ForCart> events) {
        return events.map(OrderEvent::orderId).collect(toSet());
    }
}
