package duka.order;

import duka.events.Money;
import duka.events.OrderEvent.CancelReason;
import duka.events.OrderEvent.OrderLinesCancelled;
import duka.events.Quantity;
import duka.messaging.Step.Become;
import duka.messaging.Step.Stay;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What customers and staff can do with orders. */
@Service
@Transactional
public class Ordering {

    /** How a wish to cancel ends. */
    public sealed interface Cancellation {

        record Done(Order order) implements Cancellation {}

        record TooLate(OrderStatus status) implements Cancellation {}
    }

    /** How a wish to cancel some lines ends. */
    public sealed interface LinesCancellation {

        /**
         * @param amount what the customer gets back
         */
        record Cancelled(Order order, Money amount) implements LinesCancellation {}

        record NotNow(OrderStatus status, String why) implements LinesCancellation {}

        /** More was to be cancelled than is open of a line. */
        record NotOpen(OrderStatus status, List<Quantity> open) implements LinesCancellation {}
    }

    /**
     * The order that a cart has become.
     *
     * @param first whether it was never asked for before
     */
    public record Collected(Order order, boolean first) {}

    private final Orders orders;
    private final Turns turns;

    Ordering(Orders orders, Turns turns) {
        this.orders = orders;
        this.turns = turns;
    }

    @Transactional(readOnly = true)
    public Order find(OrderId id, Viewer viewer) {
        return orders.find(id).filter(viewer::maySee).orElseThrow(() -> new NoSuchOrder(id));
    }

    /** What a vendor has sold some of. */
    @Transactional(readOnly = true)
    public Order findSold(OrderId id, Viewer vendor) {
        return orders.find(id).filter(vendor::sold).orElseThrow(() -> new NoSuchOrder(id));
    }

    @Transactional(readOnly = true)
    public List<TimelineEntry> timeline(OrderId id, Viewer viewer) {
        return orders.timeline(find(id, viewer).id());
    }

    /**
     * @param orderBy columns of orders, never a reader's own words
     */
    @Transactional(readOnly = true)
    public List<Order> list(OrderSearch search, String orderBy, int most, long offset) {
        return orders.list(search, orderBy, most, offset);
    }

    /** The newest first, from the one after this on. */
    @Transactional(readOnly = true)
    public List<Order> listAfter(OrderSearch search, @Nullable OrderId after, int most) {
        return orders.listBefore(search, after, most);
    }

    @Transactional(readOnly = true)
    public long count(OrderSearch search) {
        return orders.count(search);
    }

    /** Nothing if no such cart has been checked out, as far as has been heard. */
    public Optional<Collected> collect(CheckedOutCart cart) {
        return orders.findLatest(cart)
                .map(order -> new Collected(order, orders.collect(order.id())));
    }

    /** For whoever may see it. */
    public Cancellation cancel(OrderId id, Viewer viewer) {
        var order = orders.lock(id, viewer);
        return cancel(order, by(order, viewer));
    }

    /** By staff. */
    public Cancellation cancelForCustomer(OrderId id) {
        return cancel(orders.lock(id), CancelReason.STAFF);
    }

    /** Unshipped units are not wanted any more, or cannot be had. */
    public LinesCancellation cancelLines(OrderId id, List<Quantity> lines, Viewer viewer) {
        var order = orders.lock(id, viewer);
        if (!order.hasOpen(lines)) {
            return new LinesCancellation.NotOpen(order.status(), order.open());
        }
        var before = order.at();
        var amount = order.cancel(lines);
        return switch (CheckoutSaga.linesCancelled(before, order.rest(), by(order, viewer))) {
            case Stay<OrderAt>(var why) -> new LinesCancellation.NotNow(order.status(), why);
            case Become<OrderAt> step -> {
                var turn = turns.of(List.of(order));
                turn.take(order, "LinesCancelled", step);
                turn.say(
                        new OrderLinesCancelled(
                                id.value(), lines, amount, order.vendorShares(lines)));
                if (order.status() == OrderStatus.SHIPPED && order.isAllDelivered()) {
                    turn.hear(order, "Delivery", CheckoutSaga.delivered(order.at(), true));
                }
                turn.end();
                yield new LinesCancellation.Cancelled(order, amount);
            }
        };
    }

    private Cancellation cancel(Order order, CancelReason by) {
        var wish = by == CancelReason.STAFF ? "CancelledByStaff" : "CancelledByCustomer";
        return turns.wish(order, wish, CheckoutSaga.cancelWished(order.at(), by))
                ? new Cancellation.Done(order)
                : new Cancellation.TooLate(order.status());
    }

    private static CancelReason by(Order order, Viewer viewer) {
        return viewer.owns(order) ? CancelReason.CUSTOMER : CancelReason.STAFF;
    }
}
