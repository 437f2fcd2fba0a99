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
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What one customer is about to buy. It is OPEN until confirmed, then waits as CHECKED_OUT for its
 * order, whose confirmation makes it CLOSED. An order that comes to nothing gives it back: OPEN
 * again, or MERGED into the cart that the customer has begun since. One that is forgotten is
 * EXPIRED. A guest's is MERGED into the customer's that the guest turns out to be.
 */
public final class Cart {

    static final int MOST_LINES = 100;
    static final int MOST_OF_A_GUEST = 30;

    private final UUID id;
    private final Shopper shopper;
    private final List<CartLine> lines;
    private List<CartLine> linesWritten;
    private CartStatus status;
    private @Nullable UUID orderId;
    private long version;

    Cart(
            UUID id,
            Shopper shopper,
            CartStatus status,
            @Nullable UUID orderId,
            long version,
            List<CartLine> lines) {
        this.id = id;
        this.shopper = shopper;
        this.status = status;
        this.orderId = orderId;
        this.version = version;
        this.lines = new ArrayList<>(lines);
        this.linesWritten = List.copyOf(lines);
    }

    static Cart open(UUID id, Shopper shopper) {
        return new Cart(id, shopper, CartStatus.OPEN, null, 0, List.of());
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
        if (status.isFinal()) {
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
            takeIn(line, lineIds, taken -> taken.marked(mark));
        }
    }

    /** What the customer collected before signing in, as far as there is room for it. */
    void takeOver(Cart guests, Supplier<UUID> lineIds) {
        for (var line : guests.lines) {
            if (!isFull() || quantityOf(line.product().id()) > 0) {
                takeIn(line, lineIds, UnaryOperator.identity());
            }
        }
    }

    private void takeIn(CartLine line, Supplier<UUID> lineIds, UnaryOperator<CartLine> marking) {
        lineOf(line.product().id())
                .ifPresentOrElse(
                        mine -> {
                            var room = CartLine.MOST_OF_ONE - mine.quantity();
                            var more = Math.min(line.quantity(), room);
                            replace(mine, marking.apply(mine.plus(more)));
                        },
                        () -> changing().add(marking.apply(line.moved(lineIds.get()))));
    }

    /** As it was when it was last its shopper's, whatever has become of the products since. */
    Cart settled() {
        return status == CartStatus.OPEN
                ? this
                : new Cart(
                        id,
                        shopper,
                        status,
                        orderId,
                        version,
                        lines.stream().map(CartLine::settled).toList());
    }

    public UUID id() {
        return id;
    }

    public UUID customerId() {
        return shopper.id();
    }

    boolean isGuests() {
        return shopper.isGuest();
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
     * of its products. That one is sold out counts, too: who would change or confirm the cart as it
     * was before that looks at it again first.
     */
    public long seenAs() {
        var products =
                lines.stream()
                        .map(CartLine::product)
                        .map(product -> product.revision() + " " + product.level())
                        .toList();
        // Of its text: the hash of an enum is another one in each replica.
        return version << 32 ^ Integer.toUnsignedLong(products.toString().hashCode());
    }

    boolean isFull() {
        return lines.size() >= mostLines();
    }

    int mostLines() {
        return isGuests() ? MOST_OF_A_GUEST : MOST_LINES;
    }

    int quantityOf(UUID productId) {
        return lineOf(productId).map(CartLine::quantity).orElse(0);
    }

    /** Not yet in the database. */
    boolean isNew() {
        return version == 0;
    }

    long version() {
        return version;
    }

    /** A line that is not the very one that was read, or written last, is another. */
    List<CartLine> linesToWrite() {
        return lines.stream().filter(line -> isMissing(line, linesWritten)).toList();
    }

    List<UUID> linesToDelete() {
        return linesWritten.stream().map(CartLine::id).filter(id -> line(id).isEmpty()).toList();
    }

    boolean linesHaveChanged() {
        return !lines.equals(linesWritten);
    }

    void written() {
        version++;
        linesWritten = List.copyOf(lines);
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
        if (status.isFinal()) {
            throw new IllegalStateException("cart %s is %s for good".formatted(id, status));
        }
        return lines;
    }

    private static boolean isMissing(CartLine line, List<CartLine> lines) {
        return lines.stream().noneMatch(other -> other == line);
    }
}
