package duka.catalog.stock;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which movements somebody wants to see; what is null does not matter. */
public record MovementFilter(
        @Nullable UUID product, Movement.@Nullable Kind kind, @Nullable UUID order) {}
