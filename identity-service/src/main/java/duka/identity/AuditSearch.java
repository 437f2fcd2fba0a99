package duka.identity;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an admin looks for in the {@link AuditLog}; what is absent does not matter.
 *
 * @param from inclusive
 * @param until exclusive
 */
public record AuditSearch(
        @Nullable Act act,
        @Nullable UUID actor,
        @Nullable UUID subject,
        @Nullable String address,
        @Nullable Instant from,
        @Nullable Instant until) {}
