package duka.payment;

import duka.events.Money;
import duka.messaging.Step.Stay;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What staff can do to give money back. */
@Service
@Transactional
public class Refunding {

    /** How such a wish ends. */
    public sealed interface Outcome {

        record Granted(Payment payment, Refund refund) implements Outcome {}

        record NotNow(String why) implements Outcome {}

        record TooMuch(Money left) implements Outcome {}

        record NoSuchRefund() implements Outcome {}
    }

    private static final Logger log = LoggerFactory.getLogger(Refunding.class);

    private final CheckoutSaga saga;

    Refunding(CheckoutSaga saga) {
        this.saga = saga;
    }

    /**
     * Gives back a part. It is reserved at once, so that two who ask at the same time never give
     * back more than there is.
     *
     * @param amount none for all that is left
     */
    public Outcome refund(UUID orderId, @Nullable Money amount, String reason, UUID staff) {
        return saga.onWish(
                orderId,
                turn -> {
                    var payment = turn.get(orderId);
                    if (CheckoutSaga.refundWished(payment.at()) instanceof Stay(var why)) {
                        return new Outcome.NotNow(why);
                    }
                    var left = payment.refundable();
                    var part = amount == null ? left : amount;
                    if (left.minorUnits() == 0 || part.minorUnits() > left.minorUnits()) {
                        return new Outcome.TooMuch(left);
                    }
                    var refund = turn.refund(payment, part, reason, staff);
                    log.info("order {}: {} gives back {}: {}", orderId, staff, part, refund.id());
                    return new Outcome.Granted(payment, refund);
                });
    }

    /** Asks the provider anew for a refund that it had refused. */
    public Outcome retry(UUID orderId, UUID refundId, UUID staff) {
        return refused(
                orderId,
                refundId,
                (turn, payment) -> {
                    log.info("order {}: {} retries refund {}", orderId, staff, refundId);
                    return turn.retried(payment, refundId);
                });
    }

    /** The money has gone back, though not by way of the provider that had refused. */
    public Outcome settle(UUID orderId, UUID refundId, String how, UUID staff) {
        return refused(
                orderId,
                refundId,
                (turn, payment) -> {
                    log.info("order {}: {} settles refund {}", orderId, staff, refundId);
                    return turn.settled(payment, refundId, how);
                });
    }

    private Outcome refused(UUID orderId, UUID refundId, BiFunction<Turn, Payment, Refund> wish) {
        return saga.onWish(
                orderId,
                turn -> {
                    var payment = turn.get(orderId);
                    var refund = payment.refund(refundId);
                    if (refund.isEmpty()) {
                        return new Outcome.NoSuchRefund();
                    }
                    return switch (refund.get().status()) {
                        case REFUSED -> new Outcome.Granted(payment, wish.apply(turn, payment));
                        case ASKED -> new Outcome.NotNow("The provider is still being asked.");
                        case DONE, SETTLED -> new Outcome.NotNow("The money has gone back.");
                    };
                });
    }
}
