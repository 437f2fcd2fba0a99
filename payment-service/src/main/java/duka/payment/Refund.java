package duka.payment;

import duka.events.Money;
import duka.events.OrderEvent.VendorShare;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Money on its way back to a customer. It counts against what can still be refunded from the moment
 * it is asked for.
 *
 * @param shares what it takes from each of those who sold; none of a refund from before that was
 *     kept, which all of them bear as they share the payment
 * @param askedBy who of the staff; none if the order's own life asked for it
 * @param attempt how often it was asked for anew after the provider had refused it for good
 * @param note why it was refused, or how it was settled
 * @param doneAt none while the money has not gone back
 */
public record Refund(
        UUID id,
        Money amount,
        @Nullable List<VendorShare> shares,
        String reason,
        @Nullable UUID askedBy,
        Instant askedAt,
        Status status,
        int attempt,
        @Nullable String note,
        @Nullable Instant doneAt) {

    public enum Status {
        /** The provider has not said yes yet. */
        ASKED,
        DONE,
        /** The provider has refused it for good; staff have to see to it. */
        REFUSED,
        /** It has gone back, though not by way of the provider. */
        SETTLED
    }

    static Refund asked(
            UUID id,
            Money amount,
            @Nullable List<VendorShare> shares,
            String reason,
            @Nullable UUID askedBy,
            Instant askedAt) {
        return new Refund(
                id, amount, shares, reason, askedBy, askedAt, Status.ASKED, 1, null, null);
    }

    public boolean isDone() {
        return doneAt != null;
    }

    /** What its customer reads of why: what staff wrote is for staff to read. */
    public String reasonToldToCustomer() {
        return askedBy == null ? reason : "refunded by the shop";
    }

    /** Its idempotency key at the provider, whose refusal of an earlier one is for good. */
    String key() {
        return attempt == 1 ? id.toString() : id + ":" + attempt;
    }

    Refund done(Instant at) {
        return with(Status.DONE, attempt, null, at);
    }

    Refund refused(String why) {
        return with(Status.REFUSED, attempt, why, null);
    }

    Refund retried() {
        return with(Status.ASKED, attempt + 1, note, null);
    }

    Refund settled(String how, Instant at) {
        return with(Status.SETTLED, attempt, how, at);
    }

    private Refund with(Status next, int attempt, @Nullable String note, @Nullable Instant doneAt) {
        return new Refund(
                id, amount, shares, reason, askedBy, askedAt, next, attempt, note, doneAt);
    }
}
