package duka.cart;

import static java.util.stream.Collectors.toSet;

import duka.cart.CheckoutSaga.CartAt;
import duka.events.OrderEvent;
import duka.messaging.Impossible;
import duka.messaging.Step;
import duka.messaging.Step.Become;
import duka.messaging.Step.Stay;
import duka.messaging.Uuid7;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The carts that one poll of Kafka is about: read at once, and so written. */
@Component
class Batches {

    private static final Logger log = LoggerFactory.getLogger(Batches.class);

    private final Carts carts;
    private final Checkouts checkouts;
    private final Clock clock;

    Batches(Carts carts, Checkouts checkouts, Clock clock) {
        this.carts = carts;
        this.checkouts = checkouts;
        this.clock = clock;
    }

    /**
     * @param failed those of the orders whose carts may come back
     */
    Batch of(Set<UUID> orderIds, Set<UUID> failed) {
        if (orderIds.size() > 1 || !failed.isEmpty()) {
            carts.lockWaiting(orderIds);
        }
        var byOrder = carts.byOrder(orderIds);
        var customers =
                failed.stream()
                        .map(byOrder::get)
                        .filter(Objects::nonNull)
                        .map(Cart::customerId)
                        .collect(toSet());
        // Only now: a cart begun while we waited for the locks is among them, and none can follow.
        return new Batch(byOrder, new HashMap<>(carts.lockOpen(customers)));
    }

    /** Decided upon in memory, in the order of the records. */
    class Batch {

        private final Map<UUID, Cart> byOrder;
        private final Map<UUID, Cart> openByCustomer;
        private final Set<Cart> changed = new LinkedHashSet<>();
        private final Map<UUID, Ending> endings = new LinkedHashMap<>();

        private Batch(Map<UUID, Cart> byOrder, Map<UUID, Cart> openByCustomer) {
            this.byOrder = byOrder;
            this.openByCustomer = openByCustomer;
        }

        void move(OrderEvent event, Function<CartAt, Step<CartStatus>> decide, Ending ending) {
            var order = event.orderId();
            var heard = event.getClass().getSimpleName();
            var cart = byOrder.get(order);
            if (cart == null) {
                throw new Impossible(heard, "no cart");
            }
            var from = cart.status();
            var at =
                    new CartAt(
                            from,
                            order.equals(cart.orderId()),
                            openByCustomer.containsKey(cart.customerId()));
            switch (decide.apply(at)) {
                case Become<CartStatus>(var next, _) -> {
                    become(cart, next, ending);
                    endings.put(order, ending);
                    log.info("order {}: {}, cart {} -> {}", order, heard, from, next);
                }
                case Stay<CartStatus>(var why) ->
                        log.info("order {}: {}, cart stays {}: {}", order, heard, from, why);
            }
        }

        void write() {
            if (!changed.isEmpty()) {
                carts.write(changed);
                checkouts.decide(endings);
            }
        }

        private void become(Cart cart, CartStatus next, Ending ending) {
            if (ending.why() != null) {
                cart.mark(ending.why(), ending.refused());
            }
            switch (next) {
                case OPEN -> openByCustomer.put(cart.customerId(), cart);
                case MERGED -> {
                    var open = openByCustomer.get(cart.customerId());
                    open.takeIn(cart, () -> Uuid7.mint(clock));
                    changed.add(open);
                }
                case CHECKED_OUT, CLOSED -> {}
            }
            cart.become(next);
            changed.add(cart);
        }
    }
}
