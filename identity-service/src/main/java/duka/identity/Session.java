package duka.identity;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where somebody is signed in, as they may know it again. */
public record Session(
        UUID id,
        @Nullable String userAgent,
        @Nullable String address,
        Instant begun,
        Instant lastUsed,
        Instant expires) {}
