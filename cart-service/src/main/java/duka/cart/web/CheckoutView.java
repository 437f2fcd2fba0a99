package duka.cart.web;

import duka.cart.Checkout;
import duka.events.PaymentMethod;
import duka.events.Refusal;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A confirmation and what has come of it.
 *
 * @param reason why it was cancelled
 * @param id the order's; this, total_amount, items and created_at are what older clients read
 * @param refused the lines that could not be had; the cart shows them too
 */
record CheckoutView(
        UUID orderId,
        UUID cartId,
        Checkout.Status status,
        @Schema(example = "DECLINED") @Nullable String reason,
        @Schema(example = "1167.00") String total,
        @Schema(example = "KES") String currency,
        PaymentMethod paymentMethod,
        List<Line> lines,
        List<Refused> refused,
        Instant confirmedAt,
        @Nullable Instant decidedAt,
        UUID id,
        @Schema(example = "1167.00") String totalAmount,
        List<Sold> items,
        Instant createdAt) {

    record Line(
            UUID productId,
            @Schema(example = "Purple tea") String name,
            @Schema(example = "3") int quantity,
            @Schema(example = "389.00") String unitPrice,
            @Schema(example = "1167.00") String lineTotal) {}

    record Sold(
            Bought product,
            @Schema(example = "3") int quantity,
            @Schema(example = "389.00") String priceAtPurchase) {}

    record Bought(UUID id, @Schema(example = "Purple tea") String name) {}

    /**
     * @param unitPrice what one costs now; none for what is not for sale
     */
    record Refused(
            UUID productId,
            Refusal.Why why,
            @Schema(example = "2") int available,
            @Schema(example = "389.00") @Nullable String unitPrice) {}

    static CheckoutView of(Checkout checkout) {
        return new CheckoutView(
                checkout.orderId(),
                checkout.cartId(),
                checkout.status(),
                checkout.reason(),
                checkout.total().decimal(),
                checkout.total().currency().getCurrencyCode(),
                checkout.paymentMethod(),
                checkout.lines().stream()
                        .map(
                                line ->
                                        new Line(
                                                line.productId(),
                                                line.name(),
                                                line.quantity(),
                                                line.unitPrice().decimal(),
                                                line.total().decimal()))
                        .toList(),
                checkout.refused().stream()
                        .map(
                                refusal ->
                                        new Refused(
                                                refusal.productId(),
                                                refusal.why(),
                                                refusal.available(),
                                                refusal.unitPrice() == null
                                                        ? null
                                                        : refusal.unitPrice().decimal()))
                        .toList(),
                checkout.confirmedAt(),
                checkout.decidedAt(),
                checkout.orderId(),
                checkout.total().decimal(),
                checkout.lines().stream()
                        .map(
                                line ->
                                        new Sold(
                                                new Bought(line.productId(), line.name()),
                                                line.quantity(),
                                                line.unitPrice().decimal()))
                        .toList(),
                checkout.confirmedAt());
    }
}
