package duka.order;

import duka.events.CartEvent.CartCheckedOut;
import duka.events.CheckoutEvent;
import duka.events.OrderEvent;
import duka.messaging.Impossible;
import duka.messaging.Outbox;
import duka.messaging.Step;
import duka.messaging.Step.Become;
import duka.messaging.Step.Stay;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Takes the steps that {@link CheckoutSaga} decides on: into the orders, their timelines and what
 * is said, all of it with one transaction's few statements.
 */
@Component
class Turns {

    private static final Logger log = LoggerFactory.getLogger(Turns.class);

    private final Orders orders;
    private final Outbox outbox;
    private final CheckoutProperties patience;
    private final CheckoutMeters meters;
    private final Clock clock;

    Turns(
            Orders orders,
            Outbox outbox,
            CheckoutProperties patience,
            CheckoutMeters meters,
            Clock clock) {
        this.orders = orders;
        this.outbox = outbox;
        this.patience = patience;
        this.meters = meters;
        this.clock = clock;
    }

    /** Of the orders that these events are about, which it locks. */
    Turn of(List<? extends CheckoutEvent> heard) {
        var ids = heard.stream().map(event -> new OrderId(event.orderId())).distinct().toList();
        return new Turn(orders.lock(ids));
    }

    /** Of orders that are locked already. */
    Turn of(Collection<Order> locked) {
        var known = new LinkedHashMap<OrderId, Order>();
        locked.forEach(order -> known.put(order.id(), order));
        return new Turn(known);
    }

    /** What each of these events does to its order, in their order. */
    <E extends CheckoutEvent> void hear(List<E> heard, BiFunction<Order, E, Step<OrderAt>> step) {
        var turn = of(heard);
        for (var event : heard) {
            var order = turn.order(event);
            turn.hear(order, event, step.apply(order, event));
        }
        turn.end();
    }

    /** Whether a wish was granted. One that comes too late leaves no trace. */
    boolean wish(Order locked, String wish, Step<OrderAt> step) {
        if (step instanceof Stay<OrderAt>) {
            return false;
        }
        var turn = of(List.of(locked));
        turn.hear(locked, wish, step);
        turn.end();
        return true;
    }

    /** What happens to some orders in one transaction. */
    final class Turn {

        private final Map<OrderId, Order> known;
        private final List<OrderEvent> said = new ArrayList<>();

        private Turn(Map<OrderId, Order> known) {
            this.known = known;
        }

        Optional<Order> find(CheckoutEvent event) {
            return Optional.ofNullable(known.get(new OrderId(event.orderId())));
        }

        Order order(CheckoutEvent event) {
            return find(event).orElseThrow(() -> new Impossible(name(event), "no order"));
        }

        void place(CartCheckedOut cart) {
            var now = clock.instant();
            var order = new Order(cart, now);
            order.begin(now, now.plus(patience.stockDeadline()));
            known.put(order.id(), order);
            log.info("order {} heard CartCheckedOut: PLACED", order.id());
            say(CheckoutSaga.announce(order, patience));
        }

        void hear(Order order, CheckoutEvent event, Step<OrderAt> step) {
            hear(order, name(event), step);
        }

        /** Takes the step and says what the order has become. */
        void hear(Order order, String heard, Step<OrderAt> step) {
            var before = order.status();
            take(order, heard, step);
            if (order.status() != before) {
                say(CheckoutSaga.announce(order, patience));
            }
        }

        /** Takes the step; what is to be said of it, the caller knows. */
        void take(Order order, String heard, Step<OrderAt> step) {
            var before = order.status();
            var now = clock.instant();
            switch (step) {
                case Become<OrderAt>(var next, var why) -> {
                    order.become(next, heard, why, now);
                    log.info(
                            "order {} heard {}: {} -> {}",
                            order.id(),
                            heard,
                            before,
                            next.status());
                    if (before.isUndecided() && !next.status().isUndecided()) {
                        meters.decided(order);
                    }
                }
                case Stay<OrderAt>(var why) -> {
                    order.stay(heard, why, now);
                    log.info("order {} heard {}: stays {}, {}", order.id(), heard, before, why);
                }
            }
        }

        void say(OrderEvent event) {
            said.add(event);
        }

        void end() {
            orders.save(known.values());
            outbox.addAll(said);
        }

        private static String name(CheckoutEvent event) {
            return event.getClass().getSimpleName();
        }
    }
}
