package duka.order;

import duka.events.OrderEvent.OrderNotice;
import duka.events.OrderEvent.OrderReturnApproved;
import duka.events.OrderEvent.OrderReturnRejected;
import duka.events.OrderEvent.OrderReturnRequested;
import duka.messaging.Step;
import duka.messaging.Step.Become;
import duka.messaging.Step.Stay;
import duka.messaging.Uuid7;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** How orders come back: customers ask, staff decide and receive. */
@Service
@Transactional
public class Returning {

    /** How a wish to send an order back ends. */
    public sealed interface Asking {

        record Asked(Return wish) implements Asking {}

        /** It is asked for already. */
        record Open(Return wish) implements Asking {}

        record NotReturnable(OrderStatus status, String why) implements Asking {}

        record TooLate(Instant until) implements Asking {}
    }

    /** How a decision on a return ends. */
    public sealed interface Decision {

        /** However often it is decided so. */
        record Done(Return wish) implements Decision {}

        record Decided(ReturnStatus status) implements Decision {}
    }

    private final Orders orders;
    private final Returns returns;
    private final Turns turns;
    private final ReturnsProperties properties;
    private final Clock clock;

    Returning(
            Orders orders,
            Returns returns,
            Turns turns,
            ReturnsProperties properties,
            Clock clock) {
        this.orders = orders;
        this.returns = returns;
        this.turns = turns;
        this.properties = properties;
        this.clock = clock;
    }

    /** Customers ask in time; staff may ask for them at any time. */
    public Asking ask(OrderId id, ReturnReason reason, @Nullable String comment, Viewer by) {
        var order = orders.lock(id, by);
        var open = returns.findOpen(id);
        if (open.isPresent()) {
            return new Asking.Open(open.get());
        }
        var until = order.since().plus(properties.window());
        if (order.status() == OrderStatus.DELIVERED
                && !by.isStaff()
                && until.isBefore(clock.instant())) {
            return new Asking.TooLate(until);
        }
        return switch (CheckoutSaga.cameBack(order.at())) {
            case Stay<OrderAt>(var why) -> new Asking.NotReturnable(order.status(), why);
            case Become<OrderAt> _ -> {
                var wish = begin(order, reason, comment);
                notice(
                        order,
                        "ReturnRequested",
                        "staff decide",
                        new OrderReturnRequested(id.value(), wish.id(), reason.name()));
                yield new Asking.Asked(wish);
            }
        };
    }

    /** It is here although nobody asked: it was refused at the door, or just sent back. */
    public Asking takeBack(OrderId id, ReturnReason reason, @Nullable String comment) {
        var order = orders.lock(id);
        return switch (CheckoutSaga.cameBack(order.at())) {
            case Stay<OrderAt>(var why) -> new Asking.NotReturnable(order.status(), why);
            case Become<OrderAt> step -> {
                var wish = returns.findOpen(id).orElseGet(() -> begin(order, reason, comment));
                yield new Asking.Asked(receive(order, wish, step));
            }
        };
    }

    public Decision approve(UUID id) {
        var order = lockOrder(id);
        var wish = find(id);
        if (wish.status() != ReturnStatus.REQUESTED) {
            return decided(wish, ReturnStatus.APPROVED);
        }
        var approved = wish.approved(clock.instant());
        returns.save(approved);
        notice(
                order,
                "ReturnApproved",
                "until it is here",
                new OrderReturnApproved(order.id().value(), id));
        return new Decision.Done(approved);
    }

    public Decision reject(UUID id, String why) {
        var order = lockOrder(id);
        var wish = find(id);
        if (!wish.status().isOpen()) {
            return decided(wish, ReturnStatus.REJECTED);
        }
        var rejected = wish.rejected(why, clock.instant());
        returns.save(rejected);
        notice(
                order,
                "ReturnRejected",
                "it may not come back",
                new OrderReturnRejected(order.id().value(), id, why));
        return new Decision.Done(rejected);
    }

    /** The goods are here; whoever sends them back need not wait for an approval. */
    public Decision receive(UUID id) {
        var order = lockOrder(id);
        var wish = find(id);
        if (!wish.status().isOpen()) {
            return decided(wish, ReturnStatus.RECEIVED);
        }
        return new Decision.Done(receive(order, wish, CheckoutSaga.cameBack(order.at())));
    }

    @Transactional(readOnly = true)
    public Return get(UUID id, Viewer viewer) {
        return returns.find(id)
                .filter(wish -> viewer.isStaff() || wish.customer().equals(viewer.customer()))
                .orElseThrow(() -> new NoSuchReturn(id));
    }

    /**
     * @param orderBy columns of returns, never a reader's own words
     */
    @Transactional(readOnly = true)
    public List<Return> list(ReturnSearch search, String orderBy, int most, long offset) {
        return returns.list(search, orderBy, most, offset);
    }

    @Transactional(readOnly = true)
    public long count(ReturnSearch search) {
        return returns.count(search);
    }

    private Return begin(Order order, ReturnReason reason, @Nullable String comment) {
        var now = clock.instant();
        var wish = Return.requested(Uuid7.mint(clock), order, reason, comment, now);
        returns.add(wish);
        return wish;
    }

    private Return receive(Order order, Return wish, Step<OrderAt> step) {
        var received = wish.received(clock.instant());
        returns.save(received);
        if (!turns.wish(order, "Return", step)) {
            throw new IllegalStateException("an open return of an order that cannot come back");
        }
        return received;
    }

    /** The order stays what it is; its timeline and the outbox know. */
    private void notice(Order order, String what, String why, OrderNotice notice) {
        var turn = turns.of(List.of(order));
        turn.take(order, what, Step.stay(why));
        turn.say(notice);
        turn.end();
    }

    private static Decision decided(Return wish, ReturnStatus as) {
        return wish.status() == as ? new Decision.Done(wish) : new Decision.Decided(wish.status());
    }

    /** All that happens to an order and its returns happens one after the other. */
    private Order lockOrder(UUID id) {
        return orders.lock(find(id).order());
    }

    private Return find(UUID id) {
        return returns.find(id).orElseThrow(() -> new NoSuchReturn(id));
    }
}
