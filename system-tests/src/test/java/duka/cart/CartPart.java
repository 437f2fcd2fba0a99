package duka.cart;

import duka.cart.CheckoutSaga.CartAt;
import duka.events.CartEvent.CartCheckedOut;
import duka.events.CheckoutEvent;
import duka.events.OrderEvent;
import duka.events.OrderEvent.OrderCancelled;
import duka.events.OrderEvent.OrderConfirmed;
import duka.events.OrderEvent.OrderRejected;
import duka.events.OrderEvent.OrderReturned;
import duka.events.PaymentMethod;
import duka.events.Sealed;
import duka.messaging.MemoryOutbox;
import duka.messaging.Step;
import duka.system.model.Cells;
import duka.system.model.Freedom;
import duka.system.model.Ids;
import duka.system.model.Participant;
import duka.system.model.Reaction;
import duka.system.model.Scenario;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Cart's part as it is, over the carts of all customers in memory. */
public final class CartPart implements Participant<CartPart.State> {

    /** A cart that nobody changes. */
    record Kept(
            UUID id,
            UUID customer,
            CartStatus status,
            @Nullable UUID orderId,
            List<CartLine> lines) {

        Cart cart() {
            return new Cart(id, new Shopper(customer, false), status, orderId, 1, lines);
        }
    }

    /**
     * What cart has in its tables.
     *
     * @param made the cart that each order was made of
     */
    public record State(List<Kept> carts, Map<UUID, UUID> made) {

        /** How many orders were confirmed by customers. */
        public int confirmed() {
            return made.size();
        }

        public boolean isWaiting() {
            return carts.stream().anyMatch(cart -> cart.status() == CartStatus.CHECKED_OUT);
        }

        /** Whether the cart of this order has become another order since. */
        public boolean hasMovedOn(UUID order) {
            var made = this.made.get(order);
            for (var cart : carts) {
                if (cart.id().equals(made)) {
                    return !order.equals(cart.orderId());
                }
            }
            return false;
        }
    }

    /** What customers do. */
    sealed interface Wish extends duka.system.model.Wish {

        record Confirm(UUID customer) implements Wish {}

        record BeginAnother(UUID customer) implements Wish {}

        /** By leaving it alone. */
        record Forget(UUID customer) implements Wish {}

        @Override
        default boolean comesByItself() {
            return false;
        }

        UUID customer();
    }

    private static final Map<Class<? extends OrderEvent>, Function<CartAt, Step<CartStatus>>> ROWS =
            Map.of(
                    OrderConfirmed.class,
                    CheckoutSaga::orderConfirmed,
                    OrderRejected.class,
                    CheckoutSaga::orderRejected,
                    OrderCancelled.class,
                    CheckoutSaga::orderCancelled,
                    OrderReturned.class,
                    CheckoutSaga::orderReturned);

    private final Scenario scenario;
    private final Cells cells;
    private final MemoryOutbox outbox = new MemoryOutbox();
    private final CheckoutSaga saga;

    private final Map<UUID, Cart> carts = new TreeMap<>();
    private Map<UUID, UUID> made = Map.of();

    public CartPart(Scenario scenario, Cells cells) {
        this.scenario = scenario;
        this.cells = cells;
        var clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
        this.saga = new CheckoutSaga(new Batches(new MemoryCarts(), new NoCheckouts(), clock));
    }

    @Override
    public State initial() {
        carts.clear();
        made = Map.of();
        IntStream.range(0, scenario.customers()).mapToObj(Ids::customer).forEach(this::begin);
        return now();
    }

    @Override
    public Reaction<State> hear(State at, List<CheckoutEvent> poll) {
        return Reaction.of(at, outbox, () -> in(at, () -> hear(poll)));
    }

    @Override
    public Reaction<State> grant(State at, duka.system.model.Wish wish) {
        return Reaction.of(at, outbox, () -> in(at, () -> grant((Wish) wish)));
    }

    private State in(State at, Runnable action) {
        carts.clear();
        at.carts().forEach(kept -> carts.put(kept.id(), kept.cart()));
        made = new HashMap<>(at.made());
        action.run();
        return now();
    }

    private void grant(Wish wish) {
        switch (wish) {
            case Wish.Confirm _ -> confirm(wish.customer());
            case Wish.BeginAnother _ -> begin(wish.customer());
            case Wish.Forget _ -> open(wish.customer()).become(CartStatus.EXPIRED);
        }
    }

    @Override
    public List<Wish> wishes(State at) {
        var wishes = new ArrayList<Wish>();
        IntStream.range(0, scenario.customers())
                .mapToObj(Ids::customer)
                .forEach(customer -> add(wishes, at, customer));
        return wishes;
    }

    @Override
    public Set<String> table() {
        var table = new TreeSet<String>();
        ROWS.forEach(
                (heard, decision) -> {
                    for (var status : CartStatus.values()) {
                        for (var another : List.of(true, false)) {
                            for (var its : List.of(true, false)) {
                                var at = new CartAt(status, its, another);
                                if (Cells.isPossible(List.of(() -> decision.apply(at)))) {
                                    table.add(cell(heard, at));
                                }
                            }
                        }
                    }
                });
        return table;
    }

    private void add(List<Wish> wishes, State at, UUID customer) {
        var mine = at.carts().stream().filter(cart -> cart.customer().equals(customer)).toList();
        var open = mine.stream().filter(cart -> cart.status() == CartStatus.OPEN).findFirst();
        if (open.isPresent()) {
            var isBack = open.get().orderId() != null;
            if (at.confirmed() < scenario.orders()
                    && (!isBack || scenario.has(Freedom.CONFIRMS_AGAIN))) {
                wishes.add(new Wish.Confirm(customer));
            }
            if (isBack && scenario.has(Freedom.CART_EXPIRES)) {
                wishes.add(new Wish.Forget(customer));
            }
        } else if (mine.size() == 1 && scenario.has(Freedom.ANOTHER_CART)) {
            wishes.add(new Wish.BeginAnother(customer));
        }
    }

    private void begin(UUID customer) {
        var id = Ids.cart(Ids.number(customer) * 10 + carts.size());
        var lines =
                IntStream.range(0, scenario.quantities().size())
                        .mapToObj(n -> line(id, n, scenario.quantities().get(n)))
                        .toList();
        carts.put(id, new Kept(id, customer, CartStatus.OPEN, null, lines).cart());
    }

    private static CartLine line(UUID cart, int number, int quantity) {
        var id = Ids.product(number);
        var price = Scenario.price(number);
        var product = new Product(id, 1, "a-product", "a product", price, true, null, 0);
        return CartLine.of(Ids.line(cart, id), product, quantity);
    }

    /** The customer takes the cart as it is, whatever has become of it. */
    private void confirm(UUID customer) {
        var cart = open(customer);
        if (cart.hasUnacknowledgedChanges()) {
            cart.acceptChanges();
        }
        if (!cart.isEmpty()) {
            var order = Ids.order(made.size());
            cart.checkOut(order);
            made.put(order, cart.id());
            outbox.addAll(
                    List.of(
                            new CartCheckedOut(
                                    order,
                                    cart.id(),
                                    customer,
                                    cart.ordered(),
                                    Scenario.CURRENCY,
                                    scenario.method(),
                                    hasToken() ? new Sealed("token") : null,
                                    new Sealed("address"))));
        }
    }

    private boolean hasToken() {
        return scenario.method() == PaymentMethod.CARD && scenario.withToken();
    }

    private void hear(List<CheckoutEvent> poll) {
        var event = poll.getFirst();
        var cart = carts.get(made.get(event.orderId()));
        var at =
                new CartAt(
                        cart.status(),
                        event.orderId().equals(cart.orderId()),
                        carts.values().stream()
                                .filter(this::isOpen)
                                .anyMatch(open -> open.customerId().equals(cart.customerId())));
        saga.onOrders(poll.stream().map(OrderEvent.ForCart.class::cast).toList());
        if (ROWS.containsKey(event.getClass())) {
            cells.reached(cell(event.getClass(), at));
        }
    }

    private boolean isOpen(Cart cart) {
        return cart.status() == CartStatus.OPEN;
    }

    private Cart open(UUID customer) {
        return carts.values().stream()
                .filter(cart -> cart.customerId().equals(customer) && isOpen(cart))
                .findFirst()
                .orElseThrow();
    }

    /** Whether the customer has another cart only matters while this one may come back. */
    private static String cell(Class<?> heard, CartAt at) {
        var column =
                !at.itsOrder()
                        ? "another order's"
                        : at.status() == CartStatus.CHECKED_OUT
                                        && at.anotherOpen()
                                        && !heard.equals(OrderConfirmed.class)
                                ? "CHECKED_OUT, another open"
                                : at.status();
        return Cells.name("cart", heard.getSimpleName(), column);
    }

    private State now() {
        return new State(carts.values().stream().map(CartPart::kept).toList(), Map.copyOf(made));
    }

    private static Kept kept(Cart cart) {
        var lines =
                cart.lines().stream()
                        .map(line -> line.moved(Ids.line(cart.id(), line.product().id())))
                        .toList();
        return new Kept(cart.id(), cart.customerId(), cart.status(), cart.orderId(), lines);
    }

    private final class MemoryCarts extends Carts {

        MemoryCarts() {
            super(null, Clock.systemUTC());
        }

        @Override
        void lockWaiting(Set<UUID> orderIds) {}

        @Override
        Map<UUID, Cart> byOrder(Set<UUID> orderIds) {
            var found = new HashMap<UUID, Cart>();
            for (var order : orderIds) {
                if (made.containsKey(order)) {
                    found.put(order, carts.get(made.get(order)));
                }
            }
            return found;
        }

        @Override
        Map<UUID, Cart> lockOpen(Set<UUID> customerIds) {
            var found = new HashMap<UUID, Cart>();
            for (var cart : carts.values()) {
                if (customerIds.contains(cart.customerId()) && isOpen(cart)) {
                    found.put(cart.customerId(), cart);
                }
            }
            return found;
        }

        @Override
        void write(Collection<Cart> changed) {
            changed.forEach(cart -> carts.put(cart.id(), cart));
        }
    }

    private static final class NoCheckouts extends Checkouts {

        NoCheckouts() {
            super(null, Clock.systemUTC());
        }

        @Override
        void decide(Map<UUID, Ending> endings) {}
    }
}
