package duka.order;

import duka.events.Quantity;
import duka.messaging.Step.Become;
import duka.messaging.Step.Stay;
import duka.messaging.Uuid7;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What staff do to get orders to their customers. */
@Service
@Transactional
public class Shipping {

    /** How an attempt to ship ends. */
    public sealed interface Attempt {

        record Shipped(Shipment shipment) implements Attempt {}

        record NotNow(OrderStatus status, String why) implements Attempt {}

        /** More was wanted than is open of a line, or nothing is open at all. */
        record NotOpen(OrderStatus status, List<Quantity> open) implements Attempt {}
    }

    private final Orders orders;
    private final Shipments shipments;
    private final CheckoutSaga saga;
    private final Clock clock;

    Shipping(Orders orders, Shipments shipments, CheckoutSaga saga, Clock clock) {
        this.orders = orders;
        this.shipments = shipments;
        this.saga = saga;
        this.clock = clock;
    }

    /**
     * @param wanted which units; all that are open when it names none
     */
    public Attempt ship(OrderId id, List<Quantity> wanted) {
        var order = lock(id);
        var lines = wanted.isEmpty() ? order.open() : wanted;
        if (lines.isEmpty() || !order.hasOpen(lines)) {
            return new Attempt.NotOpen(order.status(), order.open());
        }
        var shipment = new Shipment(Uuid7.mint(clock), id, lines, clock.instant(), null);
        return switch (saga.ship(order, shipment.id(), lines)) {
            case Become<OrderAt> _ -> {
                shipments.add(shipment);
                yield new Attempt.Shipped(shipment);
            }
            case Stay<OrderAt>(var why) -> new Attempt.NotNow(order.status(), why);
        };
    }

    /** However often it is said, a shipment arrives once. */
    public Shipment deliver(UUID id) {
        var shipment = shipments.find(id).orElseThrow(() -> new NoSuchShipment(id));
        var order = lock(shipment.order());
        if (shipments.arrive(id, clock.instant())) {
            saga.deliver(order, shipment.lines());
        }
        return shipments.find(id).orElseThrow();
    }

    @Transactional(readOnly = true)
    public List<Shipment> of(OrderId id, Viewer viewer) {
        orders.find(id).filter(viewer::maySee).orElseThrow(() -> new NoSuchOrder(id));
        return shipments.of(id);
    }

    private Order lock(OrderId id) {
        return orders.lock(List.of(id)).values().stream()
                .findFirst()
                .orElseThrow(() -> new NoSuchOrder(id));
    }
}
