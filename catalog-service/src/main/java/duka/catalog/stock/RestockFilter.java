package duka.catalog.stock;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which restock orders somebody wants to see; what is null does not matter. */
public record RestockFilter(
        @Nullable UUID vendor, @Nullable RestockStatus status, @Nullable UUID product) {}
