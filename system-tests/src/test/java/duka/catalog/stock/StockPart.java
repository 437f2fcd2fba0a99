package duka.catalog.stock;

import duka.events.CheckoutEvent;
import duka.events.Money;
import duka.events.OrderEvent;
import duka.events.OrderEvent.OrderCancelled;
import duka.events.OrderEvent.OrderConfirmed;
import duka.events.OrderEvent.OrderLinesCancelled;
import duka.events.OrderEvent.OrderPlaced;
import duka.events.OrderEvent.OrderReturned;
import duka.events.Quantity;
import duka.messaging.MemoryOutbox;
import duka.messaging.Step;
import duka.system.model.Cells;
import duka.system.model.Freedom;
import duka.system.model.Ids;
import duka.system.model.Mutant;
import duka.system.model.Participant;
import duka.system.model.Reaction;
import duka.system.model.Scenario;
import duka.system.model.Wish;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Catalog's part as it is, over stock and reservations in memory. */
public final class StockPart implements Participant<StockPart.State> {

    /**
     * What catalog has in its tables.
     *
     * @param moved by product, all movements taken together
     */
    public record State(
            Map<UUID, Stock> stock,
            Map<UUID, Reservation> reservations,
            Map<UUID, Money> prices,
            Map<UUID, Integer> moved) {

        public boolean hasReservation(UUID order) {
            return reservations.containsKey(order);
        }

        /** The name of its status; empty if there is no reservation. */
        public String status(UUID order) {
            var of = reservations.get(order);
            return of == null ? "" : of.status().name();
        }

        public boolean isHeld(UUID order) {
            return status(order).equals("HELD");
        }

        /** What catalog agreed to sell a product to an order for. */
        public @Nullable Money price(UUID order, UUID product) {
            var of = reservations.get(order);
            if (of != null) {
                for (var line : of.lines()) {
                    if (line.productId().equals(product)) {
                        return line.unitPrice();
                    }
                }
            }
            return null;
        }

        public int onHand(UUID product) {
            return stock.get(product).onHand();
        }

        public int reserved(UUID product) {
            return stock.get(product).reserved();
        }

        /** Of all reservations taken together. */
        public int held(UUID product) {
            return sum(product, Reservation::reserves);
        }

        public int taken(UUID product) {
            return sum(product, Reservation::takes);
        }

        private int sum(UUID product, Units units) {
            return reservations.values().stream()
                    .flatMapToInt(
                            of ->
                                    of.lines().stream()
                                            .filter(line -> line.productId().equals(product))
                                            .mapToInt(line -> units.of(of, line)))
                    .sum();
        }

        private interface Units {
            int of(Reservation reservation, Reservation.Line line);
        }
    }

    /** What staff of the catalog may do. */
    enum Staff implements Wish {
        REPRICE;

        @Override
        public boolean comesByItself() {
            return false;
        }
    }

    private static final Map<
                    Class<? extends OrderEvent>, Function<@Nullable Reservation, Step<Reservation>>>
            ROWS =
                    Map.of(
                            OrderPlaced.class,
                            at -> CheckoutSaga.orderPlaced(at, placed(), List.of()),
                            OrderConfirmed.class,
                            CheckoutSaga::orderConfirmed,
                            OrderCancelled.class,
                            CheckoutSaga::orderCancelled,
                            OrderLinesCancelled.class,
                            at ->
                                    CheckoutSaga.orderLinesCancelled(
                                            at, List.of(new Quantity(Ids.product(0), 1))),
                            OrderReturned.class,
                            CheckoutSaga::orderReturned);

    private final Scenario scenario;
    private final Cells cells;
    private final Mutant mutant;
    private final MemoryOutbox outbox = new MemoryOutbox();
    private final CheckoutSaga saga;

    private Map<UUID, Stock> stock = Map.of();
    private Map<UUID, Reservation> reservations = Map.of();
    private Map<UUID, Money> prices = Map.of();
    private Map<UUID, Integer> moved = Map.of();

    public StockPart(Scenario scenario, Cells cells, Mutant mutant) {
        this.scenario = scenario;
        this.cells = cells;
        this.mutant = mutant;
        var clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
        var stockroom =
                new Stockroom(
                        new MemoryReservations(), new MemoryStocks(), new MemoryMovements(), clock);
        this.saga = new CheckoutSaga(stockroom, outbox, clock);
    }

    @Override
    public State initial() {
        var all = new HashMap<UUID, Stock>();
        var price = new HashMap<UUID, Money>();
        IntStream.range(0, scenario.quantities().size())
                .forEach(
                        n -> {
                            var id = Ids.product(n);
                            all.put(id, new Stock(id, scenario.supply(), 0, 0));
                            price.put(id, Scenario.price(n));
                        });
        return new State(Map.copyOf(all), Map.of(), Map.copyOf(price), Map.of());
    }

    @Override
    public Reaction<State> hear(State at, List<CheckoutEvent> poll) {
        return Reaction.of(at, outbox, () -> in(at, () -> hear(poll, at)));
    }

    @Override
    public Reaction<State> grant(State at, Wish reprice) {
        return Reaction.of(
                at,
                outbox,
                () ->
                        in(
                                at,
                                () ->
                                        prices.computeIfPresent(
                                                Ids.product(0), (_, it) -> it.times(2))));
    }

    @Override
    public List<Staff> wishes(State at) {
        return scenario.has(Freedom.PRICE_MOVES) && at.prices().equals(initial().prices())
                ? List.of(Staff.REPRICE)
                : List.of();
    }

    @Override
    public Set<String> table() {
        var table = new TreeSet<String>();
        ROWS.forEach(
                (heard, decision) -> {
                    if (Cells.isPossible(List.of(() -> decision.apply(null)))) {
                        table.add(cell(heard, null));
                    }
                    for (var status : ReservationStatus.values()) {
                        var at =
                                new Reservation(
                                        Ids.order(0), status, Reservation.held(placed()).lines());
                        if (Cells.isPossible(List.of(() -> decision.apply(at)))) {
                            table.add(cell(heard, at));
                        }
                    }
                });
        return table;
    }

    private State in(State at, Runnable action) {
        stock = new LinkedHashMap<>(at.stock());
        reservations = new LinkedHashMap<>(at.reservations());
        prices = new HashMap<>(at.prices());
        moved = new HashMap<>(at.moved());
        action.run();
        return new State(
                Map.copyOf(stock), Map.copyOf(reservations), Map.copyOf(prices), Map.copyOf(moved));
    }

    private void hear(List<CheckoutEvent> poll, State at) {
        var first = poll.getFirst();
        saga.onOrders(poll.stream().map(OrderEvent.ForStock.class::cast).toList());
        var before = at.reservations().get(first.orderId());
        if (ROWS.containsKey(first.getClass())) {
            cells.reached(cell(first.getClass(), before));
        }
        if (mutant == Mutant.STOCK_RELEASED_TWICE && at.isHeld(first.orderId())) {
            releaseAgain(first, before);
        }
    }

    private void releaseAgain(CheckoutEvent event, Reservation was) {
        if (event instanceof OrderCancelled) {
            for (var line : was.lines()) {
                stock.computeIfPresent(
                        line.productId(),
                        (_, it) -> it.plus(0, -Math.min(it.reserved(), line.quantity())));
            }
        }
    }

    private static String cell(Class<?> heard, @Nullable Reservation at) {
        return Cells.name("catalog", heard.getSimpleName(), at == null ? "nothing" : at.status());
    }

    private static OrderPlaced placed() {
        var line = new OrderEvent.Line(Ids.product(0), 2, Scenario.price(0));
        return new OrderPlaced(
                Ids.order(0), Ids.customer(0), List.of(line), line.unitPrice().times(2));
    }

    private final class MemoryStocks extends Stocks {

        MemoryStocks() {
            super(null);
        }

        @Override
        Map<UUID, Stock> lock(Collection<UUID> products) {
            var locked = new HashMap<>(stock);
            locked.keySet().retainAll(products);
            return locked;
        }

        @Override
        Map<UUID, Offer> offers(Collection<UUID> products) {
            var offers = new HashMap<UUID, Offer>();
            for (var id : products) {
                var vendor = id.equals(Ids.product(0)) ? Ids.VENDOR : null;
                offers.put(id, new Offer(id, "a product", vendor, prices.get(id), true));
            }
            return offers;
        }

        @Override
        void change(Collection<Stock> changed) {
            changed.forEach(now -> stock.put(now.productId(), now));
        }
    }

    private final class MemoryReservations extends Reservations {

        MemoryReservations() {
            super(null);
        }

        @Override
        Map<UUID, Reservation> find(Collection<UUID> orders) {
            var found = new HashMap<>(reservations);
            found.keySet().retainAll(orders);
            return found;
        }

        @Override
        void add(Collection<Reservation> asked, Instant now) {
            for (var each : asked) {
                if (reservations.putIfAbsent(each.orderId(), each) != null) {
                    throw new IllegalStateException("reserved twice: " + each.orderId());
                }
            }
        }

        @Override
        void change(Collection<Reservation> changed, Instant now) {
            changed.forEach(each -> reservations.put(each.orderId(), each));
        }
    }

    private final class MemoryMovements extends Movements {

        MemoryMovements() {
            super(null);
        }

        @Override
        void addAll(Collection<Movement> movements) {
            movements.forEach(each -> moved.merge(each.productId(), each.quantity(), Integer::sum));
        }
    }
}
