package duka.order;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One thing that was heard of an order or done to it.
 *
 * @param position counts an order's entries from 1
 * @param from the status before; none for the first entry
 * @param to the status after; the same as before when the order stayed as it was
 * @param note why it moved or why it stayed
 */
public record TimelineEntry(
        int position,
        Instant at,
        String heard,
        @Nullable OrderStatus from,
        OrderStatus to,
        @Nullable String note) {}
