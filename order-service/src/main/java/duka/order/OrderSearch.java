package duka.order;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which orders one is looking for; what is not given does not matter.
 *
 * @param inStatusSince only those that took their status by then
 * @param unfinished only those that wait for something
 */
public record OrderSearch(
        @Nullable CustomerId customer,
        @Nullable OrderStatus status,
        @Nullable Instant createdFrom,
        @Nullable Instant createdTo,
        @Nullable Instant inStatusSince,
        boolean unfinished) {}
