package duka.order;

import org.jspecify.annotations.Nullable;

/** Which returns one is looking for; what is not given does not matter. */
public record ReturnSearch(
        @Nullable CustomerId customer, @Nullable OrderId order, @Nullable ReturnStatus status) {}
