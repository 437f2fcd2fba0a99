package duka.identity;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who does something, and from where.
 *
 * @param id nobody's for a guest, and for the shop itself
 * @param session that the access token belongs to
 */
public record Actor(
        @Nullable UserId id,
        @Nullable UUID session,
        @Nullable String address,
        @Nullable String userAgent) {

    /** What nobody has asked for: jobs, and what is done at the start. */
    public static final Actor SHOP = new Actor(null, null, null, null);

    Actor as(UserId user) {
        return new Actor(user, session, address, userAgent);
    }

    /** For logs: nothing personal. */
    @Override
    public String toString() {
        return id == null ? "nobody" : "user " + id;
    }
}
