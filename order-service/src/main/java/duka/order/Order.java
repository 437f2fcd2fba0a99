package duka.order;

import duka.events.CartEvent.CartCheckedOut;
import duka.events.Money;
import duka.events.OrderEvent;
import duka.events.OrderEvent.CancelReason;
import duka.events.OrderEvent.VendorShare;
import duka.events.PaymentEvent;
import duka.events.PaymentMethod;
import duka.events.Quantity;
import duka.events.Refusal;
import duka.events.ReservationEvent;
import duka.events.ReservationEvent.StockRejected;
import duka.events.ReservationEvent.StockReserved;
import duka.events.Sealed;
import duka.sql.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What one customer has bought, at the prices of that moment, and how far it has come. It is
 * placed, then confirmed once stock and payment agree, or rejected or cancelled; a confirmed order
 * is shipped and delivered, and may come back.
 */
public final class Order {

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
    private final Sealed address;
    private final Instant createdAt;
    private @Nullable Sealed paymentToken;

    private OrderLines lines;
    private Settlement settlement;
    private OrderStatus status;
    private @Nullable String reason;
    private Instant since;
    private @Nullable Instant deadline;
    private @Nullable Instant remindAt;
    private int reminders;
    private @Nullable Instant confirmedAt;
    private Instant updatedAt;
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
        this.address = cart.address();
        this.paymentToken = cart.paymentToken();
        this.lines = OrderLines.of(cart);
        this.settlement = Settlement.ofPlaced();
        this.status = OrderStatus.PLACED;
        this.createdAt = now;
        this.since = now;
        this.updatedAt = now;
    }

    /** As it was stored. */
    Order(ResultSet row, List<OrderLine> lines) throws SQLException {
        this.id = new OrderId(Rows.uuid(row, "id"));
        this.cart = Rows.uuid(row, "cart_id");
        this.customer = new CustomerId(Rows.uuid(row, "customer_id"));
        this.method = PaymentMethod.valueOf(row.getString("payment_method"));
        this.address = new Sealed(row.getString("address"));
        var token = row.getString("payment_token");
        this.paymentToken = token == null ? null : new Sealed(token);
        this.lines = new OrderLines(Currency.getInstance(row.getString("currency")), lines);
        this.settlement =
                new Settlement(
                        Settlement.Stock.valueOf(row.getString("stock")),
                        Settlement.Payment.valueOf(row.getString("payment")),
                        row.getLong("refunded"),
                        row.getLong("goodwill"),
                        row.getInt("units_returned"));
        this.status = OrderStatus.valueOf(row.getString("status"));
        this.reason = row.getString("reason");
        this.createdAt = Rows.instant(row, "created_at");
        this.since = Rows.instant(row, "since");
        this.updatedAt = Rows.instant(row, "updated_at");
        this.deadline = Rows.maybeInstant(row, "deadline");
        this.remindAt = Rows.maybeInstant(row, "remind_at");
        this.reminders = row.getInt("reminders");
        this.confirmedAt = Rows.maybeInstant(row, "confirmed_at");
        this.steps = row.getInt("steps");
    }

    // How it changes. Only CheckoutSaga decides when.

    OrderAt at() {
        return new OrderAt(status, method, isCaptured(), lines.areWhole(), cancelReason());
    }

    /** Keeps what catalog told, whatever it leads to. */
    void note(ReservationEvent heard) {
        settlement = settlement.after(heard);
        if (heard instanceof StockReserved reserved) {
            change(lines.reserved(reserved.lines()));
        }
        if (heard instanceof StockRejected rejected) {
            refusals = rejected.refused();
            change(lines.refused(refusals));
        }
    }

    /** Keeps what payment told, whatever it leads to. */
    void note(PaymentEvent heard) {
        settlement = settlement.after(heard, total());
    }

    void become(OrderAt next, String heard, @Nullable String note, Instant now) {
        if (status.isFinal()) {
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
            settlement = settlement.asked();
        }
        if (status == OrderStatus.CONFIRMED && confirmedAt == null) {
            confirmedAt = now;
        }
        if (!status.isUndecided()) {
            deadline = null;
            remindAt = null;
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

    /** The customer, who has to do something, will be reminded of it. */
    void waitForCustomerUntil(Instant until) {
        waitUntil(until);
        if (status.isUndecided() && remindAt == null && reminders == 0) {
            remindAt = createdAt.plus(Duration.between(createdAt, until).dividedBy(2));
        }
    }

    /** Which reminder this is: the first at half of the time given, the second at four fifths. */
    int remind(Instant now) {
        var given = Duration.between(createdAt, deadline);
        var second = createdAt.plus(given.multipliedBy(4).dividedBy(5));
        reminders = now.isBefore(second) ? 1 : 2;
        remindAt = reminders == 1 ? second : null;
        return reminders;
    }

    void ship(List<Quantity> shipped) {
        change(lines.moved(shipped, (line, units) -> line.moved(units, 0, 0)));
    }

    void deliver(List<Quantity> delivered) {
        change(lines.moved(delivered, (line, units) -> line.moved(0, units, 0)));
    }

    /** What the customer gets back for these lines. */
    Money cancel(List<Quantity> cancelled) {
        var before = lines.cancelledAmount();
        change(lines.moved(cancelled, (line, units) -> line.moved(0, 0, units)));
        return lines.cancelledAmount().minus(before);
    }

    private void change(OrderLines changed) {
        lines = changed;
        linesChanged = true;
    }

    private void enter(
            String heard, @Nullable OrderStatus from, @Nullable String note, Instant now) {
        updatedAt = now;
        news.add(new TimelineEntry(++steps, now, heard, from, status, note));
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
        return lines.all();
    }

    public Money total() {
        return lines.total();
    }

    /** As it was confirmed by the customer, for others to hear. */
    List<OrderEvent.Line> bought() {
        return lines().stream()
                .map(l -> new OrderEvent.Line(l.productId(), l.quantity(), l.unitPrice()))
                .toList();
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
        return settlement.isCaptured();
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

    /** Empty when its checkout, or the undoing of it, is finished. */
    public Set<Awaited> waitsFor() {
        return settlement.waitsFor(at(), confirmedAt != null, lines);
    }

    public boolean isFinished() {
        return waitsFor().isEmpty();
    }

    /** Whether nothing more is to come: its life has ended and everything is settled. */
    public boolean isOver() {
        return status.isLast() && isFinished();
    }

    /** Whether it passed the pivot, so that what is in it was sold. */
    public boolean wasConfirmed() {
        return confirmedAt != null;
    }

    /** Whether its cart is open again and may become another order. */
    public boolean gaveItsCartBack() {
        return status == OrderStatus.REJECTED || status == OrderStatus.CANCELLED && !wasConfirmed();
    }

    Settlement settlement() {
        return settlement;
    }

    Sealed address() {
        return address;
    }

    @Nullable Sealed paymentToken() {
        return paymentToken;
    }

    /** When the customer will be reminded to pay. */
    @Nullable Instant remindAt() {
        return remindAt;
    }

    int reminders() {
        return reminders;
    }

    boolean isOverdue(Instant now) {
        return deadline != null && !deadline.isAfter(now);
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
                && lines.bought()
                        .equals(
                                other.lines().stream()
                                        .map(l -> new Quantity(l.productId(), l.quantity()))
                                        .collect(Collectors.toSet()));
    }

    /** What is still open of each line. */
    List<Quantity> open() {
        return lines.open();
    }

    /** Whether these are units of its lines that are still open. */
    boolean hasOpen(List<Quantity> wanted) {
        return lines.haveOpen(wanted);
    }

    /** What its lines have come to, taken together. */
    Lines rest() {
        return lines.rest();
    }

    boolean isAllDelivered() {
        return lines.areAllDelivered();
    }

    List<VendorShare> vendorShares() {
        return lines.vendorShares();
    }

    List<VendorShare> vendorShares(List<Quantity> of) {
        return lines.vendorShares(of);
    }

    private @Nullable CancelReason cancelReason() {
        return status == OrderStatus.CANCELLED
                ? CancelReason.valueOf(String.valueOf(reason))
                : null;
    }
}
