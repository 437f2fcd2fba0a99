package duka.simulator;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Money that was sent to a bank account, or was not, for good: a line of the payouts' own books.
 *
 * @param idempotencyKey the same always gets the same answer
 * @param reference the shop's own name for it
 * @param account its last digits: nobody needs more in books
 */
record Payout(
        String payoutId,
        String idempotencyKey,
        String reference,
        Operation.Status status,
        String bankCode,
        String account,
        long amountMinor,
        String currency,
        @Nullable String reason,
        Instant at) {

    boolean isOf(Order order) {
        return reference.equals(order.reference())
                && bankCode.equals(order.bankCode())
                && account.equals(order.masked())
                && amountMinor == order.amountMinor()
                && currency.equals(order.currency());
    }

    /** What a shop orders. */
    record Order(
            String idempotencyKey,
            String reference,
            String bankCode,
            String accountNumber,
            long amountMinor,
            String currency) {

        String masked() {
            return "…" + accountNumber.substring(Math.max(0, accountNumber.length() - 4));
        }
    }
}
