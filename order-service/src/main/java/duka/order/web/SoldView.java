package duka.order.web;

import duka.events.Money;
import duka.order.Address;
import duka.order.Order;
import duka.order.OrderLine;
import duka.order.OrderStatus;
import duka.order.web.OrderView.LineView;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A vendor's part of an order. Of its customer it says no more than where to ship, and that only
 * while there is something to ship.
 *
 * @param share what the vendor has sold of it, without what was cancelled
 */
record SoldView(
        UUID id,
        OrderStatus status,
        String share,
        String currency,
        List<LineView> lines,
        @Nullable String shippingAddress,
        Instant createdAt,
        @Nullable Instant confirmedAt,
        Instant updatedAt) {

    static SoldView of(Order order, UUID vendor, Supplier<Address> address) {
        var lines = order.lines().stream().filter(line -> vendor.equals(line.vendorId())).toList();
        return new SoldView(
                order.id().value(),
                order.status(),
                share(order, lines).decimal(),
                order.total().currency().getCurrencyCode(),
                lines.stream().map(LineView::of).toList(),
                isToBeShipped(order, lines) ? address.get().shipping() : null,
                order.createdAt(),
                order.confirmedAt(),
                order.updatedAt());
    }

    private static Money share(Order order, List<OrderLine> lines) {
        return lines.stream()
                .map(line -> line.unitPrice().times(line.quantity() - line.cancelled()))
                .reduce(Money.zero(order.total().currency()), Money::plus);
    }

    private static boolean isToBeShipped(Order order, List<OrderLine> lines) {
        return switch (order.status()) {
            case CONFIRMED, PARTLY_SHIPPED -> lines.stream().anyMatch(line -> line.open() > 0);
            case PLACED, AWAITING_PAYMENT, REJECTED, SHIPPED, DELIVERED, RETURNED, CANCELLED ->
                    false;
        };
    }
}
