package duka.order.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import duka.events.PaymentMethod;
import duka.events.Refusal;
import duka.order.Address;
import duka.order.Order;
import duka.order.OrderLine;
import duka.order.OrderStatus;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An order as its customer and staff see it. */
record OrderView(
        UUID id,
        UUID cartId,
        UUID customerId,
        OrderStatus status,
        @Nullable String reason,
        String total,
        String currency,
        PaymentMethod paymentMethod,
        List<LineView> lines,
        String shippingAddress,
        String billingAddress,
        @Nullable Instant deadline,
        Instant createdAt,
        Instant updatedAt) {

    /** As older frontends call the lines. */
    @JsonProperty
    List<LineView> items() {
        return lines;
    }

    static OrderView of(Order order, Address address) {
        return new OrderView(
                order.id().value(),
                order.cart(),
                order.customer().value(),
                order.status(),
                order.reason(),
                order.total().decimal(),
                order.total().currency().getCurrencyCode(),
                order.paymentMethod(),
                order.lines().stream().map(LineView::of).toList(),
                address.shipping(),
                address.billing(),
                order.deadline(),
                order.createdAt(),
                order.updatedAt());
    }

    /**
     * @param priceAtPurchase the same as the unit price, as older frontends call it
     */
    record LineView(
            UUID productId,
            @Nullable String name,
            @Nullable UUID vendorId,
            int quantity,
            String unitPrice,
            String priceAtPurchase,
            String lineTotal,
            Refusal.@Nullable Why refused,
            int shipped,
            int delivered,
            int cancelled) {

        static LineView of(OrderLine line) {
            return new LineView(
                    line.productId(),
                    line.name(),
                    line.vendorId(),
                    line.quantity(),
                    line.unitPrice().decimal(),
                    line.unitPrice().decimal(),
                    line.total().decimal(),
                    line.refused(),
                    line.shipped(),
                    line.delivered(),
                    line.cancelled());
        }
    }
}
