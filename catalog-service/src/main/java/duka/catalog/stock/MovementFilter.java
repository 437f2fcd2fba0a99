package duka.catalog.stock;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which movements somebody wants to see; what is null does not matter.
 *
 * @param vendor whose products
 * @param from the first moment
 * @param to the first moment that is too late
 */
public record MovementFilter(
        @Nullable UUID product,
        @Nullable UUID vendor,
        Movement.@Nullable Kind kind,
        Movement.@Nullable Reason reason,
        @Nullable UUID order,
        @Nullable Instant from,
        @Nullable Instant to) {}
