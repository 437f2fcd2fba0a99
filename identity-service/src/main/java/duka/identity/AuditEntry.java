package duka.identity;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One line of the {@link AuditLog}.
 *
 * @param actor nobody, for guests and for the shop itself
 * @param subject whose account it was done to
 */
public record AuditEntry(
        UUID id,
        Instant at,
        Act act,
        @Nullable UUID actor,
        @Nullable UUID subject,
        @Nullable String address,
        @Nullable String userAgent,
        String details) {}
