package duka.payment;

import duka.events.Money;
import duka.events.OrderEvent.VendorShare;
import duka.events.PaymentEvent.Action;
import duka.events.PaymentMethod;
import duka.events.Sealed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a customer pays for one order. It is authorized while the order waits, captured once the
 * order is confirmed, and voided or refunded when the order comes to nothing. {@link CheckoutSaga}
 * decides; the payment remembers, and knows what its provider is to be asked next and by whom.
 */
public class Payment {

    private final UUID id;
    private final UUID orderId;
    private final UUID customerId;
    private final Money amount;
    private final List<VendorShare> shares;
    private final PaymentMethod method;
    private final String provider;
    private final Instant createdAt;

    private PaymentStatus status;
    private boolean unwanted;
    private @Nullable Sealed token;
    private @Nullable String reference;
    private @Nullable Action action;
    private @Nullable String actionUrl;
    private @Nullable String reason;
    private final List<Refund> refunds;

    private int attempt;
    private int tries;
    private @Nullable Instant dueAt;
    private @Nullable Instant leasedUntil;
    private @Nullable Instant answeredAt;
    private @Nullable String traceparent;

    /** A payment as an order asks for it. */
    Payment(
            UUID id,
            UUID orderId,
            UUID customerId,
            Money amount,
            List<VendorShare> shares,
            PaymentAt at,
            String provider,
            @Nullable Sealed token,
            Instant now) {
        this(
                id,
                orderId,
                customerId,
                amount,
                shares,
                at.method(),
                provider,
                now,
                new State(
                        at.status(),
                        at.unwanted(),
                        at.method() == PaymentMethod.CARD ? token : null,
                        null,
                        at.status() == PaymentStatus.PENDING ? Action.INITIATE : null,
                        null,
                        null,
                        1,
                        0,
                        at.status() == PaymentStatus.AUTHORIZING ? now : null,
                        null,
                        null,
                        null),
                List.of());
        if (amount.minorUnits() < 0) {
            throw new IllegalArgumentException(
                    "order %s cannot cost %s".formatted(orderId, amount));
        }
    }

    /** A payment as it was stored. */
    Payment(
            UUID id,
            UUID orderId,
            UUID customerId,
            Money amount,
            List<VendorShare> shares,
            PaymentMethod method,
            String provider,
            Instant createdAt,
            State state,
            List<Refund> refunds) {
        this.id = id;
        this.orderId = orderId;
        this.customerId = customerId;
        this.amount = amount;
        this.shares = List.copyOf(shares);
        this.method = method;
        this.provider = provider;
        this.createdAt = createdAt;
        this.status = state.status();
        this.unwanted = state.unwanted();
        this.token = state.token();
        this.reference = state.reference();
        this.action = state.action();
        this.actionUrl = state.actionUrl();
        this.reason = state.reason();
        this.attempt = state.attempt();
        this.tries = state.tries();
        this.dueAt = state.dueAt();
        this.leasedUntil = state.leasedUntil();
        this.answeredAt = state.answeredAt();
        this.traceparent = state.traceparent();
        this.refunds = new ArrayList<>(refunds);
    }

    /** All of a payment that changes. */
    record State(
            PaymentStatus status,
            boolean unwanted,
            @Nullable Sealed token,
            @Nullable String reference,
            @Nullable Action action,
            @Nullable String actionUrl,
            @Nullable String reason,
            int attempt,
            int tries,
            @Nullable Instant dueAt,
            @Nullable Instant leasedUntil,
            @Nullable Instant answeredAt,
            @Nullable String traceparent) {}

    // What CheckoutSaga decides.

    void become(PaymentAt next, @Nullable String why, Instant now) {
        if (status.isFinal()) {
            throw new IllegalStateException(
                    "payment %s is %s for good, it cannot become %s".formatted(id, status, next));
        }
        if (status != next.status()) {
            if (next.status() != PaymentStatus.PENDING) {
                action = null;
                actionUrl = null;
            }
            tries = 0;
            token = next.status() == PaymentStatus.AUTHORIZING ? token : null;
            status = next.status();
            if (status != PaymentStatus.PENDING) {
                dueAt = request().isPresent() ? now : null;
            }
        }
        unwanted = next.unwanted();
        reason = why == null ? reason : why;
    }

    /** The customer gave what the payment waited for. */
    void supply(Sealed token) {
        this.token = token;
    }

    void knownAs(String reference) {
        this.reference = reference;
    }

    void waitForApproval(String reference, @Nullable String url) {
        this.reference = reference;
        action = Action.APPROVE;
        actionUrl = url;
    }

    /**
     * @param wished whose money it is to be, if it is not all who sold that give it back
     */
    Refund refund(
            UUID refundId,
            Money part,
            @Nullable List<VendorShare> wished,
            String why,
            @Nullable UUID askedBy,
            Instant now) {
        if (part.minorUnits() > refundable().minorUnits()) {
            throw new IllegalArgumentException(
                    "%s are more than what is left of payment %s".formatted(part, id));
        }
        var left = left();
        var shares =
                wished == null
                        ? left.part(part)
                        : left.part(part, Shares.of(amount.currency(), wished));
        var refund = Refund.asked(refundId, part, shares.list(), why, askedBy, now);
        refunds.add(refund);
        dueAt = dueAt == null ? now : dueAt;
        return refund;
    }

    Refund refunded(UUID refundId, Instant now) {
        return ended(asked(refundId).done(now), now);
    }

    /** For good: nobody asks again unless staff wants it. */
    Refund refundRefused(UUID refundId, String why, Instant now) {
        return ended(asked(refundId).refused(why), now);
    }

    Refund settled(UUID refundId, String how, Instant now) {
        return replace(refused(refundId).settled(how, now));
    }

    Refund retried(UUID refundId, Instant now) {
        var refund = replace(refused(refundId).retried());
        dueAt = dueAt == null ? now : dueAt;
        return refund;
    }

    private Refund asked(UUID refundId) {
        return openRefund()
                .filter(refund -> refund.id().equals(refundId))
                .orElseThrow(
                        () ->
                                new IllegalStateException(
                                        "refund %s was not asked for".formatted(refundId)));
    }

    private Refund refused(UUID refundId) {
        return refund(refundId)
                .filter(refund -> refund.status() == Refund.Status.REFUSED)
                .orElseThrow(
                        () ->
                                new IllegalStateException(
                                        "refund %s was not refused".formatted(refundId)));
    }

    private Refund ended(Refund refund, Instant now) {
        replace(refund);
        tries = 0;
        dueAt = request().isPresent() ? now : null;
        return refund;
    }

    private Refund replace(Refund refund) {
        refunds.replaceAll(old -> old.id().equals(refund.id()) ? refund : old);
        return refund;
    }

    /** What happens to it from now on belongs there. */
    void tracedBy(String traceparent) {
        this.traceparent = traceparent;
    }

    PaymentAt at() {
        return new PaymentAt(status, unwanted, method);
    }

    State state() {
        return new State(
                status,
                unwanted,
                token,
                reference,
                action,
                actionUrl,
                reason,
                attempt,
                tries,
                dueAt,
                leasedUntil,
                answeredAt,
                traceparent);
    }

    // What the provider is to be asked, and by whom.

    /** Nothing else is asked before this has a definite answer. */
    Optional<Request> request() {
        return switch (status) {
            case AUTHORIZING ->
                    Optional.of(new Request.Authorize(key("authorize"), orderId, amount, token));
            case PENDING ->
                    action == Action.INITIATE
                            ? Optional.empty()
                            : Optional.of(
                                    new Request.Authorize(key("authorize"), orderId, amount, null));
            case CAPTURING -> Optional.of(new Request.Capture(key("capture"), asAuthorized()));
            case VOIDING -> Optional.of(new Request.Void(key("void"), reference));
            case REFUNDING, CAPTURED ->
                    openRefund()
                            .map(
                                    refund ->
                                            new Request.Refund(
                                                    refund.key(),
                                                    refund.id(),
                                                    asAuthorized(),
                                                    refund.amount()));
            case AUTHORIZED, VOIDED, REFUNDED, DECLINED, CAPTURE_REFUSED -> Optional.empty();
        };
    }

    boolean isDue(Instant now) {
        return dueAt != null
                && !dueAt.isAfter(now)
                && (leasedUntil == null || !leasedUntil.isAfter(now))
                && request().isPresent();
    }

    /** Only whoever holds the lease may ask the provider. */
    Call lease(Instant until) {
        var call =
                new Call(
                        id,
                        orderId,
                        provider,
                        request().orElseThrow(),
                        tries > 0 || status == PaymentStatus.PENDING,
                        until,
                        traceparent);
        tries++;
        leasedUntil = until;
        dueAt = until;
        return call;
    }

    /** Whether the call is still what this payment waits for. */
    boolean waitsFor(Call call) {
        return request().filter(request -> request.key().equals(call.request().key())).isPresent();
    }

    /** The call has ended. A wish to ask again that came meanwhile is kept. */
    void release(Call call, Instant now, Backoff backoff) {
        answeredAt = now;
        if (call.leasedUntil().equals(leasedUntil)) {
            var wokenMeanwhile = dueAt != null && dueAt.isBefore(leasedUntil);
            leasedUntil = null;
            if (!wokenMeanwhile) {
                dueAt =
                        now.plus(
                                status == PaymentStatus.PENDING
                                        ? backoff.pending()
                                        : backoff.after(tries));
            }
        }
        if (request().isEmpty()) {
            dueAt = null;
        }
    }

    /** Whether the provider has the next word. */
    boolean isBeingAsked() {
        return request().isPresent();
    }

    private String key(String operation) {
        return "%s:%s:%d".formatted(orderId, operation, attempt);
    }

    private Optional<Refund> openRefund() {
        return refunds.stream()
                .filter(refund -> refund.status() == Refund.Status.ASKED)
                .findFirst();
    }

    /** The provider's name for it; cash has none. */
    private String asAuthorized() {
        return reference == null ? orderId.toString() : reference;
    }

    // What can be seen of it.

    public UUID id() {
        return id;
    }

    public UUID orderId() {
        return orderId;
    }

    public UUID customerId() {
        return customerId;
    }

    public Money amount() {
        return amount;
    }

    public List<VendorShare> shares() {
        return shares;
    }

    public PaymentMethod method() {
        return method;
    }

    public String provider() {
        return provider;
    }

    public PaymentStatus status() {
        return status;
    }

    public @Nullable String reference() {
        return reference;
    }

    /** What the customer has to do before it can go on. */
    public @Nullable Action action() {
        return action;
    }

    public @Nullable String actionUrl() {
        return actionUrl;
    }

    public @Nullable String reason() {
        return reason;
    }

    public List<Refund> refunds() {
        return List.copyOf(refunds);
    }

    public Optional<Refund> refund(UUID refundId) {
        return refunds.stream().filter(refund -> refund.id().equals(refundId)).findFirst();
    }

    /** Whether a refund of it was refused for good and has not been settled. */
    public boolean needsStaff() {
        return refunds.stream().anyMatch(refund -> refund.status() == Refund.Status.REFUSED);
    }

    public Instant createdAt() {
        return createdAt;
    }

    /** When the provider was last heard about it. */
    public @Nullable Instant answeredAt() {
        return answeredAt;
    }

    /** What was captured and is not on its way back. */
    public Money refundable() {
        return refunds.stream().map(Refund::amount).reduce(amount, Money::minus);
    }

    /** What has gone back. */
    public Money refunded() {
        return refunds.stream()
                .filter(Refund::isDone)
                .map(Refund::amount)
                .reduce(Money.zero(amount.currency()), Money::plus);
    }

    /** What a refund takes from each of those who sold. */
    List<VendorShare> charged(Refund refund) {
        if (refund.shares() != null) {
            return refund.shares();
        }
        // Of all such refunds the sum is rounded, so that together they take no cent too many.
        var sold = Shares.of(amount, shares);
        var before = unshared(other -> other.isDone() && !other.id().equals(refund.id()));
        return sold.part(before.plus(refund.amount())).minus(sold.part(before)).list();
    }

    /** What each of those who sold has of what is not on its way back. */
    private Shares left() {
        var sold = Shares.of(amount, shares);
        var left = sold.minus(sold.part(unshared(_ -> true)));
        for (var refund : refunds) {
            if (refund.shares() != null) {
                left = left.minus(Shares.of(amount.currency(), refund.shares()));
            }
        }
        return left;
    }

    private Money unshared(Predicate<Refund> which) {
        return refunds.stream()
                .filter(refund -> refund.shares() == null)
                .filter(which)
                .map(Refund::amount)
                .reduce(Money.zero(amount.currency()), Money::plus);
    }

    /** Whether everything that was to go back has gone. */
    boolean isPaidBack() {
        return refunds.stream().allMatch(Refund::isDone);
    }
}
