package duka.events;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What order-service reports to the shop's staff. */
public sealed interface ReportEvent extends Event {

    UUID reportId();

    @Override
    default UUID key() {
        return reportId();
    }

    /**
     * What was sold in a week.
     *
     * @param from inclusive
     * @param to exclusive
     * @param orders how many were confirmed
     * @param cancelled how many of these were cancelled or returned since
     * @param revenue of the confirmed and not cancelled ones
     * @param best what sold best, most revenue first
     */
    record SalesReported(
            UUID reportId,
            Instant from,
            Instant to,
            int orders,
            int cancelled,
            int units,
            Money revenue,
            List<ProductSales> best)
            implements ReportEvent {}

    record ProductSales(UUID productId, String name, int units, Money revenue) {}
}
