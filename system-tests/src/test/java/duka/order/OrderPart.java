package duka.order;

import duka.events.CartEvent;
import duka.events.CheckoutEvent;
import duka.events.Money;
import duka.events.OrderEvent;
import duka.events.OrderEvent.CancelReason;
import duka.events.PaymentEvent;
import duka.events.PaymentEvent.PaymentActionRequired;
import duka.events.PaymentEvent.PaymentAuthorized;
import duka.events.PaymentEvent.PaymentCaptured;
import duka.events.PaymentEvent.PaymentDeclined;
import duka.events.PaymentEvent.PaymentFailed;
import duka.events.PaymentEvent.PaymentRefunded;
import duka.events.PaymentEvent.PaymentVoided;
import duka.events.PaymentMethod;
import duka.events.Quantity;
import duka.events.ReservationEvent;
import duka.events.ReservationEvent.StockRejected;
import duka.events.ReservationEvent.StockReleased;
import duka.events.ReservationEvent.StockReserved;
import duka.events.ReservationEvent.StockReturned;
import duka.events.ReservationEvent.StockTaken;
import duka.messaging.MemoryOutbox;
import duka.messaging.Step;
import duka.messaging.Step.Become;
import duka.order.Order.Lines;
import duka.order.Shipping.Parcel;
import duka.order.Shipping.Report;
import duka.system.model.Cells;
import duka.system.model.Freedom;
import duka.system.model.Ids;
import duka.system.model.Mutant;
import duka.system.model.Participant;
import duka.system.model.Reaction;
import duka.system.model.Scenario;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.SimpleTransactionStatus;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionTemplate;

/** Order's part as it is: its saga, its deadline and what people do, over one order in memory. */
public final class OrderPart implements Participant<OrderPart.State> {

    /**
     * What order-service has in its tables of one order.
     *
     * @param row empty as long as there is no order
     */
    public record State(
            Map<String, @Nullable Object> row,
            List<OrderLine> lines,
            List<Shipment> shipments,
            Facts facts) {

        public boolean exists() {
            return !row.isEmpty();
        }
    }

    /**
     * What follows from that.
     *
     * @param status none as long as there is no order
     * @param waits whether a deadline runs
     */
    public record Facts(
            @Nullable OrderStatus status,
            boolean confirmed,
            boolean finished,
            boolean waits,
            long total,
            long cancelledAmount) {

        private static final Facts NONE = new Facts(null, false, true, false, 0, 0);

        /** Whether it was confirmed, and what was confirmed is still to be had. */
        public boolean isSold() {
            return confirmed && status != OrderStatus.CANCELLED && status != OrderStatus.RETURNED;
        }
    }

    /** What people want of an order, and the clock. */
    enum Wish implements duka.system.model.Wish {
        CANCEL_BY_CUSTOMER(Freedom.CUSTOMER_CANCELS),
        CANCEL_BY_STAFF(Freedom.STAFF_CANCELS),
        DEADLINE(null),
        SHIP_ALL(Freedom.SHIPPING),
        SHIP_ONE(Freedom.PARTIAL_SHIPMENT),
        CANCEL_ONE(Freedom.LINE_CANCELS),
        CANCEL_REST(Freedom.LINE_CANCELS),
        DELIVER_FIRST(Freedom.SHIPPING),
        DELIVER_LAST(Freedom.PARTIAL_SHIPMENT),
        TAKE_BACK(Freedom.RETURNS);

        private final @Nullable Freedom freedom;

        Wish(@Nullable Freedom freedom) {
            this.freedom = freedom;
        }

        boolean isDelivery() {
            return this == DELIVER_FIRST || this == DELIVER_LAST;
        }

        @Override
        public boolean comesByItself() {
            return this == DEADLINE;
        }
    }

    private static final Instant NOW = Instant.EPOCH;
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Viewer STAFF = new Viewer(new CustomerId(Ids.STAFF), true);

    private static final Map<Class<?>, Function<OrderAt, Step<OrderAt>>> HEARD =
            Map.ofEntries(
                    Map.entry(
                            CartEvent.CartCheckedOut.class,
                            at -> CheckoutSaga.checkedOutAgain(at, true)),
                    Map.entry(StockReserved.class, CheckoutSaga::stockReserved),
                    Map.entry(StockRejected.class, at -> CheckoutSaga.stockRejected(at, "")),
                    Map.entry(StockTaken.class, CheckoutSaga::stockTaken),
                    Map.entry(StockReleased.class, CheckoutSaga::stockReleased),
                    Map.entry(StockReturned.class, CheckoutSaga::stockReturned),
                    Map.entry(
                            PaymentActionRequired.class,
                            at -> CheckoutSaga.paymentActionRequired(at, "")),
                    Map.entry(PaymentAuthorized.class, CheckoutSaga::paymentAuthorized),
                    Map.entry(PaymentDeclined.class, at -> CheckoutSaga.paymentDeclined(at, "")),
                    Map.entry(PaymentCaptured.class, CheckoutSaga::paymentCaptured),
                    Map.entry(PaymentFailed.class, at -> CheckoutSaga.paymentFailed(at, "")),
                    Map.entry(PaymentVoided.class, CheckoutSaga::paymentVoided),
                    Map.entry(PaymentRefunded.class, at -> CheckoutSaga.paymentRefunded(at, "")));

    private final Scenario scenario;
    private final Cells cells;
    private final Mutant mutant;
    private final MemoryOutbox outbox = new MemoryOutbox();
    private final CheckoutSaga saga;
    private final CheckoutDeadline deadline;
    private final Ordering ordering;
    private final Shipping shipping;
    private final Returning returning;

    private State kept;
    private @Nullable Order saved;
    private List<Shipment> shipments = List.of();

    public OrderPart(Scenario scenario, Cells cells, Mutant mutant) {
        this.scenario = scenario;
        this.cells = cells;
        this.mutant = mutant;
        this.kept = initial();
        var clock = Clock.fixed(NOW, ZoneOffset.UTC);
        var late = Clock.offset(clock, Duration.ofDays(1));
        var patience = new CheckoutProperties(PATIENCE, PATIENCE, PATIENCE);
        var orders = new MemoryOrders();
        var turns = new Turns(orders, outbox, patience, new NoMeters(), clock);
        this.saga = new CheckoutSaga(turns, patience);
        this.deadline = new CheckoutDeadline(orders, turns, new NoTransaction(), late);
        this.ordering = new Ordering(orders, turns);
        this.shipping = new Shipping(orders, new MemoryShipments(), turns, clock);
        this.returning =
                new Returning(
                        orders, new NoReturns(), turns, new ReturnsProperties(PATIENCE), clock);
    }

    @Override
    public State initial() {
        return new State(Map.of(), List.of(), List.of(), Facts.NONE);
    }

    @Override
    public Reaction<State> hear(State at, List<CheckoutEvent> poll) {
        return Reaction.of(at, outbox, () -> in(remembered(at, poll.getFirst()), () -> hear(poll)));
    }

    @Override
    public Reaction<State> grant(State at, duka.system.model.Wish wish) {
        return Reaction.of(at, outbox, () -> in(at, () -> grant((Wish) wish)));
    }

    private State in(State at, Runnable action) {
        kept = at;
        saved = null;
        shipments = new ArrayList<>(at.shipments());
        action.run();
        return saved == null ? at : now(saved);
    }

    @Override
    public List<Wish> wishes(State at) {
        if (!at.exists()) {
            return List.of();
        }
        return Arrays.stream(Wish.values())
                .filter(wish -> wish.freedom == null || scenario.has(wish.freedom))
                .filter(wish -> isGranted(wish, load(at)))
                .filter(wish -> !wish.isDelivery() || isAnyOnItsWay(at.shipments()))
                .toList();
    }

    @Override
    public Set<String> table() {
        var table = new TreeSet<String>();
        for (var status : OrderStatus.values()) {
            HEARD.forEach(
                    (heard, decision) ->
                            addIfPossible(table, heard.getSimpleName(), status, List.of(decision)));
            addIfPossible(
                    table,
                    "cancelWished",
                    status,
                    List.of(at -> CheckoutSaga.cancelWished(at, CancelReason.STAFF)));
            addIfPossible(table, "deadlinePassed", status, List.of(CheckoutSaga::deadlinePassed));
            addIfPossible(table, "cameBack", status, List.of(CheckoutSaga::cameBack));
            addIfPossible(
                    table,
                    "delivered",
                    status,
                    List.of(
                            at -> CheckoutSaga.delivered(at, true),
                            at -> CheckoutSaga.delivered(at, false)));
            for (var rest : Lines.values()) {
                addIfPossible(
                        table, "shipped", status, List.of(at -> CheckoutSaga.shipped(at, rest)));
                addIfPossible(
                        table,
                        "linesCancelled",
                        status,
                        List.of(at -> CheckoutSaga.linesCancelled(at, rest, CancelReason.STAFF)));
            }
        }
        return table;
    }

    private static void addIfPossible(
            Set<String> table,
            String row,
            OrderStatus status,
            List<Function<OrderAt, Step<OrderAt>>> decisions) {
        var tries = new ArrayList<Supplier<?>>();
        var because = status == OrderStatus.CANCELLED ? CancelReason.STAFF : null;
        for (var decision : decisions) {
            for (var method : PaymentMethod.values()) {
                for (var captured : List.of(true, false)) {
                    for (var whole : List.of(true, false)) {
                        var at = new OrderAt(status, method, captured, whole, because);
                        tries.add(() -> decision.apply(at));
                    }
                }
            }
        }
        if (Cells.isPossible(tries)) {
            table.add(Cells.name("order", row, status));
        }
    }

    private void hear(List<CheckoutEvent> poll) {
        var first = poll.getFirst();
        switch (first) {
            case CartEvent _ -> saga.onCart(all(poll, CartEvent.class));
            case ReservationEvent _ -> saga.onStock(all(poll, ReservationEvent.class));
            case PaymentEvent _ -> saga.onPayments(all(poll, PaymentEvent.class));
            case OrderEvent _ -> throw new IllegalArgumentException("order does not hear itself");
        }
        if (kept.exists()) {
            reached(first.getClass().getSimpleName(), kept.facts().status());
        }
    }

    private static <E> List<E> all(List<CheckoutEvent> poll, Class<E> of) {
        return poll.stream().map(of::cast).toList();
    }

    /** As the use cases do, which are what it then goes through. */
    private boolean isGranted(Wish wish, Order order) {
        var at = order.at();
        var decision =
                switch (wish) {
                    case CANCEL_BY_CUSTOMER ->
                            asked(
                                    "cancelWished",
                                    at,
                                    CheckoutSaga.cancelWished(at, CancelReason.CUSTOMER));
                    case CANCEL_BY_STAFF ->
                            asked(
                                    "cancelWished",
                                    at,
                                    CheckoutSaga.cancelWished(at, CancelReason.STAFF));
                    case DEADLINE -> asked("deadlinePassed", at, CheckoutSaga.deadlinePassed(at));
                    case SHIP_ALL, SHIP_ONE -> {
                        var units = units(wish, order);
                        order.ship(units);
                        yield order.rest() == Lines.CANCELLED
                                ? Step.<OrderAt>stay("nothing of it can be shipped")
                                : asked("shipped", at, CheckoutSaga.shipped(at, order.rest()));
                    }
                    case CANCEL_ONE, CANCEL_REST -> {
                        order.cancel(units(wish, order));
                        yield asked(
                                "linesCancelled",
                                at,
                                CheckoutSaga.linesCancelled(at, order.rest(), CancelReason.STAFF));
                    }
                    case DELIVER_FIRST, DELIVER_LAST ->
                            asked("delivered", at, CheckoutSaga.delivered(at, false));
                    case TAKE_BACK -> asked("cameBack", at, CheckoutSaga.cameBack(at));
                };
        return switch (wish) {
            case SHIP_ALL, SHIP_ONE, CANCEL_ONE, CANCEL_REST ->
                    decision instanceof Become && order.haveLinesChanged();
            case DELIVER_FIRST, DELIVER_LAST -> !order.status().isFinal();
            case CANCEL_BY_CUSTOMER, CANCEL_BY_STAFF, DEADLINE, TAKE_BACK ->
                    decision instanceof Become;
        };
    }

    private Step<OrderAt> asked(String row, OrderAt at, Step<OrderAt> decision) {
        reached(row, at.status());
        return decision;
    }

    private void grant(Wish wish) {
        var order = load(kept);
        var id = order.id();
        switch (wish) {
            case CANCEL_BY_CUSTOMER -> ordering.cancel(id, new Viewer(order.customer(), false));
            case CANCEL_BY_STAFF -> ordering.cancelForCustomer(id);
            case DEADLINE -> deadline.sweep();
            case SHIP_ALL, SHIP_ONE ->
                    shipping.ship(id, new Parcel(units(wish, order), null, null), STAFF);
            case CANCEL_ONE, CANCEL_REST -> ordering.cancelLines(id, units(wish, order), STAFF);
            case DELIVER_FIRST -> deliver(onTheirWay(shipments).getFirst());
            case DELIVER_LAST -> deliver(onTheirWay(shipments).getLast());
            case TAKE_BACK -> returning.takeBack(id, ReturnReason.NOT_WANTED, null);
        }
    }

    private void deliver(Shipment shipment) {
        shipping.change(shipment.id(), new Report(true, null, null), STAFF);
    }

    private static boolean isAnyOnItsWay(List<Shipment> all) {
        return !onTheirWay(all).isEmpty();
    }

    private static List<Shipment> onTheirWay(List<Shipment> all) {
        return all.stream().filter(shipment -> shipment.deliveredAt() == null).toList();
    }

    /** What is shipped first is cancelled last. */
    private static List<Quantity> units(Wish wish, Order order) {
        var open = order.open();
        if (open.isEmpty()) {
            return open;
        }
        return switch (wish) {
            case SHIP_ONE -> List.of(new Quantity(open.getFirst().productId(), 1));
            case CANCEL_ONE -> List.of(new Quantity(open.getLast().productId(), 1));
            default -> open;
        };
    }

    private void reached(String row, OrderStatus at) {
        cells.reached(Cells.name("order", row, at));
    }

    /** How the order is remembered by whoever hears of it next. */
    private State remembered(State at, Object input) {
        if (mutant == Mutant.FINAL_STATES_NOT_FINAL
                && input instanceof PaymentAuthorized
                && at.facts().status() == OrderStatus.CANCELLED) {
            var row = new HashMap<>(at.row());
            row.put("status", OrderStatus.AWAITING_PAYMENT.name());
            return new State(row, at.lines(), at.shipments(), at.facts());
        }
        return at;
    }

    // How an order is kept.

    private State now(Order order) {
        var lines = order.isNew() || order.haveLinesChanged() ? order.lines() : kept.lines();
        return new State(row(order), lines, List.copyOf(shipments), facts(order));
    }

    private static Facts facts(Order order) {
        var cancelled =
                order.lines().stream()
                        .map(line -> line.unitPrice().times(line.cancelled()))
                        .mapToLong(Money::minorUnits)
                        .sum();
        return new Facts(
                order.status(),
                order.wasConfirmed(),
                order.isFinished(),
                order.deadline() != null,
                order.total().minorUnits(),
                cancelled);
    }

    /** Times are left out as far as they decide nothing, and so is the length of the timeline. */
    private static Map<String, @Nullable Object> row(Order order) {
        var row = new HashMap<String, @Nullable Object>();
        row.put("id", order.id().value());
        row.put("cart_id", order.cart());
        row.put("customer_id", order.customer().value());
        row.put("payment_method", order.paymentMethod().name());
        row.put("address", order.address().ciphertext());
        row.put(
                "payment_token",
                order.paymentToken() == null ? null : order.paymentToken().ciphertext());
        row.put("currency", order.total().currency().getCurrencyCode());
        row.put("stock", order.settlement().stock().name());
        row.put("payment", order.settlement().payment().name());
        row.put("refunded", order.settlement().refunded());
        row.put("goodwill", order.settlement().goodwill());
        row.put("units_returned", order.settlement().unitsReturned());
        row.put("status", order.status().name());
        row.put("reason", order.reason());
        row.put("created_at", NOW.atOffset(ZoneOffset.UTC));
        row.put("since", NOW.atOffset(ZoneOffset.UTC));
        row.put("updated_at", NOW.atOffset(ZoneOffset.UTC));
        row.put(
                "deadline",
                order.deadline() == null ? null : order.deadline().atOffset(ZoneOffset.UTC));
        row.put("remind_at", null);
        row.put("confirmed_at", order.wasConfirmed() ? NOW.atOffset(ZoneOffset.UTC) : null);
        row.put("reminders", 0);
        row.put("steps", 1);
        return Collections.unmodifiableMap(row);
    }

    private static Order load(State at) {
        try {
            return new Order(MemoryRow.of(at.row()), at.lines());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private final class MemoryOrders extends Orders {

        MemoryOrders() {
            super(null);
        }

        @Override
        Map<OrderId, Order> lock(Collection<OrderId> ids) {
            var locked = new LinkedHashMap<OrderId, Order>();
            if (kept.exists()) {
                var order = load(kept);
                locked.put(order.id(), order);
            }
            return locked;
        }

        @Override
        List<Order> lockDue(Instant now, int most) {
            return lock(List.of()).values().stream().filter(it -> it.isOverdue(now)).toList();
        }

        @Override
        void save(Collection<Order> orders) {
            orders.stream().filter(it -> !it.news().isEmpty()).forEach(it -> saved = it);
        }
    }

    private final class MemoryShipments extends Shipments {

        MemoryShipments() {
            super(null);
        }

        @Override
        void add(Shipment shipment) {
            var id = Ids.shipment(shipments.size());
            outbox.call(shipment.id(), id);
            shipments.add(
                    new Shipment(
                            id,
                            shipment.order(),
                            shipment.vendor(),
                            shipment.lines(),
                            null,
                            null,
                            NOW,
                            null));
        }

        @Override
        void save(Shipment shipment) {
            shipments.replaceAll(old -> old.id().equals(shipment.id()) ? shipment : old);
        }

        @Override
        Optional<Shipment> find(UUID id) {
            return shipments.stream().filter(shipment -> shipment.id().equals(id)).findFirst();
        }
    }

    /** Whoever takes something back need not have been asked. */
    private static final class NoReturns extends Returns {

        NoReturns() {
            super(null);
        }

        @Override
        void add(Return wish) {}

        @Override
        void save(Return wish) {}

        @Override
        Optional<Return> findOpen(OrderId order) {
            return Optional.empty();
        }
    }

    private static final class NoMeters extends CheckoutMeters {

        NoMeters() {
            super(new SimpleMeterRegistry());
        }

        @Override
        void decided(Order order) {}
    }

    private static final class NoTransaction extends TransactionTemplate {

        @Override
        public <T> T execute(TransactionCallback<T> action) {
            return action.doInTransaction(new SimpleTransactionStatus());
        }
    }
}
