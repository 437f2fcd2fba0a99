package duka.order.web;

import duka.order.OrderStatus;
import duka.order.TimelineEntry;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One thing that was heard of an order or done to it.
 *
 * @param status what the order was then
 */
record TimelineView(
        int position,
        Instant at,
        String heard,
        @Nullable OrderStatus from,
        OrderStatus status,
        @Nullable String note) {

    static TimelineView of(TimelineEntry entry) {
        return new TimelineView(
                entry.position(),
                entry.at(),
                entry.heard(),
                entry.from(),
                entry.to(),
                entry.note());
    }
}
