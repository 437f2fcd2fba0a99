package duka.order;

import duka.events.OrderEvent.OrderShipped;
import duka.events.Quantity;
import duka.messaging.Step;
import duka.messaging.Step.Become;
import duka.messaging.Step.Stay;
import duka.messaging.Uuid7;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What staff and vendors do to get orders to their customers. */
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

    /** How a report of a shipment ends. */
    public sealed interface Change {

        record Changed(Shipment shipment) implements Change {}

        /** Nothing of the order arrives any more: it came back, say. */
        record OrderOver(OrderStatus status) implements Change {}
    }

    /**
     * What is to leave the house.
     *
     * @param lines which units; all that are open when it names none
     */
    public record Parcel(
            List<Quantity> lines, @Nullable String carrier, @Nullable String tracking) {}

    /**
     * What is new of a shipment; what is not given stays as it is.
     *
     * @param delivered whether it has arrived
     */
    public record Report(boolean delivered, @Nullable String carrier, @Nullable String tracking) {}

    private final Orders orders;
    private final Shipments shipments;
    private final Turns turns;
    private final Clock clock;

    Shipping(Orders orders, Shipments shipments, Turns turns, Clock clock) {
        this.orders = orders;
        this.shipments = shipments;
        this.turns = turns;
        this.clock = clock;
    }

    /** Vendors ship what they sold, and see nothing else of it. */
    public Attempt ship(OrderId id, Parcel parcel, Viewer by) {
        var order = orders.lock(id);
        if (!by.isStaff() && !by.sold(order)) {
            throw new NoSuchOrder(id);
        }
        var open = open(order, by);
        var lines = parcel.lines().isEmpty() ? open : parcel.lines();
        if (lines.isEmpty() || !order.hasOpen(lines) || !areOf(open, lines)) {
            return new Attempt.NotOpen(order.status(), open);
        }
        return switch (depart(order, lines)) {
            case Stay<OrderAt>(var why) -> new Attempt.NotNow(order.status(), why);
            case Become<OrderAt> step -> {
                var shipment =
                        new Shipment(
                                Uuid7.mint(clock),
                                id,
                                by.isStaff() ? null : by.customer().value(),
                                lines,
                                parcel.carrier(),
                                parcel.tracking(),
                                clock.instant(),
                                null);
                shipments.add(shipment);
                var turn = turns.of(List.of(order));
                turn.take(order, "Shipment", step);
                var complete = order.status() == OrderStatus.SHIPPED;
                turn.say(new OrderShipped(id.value(), shipment.id(), lines, complete));
                turn.end();
                yield new Attempt.Shipped(shipment);
            }
        };
    }

    /** However often it is said, a shipment arrives once. */
    public Change change(UUID id, Report report, Viewer by) {
        var order = orders.lock(find(id, by).order());
        var shipment = find(id, by).carriedBy(report.carrier(), report.tracking());
        if (report.delivered() && shipment.deliveredAt() == null) {
            if (order.status().isFinal()) {
                return new Change.OrderOver(order.status());
            }
            shipment = shipment.delivered(clock.instant());
            order.deliver(shipment.lines());
            var turn = turns.of(List.of(order));
            var step = CheckoutSaga.delivered(order.at(), order.isAllDelivered());
            turn.hear(order, "Delivery", step);
            turn.end();
        }
        shipments.save(shipment);
        return new Change.Changed(shipment);
    }

    @Transactional(readOnly = true)
    public Shipment get(UUID id, Viewer viewer) {
        var shipment = shipments.find(id).orElseThrow(() -> new NoSuchShipment(id));
        var isTheirs = orders.find(shipment.order()).filter(viewer::owns).isPresent();
        return isTheirs ? shipment : find(id, viewer);
    }

    /** All that has left of an order; for one of its vendors, what it has sent itself. */
    @Transactional(readOnly = true)
    public List<Shipment> of(OrderId id, Viewer viewer) {
        var order = orders.find(id).orElseThrow(() -> new NoSuchOrder(id));
        if (viewer.maySee(order)) {
            return shipments.of(id);
        }
        if (!viewer.sold(order)) {
            throw new NoSuchOrder(id);
        }
        return shipments.of(id).stream().filter(viewer::sent).toList();
    }

    private static Step<OrderAt> depart(Order order, List<Quantity> lines) {
        var before = order.at();
        order.ship(lines);
        return CheckoutSaga.shipped(before, order.rest());
    }

    /** One that staff, or the vendor who shipped it, may change. */
    private Shipment find(UUID id, Viewer by) {
        return shipments
                .find(id)
                .filter(shipment -> by.isStaff() || by.sent(shipment))
                .orElseThrow(() -> new NoSuchShipment(id));
    }

    private static List<Quantity> open(Order order, Viewer by) {
        return order.lines().stream()
                .filter(line -> line.open() > 0 && by.mayShip(line))
                .map(line -> new Quantity(line.productId(), line.open()))
                .toList();
    }

    private static boolean areOf(List<Quantity> open, List<Quantity> lines) {
        var products = open.stream().map(Quantity::productId).toList();
        return lines.stream().allMatch(line -> products.contains(line.productId()));
    }
}
