package duka.cart;

import duka.events.Money;
import duka.events.OrderEvent.CancelReason;
import duka.events.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Tells a customer why a line is in the cart again, or is no longer what it was.
 *
 * @param available units that can be had; said only when there are too few
 * @param was the price that the customer knew; said only when it has changed
 * @param acknowledged whether the cart may be confirmed although the customer has not yet reacted
 */
public record Mark(
        Why why, @Nullable Integer available, @Nullable Money was, boolean acknowledged) {

    /** What has happened to a line. */
    public enum Why {
        OUT_OF_STOCK,
        PRICE_CHANGED,
        WITHDRAWN,
        ORDER_REJECTED,
        ORDER_CANCELLED,
        ORDER_EXPIRED,
        PAYMENT_DECLINED,
        PAYMENT_FAILED;

        static Why of(CancelReason reason) {
            return switch (reason) {
                case CUSTOMER, STAFF -> ORDER_CANCELLED;
                case DEADLINE -> ORDER_EXPIRED;
                case DECLINED -> PAYMENT_DECLINED;
                case PAYMENT_FAILED -> PAYMENT_FAILED;
            };
        }
    }

    static Mark of(Refusal refusal, Money seen) {
        return switch (refusal.why()) {
            case OUT_OF_STOCK -> new Mark(Why.OUT_OF_STOCK, refusal.available(), null, false);
            case PRICE_CHANGED -> new Mark(Why.PRICE_CHANGED, null, seen, false);
            case WITHDRAWN -> new Mark(Why.WITHDRAWN, null, null, false);
        };
    }

    /** The line is what it was, only its order came to nothing. */
    static Mark unchanged(Why why) {
        return new Mark(why, null, null, true);
    }

    Mark unacknowledged() {
        return new Mark(why, available, was, false);
    }
}
