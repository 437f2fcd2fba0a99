package duka.cart;

import static java.util.stream.Collectors.toMap;

import duka.events.CartEvent;
import duka.events.Money;
import duka.events.Refusal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What one customer is about to buy. It is OPEN until confirmed, then waits as CHECKED_OUT for its
 * order, whose confirmation makes it CLOSED. An order that comes to nothing gives it back: OPEN
 * again, or MERGED into the cart that the customer has begun since.
 */
public final class Cart {

    static final int MOST_LINES = 100;

    private final UUID id;
    private final UUID customerId;
    private final List<CartLine> lines;
    private CartStatus status;
    private @Nullable UUID orderId;
    private long version;
    private boolean linesChanged;

    Cart(
            UUID id,
            UUID customerId,
            CartStatus status,
            @Nullable UUID orderId,
            long version,
            List<CartLine> lines) {
        this.id = id;
        this.customerId = customerId;
        this.status = status;
        this.orderId = orderId;
        this.version = version;
        this.lines = new ArrayList<>(lines);
    }

    static Cart open(UUID id, UUID customerId) {
        return new Cart(id, customerId, CartStatus.OPEN, null, 0, List.of());
    }

    /** Adds to the product's line if it has one. */
    CartLine add(UUID lineId, Product product, int quantity) {
        var line = lineOf(product.id());
        if (line.isPresent()) {
            return replace(line.get(), line.get().plus(quantity));
        }
        if (isFull()) {
            throw new IllegalStateException("cart %s is full".formatted(id));
        }
        var added = CartLine.of(lineId, product, quantity);
        changing().add(added);
        return added;
    }

    CartLine change(CartLine line, int quantity) {
        return replace(line, line.acknowledged(quantity));
    }

    void remove(CartLine line) {
        changing().remove(line);
    }

    void empty() {
        changing().clear();
    }

    /** Takes the cart as it is shown now: at today's prices, without what cannot be had. */
    void acceptChanges() {
        var accepted = lines.stream().map(CartLine::accepted).flatMap(Optional::stream).toList();
        changing().clear();
        lines.addAll(accepted);
    }

    void checkOut(UUID orderId) {
        if (lines.isEmpty() || hasUnacknowledgedChanges()) {
            throw new IllegalStateException("cart %s cannot be checked out as it is".formatted(id));
        }
        if (lines.stream().anyMatch(line -> line.mark() != null)) {
            changing().replaceAll(line -> line.acknowledged(line.quantity()));
        }
        become(CartStatus.CHECKED_OUT);
        this.orderId = orderId;
    }

    /** Only {@link CheckoutSaga} and {@link CheckingOut} decide when. */
    void become(CartStatus next) {
        if (status == CartStatus.CLOSED || status == CartStatus.MERGED) {
            throw new IllegalStateException(
                    "cart %s is %s for good, it cannot become %s".formatted(id, status, next));
        }
        this.status = next;
    }

    /** Shows the customer why its order came to nothing. */
    void mark(Mark.Why why, List<Refusal> refusals) {
        var refused =
                refusals.stream().collect(toMap(Refusal::productId, it -> it, (first, _) -> first));
        changing()
                .replaceAll(
                        line -> {
                            var refusal = refused.get(line.product().id());
                            return refusal == null
                                    ? line.marked(Mark.unchanged(why))
                                    : line.refused(refusal);
                        });
    }

    /** The customer did not put these lines into this cart, and so has to agree to them. */
    void takeIn(Cart merged, Supplier<UUID> lineIds) {
        for (var line : merged.lines) {
            var mark = Objects.requireNonNull(line.mark()).unacknowledged();
            lineOf(line.product().id())
                    .ifPresentOrElse(
                            mine -> {
                                var room = CartLine.MOST_OF_ONE - mine.quantity();
                                replace(
                                        mine,
                                        mine.plus(Math.min(line.quantity(), room)).marked(mark));
                            },
                            () -> changing().add(line.moved(lineIds.get()).marked(mark)));
        }
    }

    public UUID id() {
        return id;
    }

    public UUID customerId() {
        return customerId;
    }

    public CartStatus status() {
        return status;
    }

    /** The order that the last confirmation asked for. */
    public @Nullable UUID orderId() {
        return orderId;
    }

    public List<CartLine> lines() {
        return List.copyOf(lines);
    }

    public Optional<CartLine> line(UUID lineId) {
        return lines.stream().filter(line -> line.id().equals(lineId)).findFirst();
    }

    public Money total(Currency currency) {
        return lines.stream().map(CartLine::total).reduce(Money.zero(currency), Money::plus);
    }

    public boolean isEmpty() {
        return lines.isEmpty();
    }

    public boolean hasUnacknowledgedChanges() {
        return !lines.stream().allMatch(CartLine::isAcknowledged);
    }

    /**
     * Differs whenever what the customer sees differs: after changes of the cart, and after those
     * of its products.
     */
    public long seenAs() {
        var news = lines.stream().filter(line -> !line.isAcknowledged()).toList();
        return news.isEmpty()
                ? version
                : version << 32
                        ^ Integer.toUnsignedLong(
                                news.stream()
                                        .map(
                                                line ->
                                                        List.of(
                                                                line.id(),
                                                                line.changes(),
                                                                line.total()))
                                        .toList()
                                        .toString()
                                        .hashCode());
    }

    boolean isFull() {
        return lines.size() >= MOST_LINES;
    }

    int quantityOf(UUID productId) {
        return lineOf(productId).map(CartLine::quantity).orElse(0);
    }

    boolean linesChanged() {
        return linesChanged;
    }

    long version() {
        return version;
    }

    void written() {
        version++;
        linesChanged = false;
    }

    List<CartEvent.Line> ordered() {
        return lines.stream()
                .map(
                        line ->
                                new CartEvent.Line(
                                        line.product().id(), line.quantity(), line.seenPrice()))
                .toList();
    }

    private Optional<CartLine> lineOf(UUID productId) {
        return lines.stream().filter(line -> line.product().id().equals(productId)).findFirst();
    }

    private CartLine replace(CartLine old, CartLine now) {
        changing().set(lines.indexOf(old), now);
        return now;
    }

    private List<CartLine> changing() {
        if (status == CartStatus.CLOSED) {
            throw new IllegalStateException("cart %s is CLOSED for good".formatted(id));
        }
        linesChanged = true;
        return lines;
    }
}
