package duka.catalog.stock;

import static java.util.stream.Collectors.toMap;

import duka.catalog.stock.Movement.Kind;
import duka.events.Quantity;
import duka.events.StockEvent;
import duka.messaging.Outbox;
import duka.messaging.Uuid7;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Filling the shelves: what staff can do with all restock orders, and vendors with their own. Who
 * asks for an order is given as the vendor whose it must be, null where any will do.
 */
@Service
@Transactional
public class Restocking {

    /** How a wish about a restock order ends. */
    public sealed interface Outcome {

        record Done(RestockOrder order) implements Outcome {}

        /** Nothing has been done. */
        sealed interface Refusal extends Outcome {}

        record NotThere() implements Refusal {}

        /** Its status does not allow it any more, or not yet. */
        record NotNow(RestockOrder order) implements Refusal {}

        /** Products that are not there, not the vendor's or not part of the order. */
        record Unknown(Set<UUID> products) implements Refusal {}

        /** More would have come than has been ordered. */
        record MoreThanOrdered(UUID product, int missing) implements Refusal {}

        /** Another delivery of the order has this reference. */
        record ReferenceTaken(String reference) implements Refusal {}

        record BeyondMost(Stock stock) implements Refusal {}

        /** Of one product more would have come for one order than there may ever be of it. */
        record TooMuchReceived(UUID product, int received) implements Refusal {}

        record TooManyDeliveries(int most) implements Refusal {}
    }

    /**
     * What has come.
     *
     * @param reference the delivery note's; the same delivery with the same reference counts once
     * @param excess whether more may come than has been ordered
     */
    public record Delivery(
            List<Quantity> lines,
            @Nullable String reference,
            @Nullable String note,
            boolean excess) {

        public Delivery {
            lines = List.copyOf(lines);
        }
    }

    static final int MOST_DELIVERIES = 1000;

    private final RestockOrders orders;
    private final Stocks stocks;
    private final Movements movements;
    private final Outbox outbox;
    private final Clock clock;

    Restocking(
            RestockOrders orders, Stocks stocks, Movements movements, Outbox outbox, Clock clock) {
        this.orders = orders;
        this.stocks = stocks;
        this.movements = movements;
        this.outbox = outbox;
        this.clock = clock;
    }

    public Outcome draft(RestockDraft draft, @Nullable UUID vendor, UUID by) {
        var unknown = unknown(draft.lines(), vendor);
        if (!unknown.isEmpty()) {
            return new Outcome.Unknown(unknown);
        }
        var order = RestockOrder.drafted(Uuid7.mint(clock), vendor, draft, by, clock.instant());
        orders.add(order);
        return new Outcome.Done(order);
    }

    /**
     * @param wish what it should be, as seen from what it is
     */
    public Outcome change(
            UUID id, @Nullable UUID vendor, Function<RestockOrder, RestockDraft> wish) {
        var order = lock(id, vendor);
        if (order == null) {
            return new Outcome.NotThere();
        }
        var draft = wish.apply(order);
        if (!order.canChange()) {
            return new Outcome.NotNow(order);
        }
        var unknown = unknown(draft.lines(), order.vendorId());
        return unknown.isEmpty()
                ? become(draft.equals(order.draft()) ? order : order.changed(draft))
                : new Outcome.Unknown(unknown);
    }

    /** Ordering what is ordered already changes nothing. */
    public Outcome order(UUID id, @Nullable UUID vendor) {
        var order = lock(id, vendor);
        if (order == null) {
            return new Outcome.NotThere();
        }
        return switch (order.status()) {
            case DRAFT -> become(order.ordered(clock.instant()));
            case ORDERED -> new Outcome.Done(order);
            case PARTLY_RECEIVED, RECEIVED, CANCELLED -> new Outcome.NotNow(order);
        };
    }

    /** What has come stays; the rest is not waited for. Cancelling it again changes nothing. */
    public Outcome cancel(UUID id, @Nullable UUID vendor) {
        var order = lock(id, vendor);
        if (order == null) {
            return new Outcome.NotThere();
        }
        return switch (order.status()) {
            case DRAFT, ORDERED, PARTLY_RECEIVED -> become(order.cancelled(clock.instant()));
            case CANCELLED -> new Outcome.Done(order);
            case RECEIVED -> new Outcome.NotNow(order);
        };
    }

    public Outcome receive(UUID id, @Nullable UUID vendor, Delivery delivery, UUID by) {
        var order = lock(id, vendor);
        if (order == null) {
            return new Outcome.NotThere();
        }
        var before = seen(order, delivery);
        if (before.isPresent()) {
            return before.get();
        }
        if (!order.canReceive()) {
            return new Outcome.NotNow(order);
        }
        var units =
                delivery.lines().stream()
                        .collect(toMap(Quantity::productId, Quantity::quantity, Math::addExact));
        var unknown = new HashSet<>(units.keySet());
        order.lines().forEach(line -> unknown.remove(line.productId()));
        unknown.addAll(unknown(delivery.lines(), order.vendorId()));
        if (!unknown.isEmpty()) {
            return new Outcome.Unknown(unknown);
        }
        for (var line : order.lines()) {
            int coming = units.getOrDefault(line.productId(), 0);
            if (coming > line.missing() && !delivery.excess()) {
                return new Outcome.MoreThanOrdered(line.productId(), line.missing());
            }
            if ((long) line.received() + coming > Stock.MOST) {
                return new Outcome.TooMuchReceived(line.productId(), line.received());
            }
        }
        if (orders.countReceipts(id) >= MOST_DELIVERIES) {
            return new Outcome.TooManyDeliveries(MOST_DELIVERIES);
        }
        var now = clock.instant();
        var receipt =
                new Receipt(
                        Uuid7.mint(clock),
                        id,
                        delivery.reference(),
                        delivery.note(),
                        units.entrySet().stream()
                                .map(unit -> new Quantity(unit.getKey(), unit.getValue()))
                                .toList(),
                        by,
                        now);
        orders.holdProducts(order);
        var full = shelve(receipt);
        if (full.isPresent()) {
            return new Outcome.BeyondMost(full.get());
        }
        orders.add(receipt);
        return become(order.receiving(units, now));
    }

    @Transactional(readOnly = true)
    public Optional<RestockOrder> find(UUID id, @Nullable UUID vendor) {
        return orders.find(id).filter(order -> isOf(order, vendor));
    }

    @Transactional(readOnly = true)
    public List<Receipt> receipts(UUID order) {
        return orders.receipts(order);
    }

    @Transactional(readOnly = true)
    public long count(RestockFilter filter) {
        return orders.count(filter);
    }

    @Transactional(readOnly = true)
    public List<RestockOrder> list(
            RestockFilter filter, boolean latestFirst, long offset, int limit) {
        return orders.list(filter, latestFirst, offset, limit);
    }

    /** How it ended when this delivery was received before. */
    private Optional<Outcome> seen(RestockOrder order, Delivery delivery) {
        var reference = delivery.reference();
        if (reference == null) {
            return Optional.empty();
        }
        return orders.receipts(order.id()).stream()
                .filter(receipt -> reference.equals(receipt.reference()))
                .findAny()
                .map(
                        receipt ->
                                Set.copyOf(receipt.lines()).equals(Set.copyOf(delivery.lines()))
                                        ? new Outcome.Done(order)
                                        : new Outcome.ReferenceTaken(reference));
    }

    /**
     * @return the stock that has no room for it, and then nothing has been done
     */
    private Optional<Stock> shelve(Receipt receipt) {
        var stock = stocks.lock(receipt.lines().stream().map(Quantity::productId).toList());
        var changed = new ArrayList<Stock>();
        var moved = new ArrayList<Movement>();
        var said = new ArrayList<StockEvent>();
        for (var line : receipt.lines()) {
            var before = stock.get(line.productId());
            if ((long) before.onHand() + line.quantity() > Stock.MOST) {
                return Optional.of(before);
            }
            var after = before.plus(line.quantity(), 0);
            changed.add(after);
            moved.add(
                    new Movement(
                            Uuid7.mint(clock),
                            line.productId(),
                            Kind.RESTOCKED,
                            line.quantity(),
                            null,
                            receipt.id(),
                            null,
                            null,
                            receipt.receivedBy(),
                            receipt.receivedAt()));
            if (after.level() != before.level()) {
                said.add(after.announceLevel());
            }
        }
        stocks.change(changed);
        movements.addAll(moved);
        outbox.addAll(said);
        return Optional.empty();
    }

    private Outcome become(RestockOrder order) {
        orders.change(order);
        return new Outcome.Done(order);
    }

    private Set<UUID> unknown(Collection<Quantity> lines, @Nullable UUID vendor) {
        var products = new HashSet<UUID>();
        lines.forEach(line -> products.add(line.productId()));
        products.removeAll(orders.known(products, vendor));
        return products;
    }

    private @Nullable RestockOrder lock(UUID id, @Nullable UUID vendor) {
        return orders.lock(id).filter(order -> isOf(order, vendor)).orElse(null);
    }

    private static boolean isOf(RestockOrder order, @Nullable UUID vendor) {
        return vendor == null || vendor.equals(order.vendorId());
    }
}
