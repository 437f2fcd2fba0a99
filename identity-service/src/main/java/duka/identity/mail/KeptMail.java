package duka.identity.mail;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an admin may see of a mail: neither its text nor where it went.
 *
 * @param recipientId whose account; none while nobody knows whose the order is
 * @param template what kind of mail it is
 * @param failure why it did not go, the last time
 * @param nextTry none when it is not waiting
 */
public record KeptMail(
        UUID id,
        @Nullable UUID recipientId,
        @Nullable UUID orderId,
        String template,
        MailState state,
        int attempts,
        @Nullable String failure,
        Instant writtenAt,
        @Nullable Instant nextTry,
        @Nullable Instant endedAt) {}
