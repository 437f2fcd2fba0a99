package duka.order;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import duka.events.CartEvent.CartCheckedOut;
import duka.events.Money;
import duka.events.OrderEvent.CancelReason;
import duka.events.OrderEvent.VendorShare;
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
import duka.events.Refusal;
import duka.events.ReservationEvent;
import duka.events.ReservationEvent.StockRejected;
import duka.events.ReservationEvent.StockReleased;
import duka.events.ReservationEvent.StockReserved;
import duka.events.ReservationEvent.StockReturned;
import duka.events.ReservationEvent.StockTaken;
import duka.events.Sealed;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Currency;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What one customer has bought, at the prices of that moment, and how far it has come. It is
 * placed, then confirmed once stock and payment agree, or rejected or cancelled; a confirmed order
 * is shipped and delivered, and may come back.
 */
public final class Order {

    /** What catalog last said of its stock. */
    enum Stock {
        ASKED,
        REFUSED,
        HELD,
        TAKEN,
        RELEASED
    }

    /** What payment last said of its money; ENDED when none is held and none will be taken. */
    enum Payment {
        NONE,
        ASKED,
        AUTHORIZED,
        CAPTURED,
        ENDED
    }

    /** OPEN while some line can still be shipped; CANCELLED when none will ever be. */
    enum Lines {
        OPEN,
        SHIPPED,
        CANCELLED
    }

    private final OrderId id;
    private final UUID cart;
    private final CustomerId customer;
    private final PaymentMethod method;
    private final Currency currency;
    private final Sealed address;
    private final Instant createdAt;
    private @Nullable Sealed paymentToken;

    private List<OrderLine> lines;
    private OrderStatus status;
    private @Nullable String reason;
    private Instant since;
    private @Nullable Instant deadline;
    private @Nullable Instant confirmedAt;
    private Instant updatedAt;

    private Stock stock;
    private Payment payment;
    private long refunded;
    private int unitsReturned;

    private int steps;
    private final List<TimelineEntry> news = new ArrayList<>();
    private boolean linesChanged;
    private List<Refusal> refusals = List.of();

    /** As the customer confirmed it. */
    Order(CartCheckedOut cart, Instant now) {
        this.id = new OrderId(cart.orderId());
        this.cart = cart.cartId();
        this.customer = new CustomerId(cart.customerId());
        this.method = cart.paymentMethod();
        this.currency = cart.currency();
        this.address = cart.address();
        this.paymentToken = cart.paymentToken();
        this.lines =
                cart.lines().stream()
                        .map(l -> new OrderLine(l.productId(), l.quantity(), l.unitPrice()))
                        .toList();
        this.status = OrderStatus.PLACED;
        this.stock = Stock.ASKED;
        this.payment = Payment.NONE;
        this.createdAt = now;
        this.since = now;
        this.updatedAt = now;
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("order %s has no lines".formatted(id));
        }
        var products = new HashSet<UUID>();
        for (var line : lines) {
            if (!products.add(line.productId())) {
                throw new IllegalArgumentException(
                        "order %s names product %s twice".formatted(id, line.productId()));
            }
        }
        total(); // fails if the lines are not all in the order's currency, or overflow
    }

    /** As it was stored. */
    Order(ResultSet row, List<OrderLine> lines) throws SQLException {
        this.id = new OrderId(row.getObject("id", UUID.class));
        this.cart = row.getObject("cart_id", UUID.class);
        this.customer = new CustomerId(row.getObject("customer_id", UUID.class));
        this.method = PaymentMethod.valueOf(row.getString("payment_method"));
        this.currency = Currency.getInstance(row.getString("currency"));
        this.address = new Sealed(row.getString("address"));
        var token = row.getString("payment_token");
        this.paymentToken = token == null ? null : new Sealed(token);
        this.lines = lines;
        this.status = OrderStatus.valueOf(row.getString("status"));
        this.reason = row.getString("reason");
        this.stock = Stock.valueOf(row.getString("stock"));
        this.payment = Payment.valueOf(row.getString("payment"));
        this.refunded = row.getLong("refunded");
        this.unitsReturned = row.getInt("units_returned");
        this.createdAt = row.getObject("created_at", OffsetDateTime.class).toInstant();
        this.since = row.getObject("since", OffsetDateTime.class).toInstant();
        this.updatedAt = row.getObject("updated_at", OffsetDateTime.class).toInstant();
        this.deadline = instant(row, "deadline");
        this.confirmedAt = instant(row, "confirmed_at");
        this.steps = row.getInt("steps");
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }

    // How it changes. Only CheckoutSaga decides when.

    OrderAt at() {
        var whole = lines.stream().allMatch(line -> line.open() == line.quantity());
        return new OrderAt(status, method, isCaptured(), whole, cancelReason());
    }

    /** Keeps what catalog told, whatever it leads to. */
    void note(ReservationEvent heard) {
        switch (heard) {
            case StockReserved reserved -> {
                stock = Stock.HELD;
                reserve(reserved.lines());
            }
            case StockRejected rejected -> {
                stock = Stock.REFUSED;
                refuse(rejected.refused());
            }
            case StockTaken _ -> stock = Stock.TAKEN;
            case StockReleased _ -> stock = Stock.RELEASED;
            case StockReturned returned -> unitsReturned += units(returned.lines());
        }
    }

    /** Keeps what payment told, whatever it leads to. */
    void note(PaymentEvent heard) {
        switch (heard) {
            case PaymentActionRequired _ -> {}
            case PaymentAuthorized authorized -> {
                if (!authorized.amount().equals(total())) {
                    throw new IllegalArgumentException(
                            "order %s costs %s, authorized is %s"
                                    .formatted(id, total(), authorized.amount()));
                }
                payment = Payment.AUTHORIZED;
            }
            case PaymentCaptured _ -> payment = Payment.CAPTURED;
            case PaymentRefunded refund -> refunded += refund.amount().minorUnits();
            case PaymentDeclined _, PaymentVoided _ -> payment = Payment.ENDED;
            // The authorization that could not be captured will still be voided.
            case PaymentFailed _ -> {}
        }
    }

    void become(OrderAt next, String heard, @Nullable String note, Instant now) {
        if (status == OrderStatus.REJECTED
                || status == OrderStatus.RETURNED
                || status == OrderStatus.CANCELLED) {
            throw new IllegalStateException(
                    "order %s is %s for good, it cannot become %s"
                            .formatted(id, status, next.status()));
        }
        var before = status;
        status = next.status();
        if (before != status) {
            since = now;
        }
        if (status == OrderStatus.AWAITING_PAYMENT) {
            payment = Payment.ASKED;
        }
        if (status == OrderStatus.CONFIRMED && confirmedAt == null) {
            confirmedAt = now;
        }
        if (!status.isUndecided()) {
            deadline = null;
            paymentToken = null;
        }
        if (status == OrderStatus.CANCELLED) {
            reason = String.valueOf(next.because());
        } else if (status == OrderStatus.REJECTED) {
            reason = note;
        }
        enter(heard, before, note, now);
        if (!at().equals(next)) {
            throw new IllegalStateException(
                    "order %s was to be %s and is %s".formatted(id, next, at()));
        }
    }

    void stay(String heard, String why, Instant now) {
        enter(heard, status, why, now);
    }

    void begin(Instant now, Instant until) {
        deadline = until;
        enter("CartCheckedOut", null, null, now);
    }

    /** Once it has been passed on to payment, nobody needs it any more. */
    @Nullable Sealed handOverPaymentToken() {
        var token = paymentToken;
        paymentToken = null;
        return token;
    }

    void waitUntil(Instant until) {
        if (status.isUndecided()) {
            deadline = until;
        }
    }

    void ship(List<Quantity> shipped) {
        move(shipped, "shipped", (line, units) -> line.moved(units, 0, 0));
    }

    void deliver(List<Quantity> delivered) {
        move(delivered, "delivered", (line, units) -> line.moved(0, units, 0));
    }

    /** What the customer gets back for these lines. */
    Money cancel(List<Quantity> cancelled) {
        var before = cancelledAmount();
        move(cancelled, "cancelled", (line, units) -> line.moved(0, 0, units));
        return cancelledAmount().minus(before);
    }

    private interface Movement {
        OrderLine of(OrderLine line, int units);
    }

    private void move(List<Quantity> quantities, String how, Movement movement) {
        var units = new HashMap<UUID, Integer>();
        for (var quantity : quantities) {
            if (quantity.quantity() < 1
                    || units.put(quantity.productId(), quantity.quantity()) != null) {
                throw new IllegalArgumentException(
                        "%s cannot be %s like this".formatted(quantities, how));
            }
        }
        change(
                line -> {
                    var of = units.remove(line.productId());
                    return of == null ? line : movement.of(line, of);
                });
        if (!units.isEmpty()) {
            throw new IllegalArgumentException(
                    "order %s has no line of %s".formatted(id, units.keySet()));
        }
    }

    private void reserve(List<ReservationEvent.Line> reserved) {
        var byProduct =
                reserved.stream().collect(toMap(ReservationEvent.Line::productId, line -> line));
        var asked = bought();
        var given =
                reserved.stream()
                        .map(line -> new Quantity(line.productId(), line.quantity()))
                        .collect(toSet());
        if (!asked.equals(given)) {
            throw new IllegalArgumentException(
                    "order %s asked for %s, reserved is %s".formatted(id, asked, given));
        }
        change(line -> line.reserved(byProduct.get(line.productId())));
    }

    private void refuse(List<Refusal> refused) {
        refusals = refused;
        var why = refused.stream().collect(toMap(Refusal::productId, Refusal::why, (a, _) -> a));
        change(
                line -> {
                    var reason = why.get(line.productId());
                    return reason == null ? line : line.refused(reason);
                });
    }

    private void change(UnaryOperator<OrderLine> change) {
        lines = lines.stream().map(change).toList();
        linesChanged = true;
    }

    private void enter(
            String heard, @Nullable OrderStatus from, @Nullable String note, Instant now) {
        updatedAt = now;
        news.add(new TimelineEntry(++steps, now, heard, from, status, note));
    }

    // What it waits for.

    /** Empty when its checkout, or the undoing of it, is finished. */
    public Set<Awaited> waitsFor() {
        var awaited = EnumSet.noneOf(Awaited.class);
        switch (status) {
            case PLACED -> awaited.add(Awaited.STOCK);
            case AWAITING_PAYMENT -> awaited.add(Awaited.PAYMENT);
            case REJECTED -> {}
            case CONFIRMED, PARTLY_SHIPPED, SHIPPED, DELIVERED -> {
                if (stock != Stock.TAKEN) {
                    awaited.add(Awaited.STOCK_TAKEN);
                }
                var cashIsDue = status == OrderStatus.DELIVERED;
                if (!isCaptured() && (method != PaymentMethod.CASH_ON_DELIVERY || cashIsDue)) {
                    awaited.add(Awaited.PAYMENT_CAPTURED);
                }
                if (unitsReturned < sum(OrderLine::cancelled)) {
                    awaited.add(Awaited.STOCK_RETURNED);
                }
                if (refunded < cancelledAmount().minorUnits()) {
                    awaited.add(Awaited.REFUND);
                }
            }
            case RETURNED, CANCELLED -> {
                if (confirmedAt != null && unitsReturned < sum(OrderLine::quantity)) {
                    awaited.add(Awaited.STOCK_RETURNED);
                }
                if (confirmedAt == null && stock != Stock.RELEASED && stock != Stock.REFUSED) {
                    awaited.add(Awaited.STOCK_RELEASED);
                }
                var holdsMoney =
                        switch (payment) {
                            case NONE, ENDED -> false;
                            case ASKED, AUTHORIZED, CAPTURED -> refunded < total().minorUnits();
                        };
                if (holdsMoney) {
                    awaited.add(Awaited.MONEY_BACK);
                }
            }
        }
        return awaited;
    }

    public boolean isFinished() {
        return waitsFor().isEmpty();
    }

    /** Whether nothing more is to come: its life has ended and everything is settled. */
    public boolean isOver() {
        return status.isLast() && isFinished();
    }

    private Money cancelledAmount() {
        return lines.stream()
                .map(line -> line.unitPrice().times(line.cancelled()))
                .reduce(Money.zero(currency), Money::plus);
    }

    private int sum(ToIntFunction<OrderLine> units) {
        return lines.stream().mapToInt(units).sum();
    }

    private Set<Quantity> bought() {
        return lines.stream().map(OrderLine::bought).collect(toSet());
    }

    private static int units(Collection<Quantity> quantities) {
        return quantities.stream().mapToInt(Quantity::quantity).sum();
    }

    // What it is.

    public OrderId id() {
        return id;
    }

    public UUID cart() {
        return cart;
    }

    public CustomerId customer() {
        return customer;
    }

    public List<OrderLine> lines() {
        return lines;
    }

    public Money total() {
        return lines.stream().map(OrderLine::total).reduce(Money.zero(currency), Money::plus);
    }

    public PaymentMethod paymentMethod() {
        return method;
    }

    public OrderStatus status() {
        return status;
    }

    /** Why it was rejected or cancelled. */
    public @Nullable String reason() {
        return reason;
    }

    public boolean isCaptured() {
        return payment == Payment.CAPTURED;
    }

    /** When it took its status. */
    public Instant since() {
        return since;
    }

    /** When it will be cancelled, unless it has been decided by then. */
    public @Nullable Instant deadline() {
        return deadline;
    }

    public @Nullable Instant confirmedAt() {
        return confirmedAt;
    }

    public Instant createdAt() {
        return createdAt;
    }

    public Instant updatedAt() {
        return updatedAt;
    }

    /** How many entries its timeline has. */
    public int steps() {
        return steps;
    }

    Sealed address() {
        return address;
    }

    @Nullable Sealed paymentToken() {
        return paymentToken;
    }

    Currency currency() {
        return currency;
    }

    Stock stock() {
        return stock;
    }

    Payment payment() {
        return payment;
    }

    long refunded() {
        return refunded;
    }

    int unitsReturned() {
        return unitsReturned;
    }

    List<TimelineEntry> news() {
        return news;
    }

    boolean isNew() {
        return news.size() == steps;
    }

    /** What catalog has just refused; only why is kept, with the lines. */
    List<Refusal> refusals() {
        return refusals;
    }

    boolean haveLinesChanged() {
        return linesChanged;
    }

    /** Whether this is the order that the cart asks for. */
    boolean isMadeFrom(CartCheckedOut other) {
        return cart.equals(other.cartId())
                && customer.value().equals(other.customerId())
                && method == other.paymentMethod()
                && bought().equals(
                                other.lines().stream()
                                        .map(l -> new Quantity(l.productId(), l.quantity()))
                                        .collect(toSet()));
    }

    /** What is still open of each line. */
    List<Quantity> open() {
        return lines.stream()
                .filter(line -> line.open() > 0)
                .map(line -> new Quantity(line.productId(), line.open()))
                .toList();
    }

    /** Whether these are units of its lines that are still open. */
    boolean hasOpen(List<Quantity> wanted) {
        var open = open().stream().collect(toMap(Quantity::productId, Quantity::quantity));
        return wanted.stream().map(Quantity::productId).distinct().count() == wanted.size()
                && wanted.stream()
                        .allMatch(
                                units ->
                                        units.quantity()
                                                <= open.getOrDefault(units.productId(), 0));
    }

    /** What its lines have come to, taken together. */
    Lines rest() {
        if (!open().isEmpty()) {
            return Lines.OPEN;
        }
        return sum(OrderLine::shipped) > 0 ? Lines.SHIPPED : Lines.CANCELLED;
    }

    boolean isAllDelivered() {
        return lines.stream().allMatch(line -> line.delivered() == line.shipped());
    }

    private @Nullable CancelReason cancelReason() {
        return status == OrderStatus.CANCELLED
                ? CancelReason.valueOf(String.valueOf(reason))
                : null;
    }

    /** What each vendor has sold of it, in the order of the lines; they sum up to the total. */
    List<VendorShare> vendorShares() {
        var shares = new LinkedHashMap<@Nullable UUID, Money>();
        for (var line : lines) {
            shares.merge(line.vendorId(), line.total(), Money::plus);
        }
        return shares.entrySet().stream()
                .map(share -> new VendorShare(share.getKey(), share.getValue()))
                .toList();
    }
}
