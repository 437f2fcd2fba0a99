package duka.order;

import duka.events.OrderEvent.CancelReason;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
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

    /**
     * The order that a cart has become.
     *
     * @param first whether it was never asked for before
     */
    public record Collected(Order order, boolean first) {}

    private final Orders orders;
    private final CheckoutSaga saga;

    Ordering(Orders orders, CheckoutSaga saga) {
        this.orders = orders;
        this.saga = saga;
    }

    @Transactional(readOnly = true)
    public Order find(OrderId id, Viewer viewer) {
        return orders.find(id).filter(viewer::maySee).orElseThrow(() -> new NoSuchOrder(id));
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
    public Optional<Collected> collect(UUID cart, CustomerId customer) {
        return orders.findLatest(customer, cart)
                .map(order -> new Collected(order, orders.collect(order.id())));
    }

    /** For whoever may see it. */
    public Cancellation cancel(OrderId id, Viewer viewer) {
        var order = lock(id);
        if (!viewer.maySee(order)) {
            throw new NoSuchOrder(id);
        }
        return cancel(order, viewer.owns(order) ? CancelReason.CUSTOMER : CancelReason.STAFF);
    }

    /** By staff. */
    public Cancellation cancelForCustomer(OrderId id) {
        return cancel(lock(id), CancelReason.STAFF);
    }

    private Cancellation cancel(Order order, CancelReason by) {
        return saga.cancel(order, by)
                ? new Cancellation.Done(order)
                : new Cancellation.TooLate(order.status());
    }

    private Order lock(OrderId id) {
        return orders.lock(List.of(id)).values().stream()
                .findFirst()
                .orElseThrow(() -> new NoSuchOrder(id));
    }
}
