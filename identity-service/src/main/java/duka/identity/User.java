package duka.identity;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Somebody with an account, known by a username, an email address or both. An account is never
 * deleted: an inactive one can neither sign in nor stay signed in.
 */
public record User(
        UserId id,
        @Nullable String username,
        @Nullable String email,
        boolean emailVerified,
        Set<Role> roles,
        boolean active,
        Instant joined,
        Profile profile) {

    public User {
        if (username == null && email == null) {
            throw new IllegalArgumentException("user %s has no name to sign in by".formatted(id));
        }
        if (emailVerified && email == null) {
            throw new IllegalArgumentException("user %s has no address to verify".formatted(id));
        }
        if (roles.isEmpty()) {
            throw new IllegalArgumentException("user %s has no role".formatted(id));
        }
        roles = Collections.unmodifiableSet(EnumSet.copyOf(roles));
    }

    public Role highestRole() {
        return Collections.max(roles);
    }

    boolean administers() {
        return active && roles.contains(Role.ADMIN);
    }

    User with(Profile profile) {
        return new User(id, username, email, emailVerified, roles, active, joined, profile);
    }

    User with(Set<Role> roles) {
        return new User(id, username, email, emailVerified, roles, active, joined, profile);
    }

    User with(boolean active) {
        return new User(id, username, email, emailVerified, roles, active, joined, profile);
    }

    User withEmailVerified(boolean verified) {
        return new User(id, username, email, verified, roles, active, joined, profile);
    }

    /** For logs: nothing personal. */
    @Override
    public String toString() {
        return "user " + id;
    }
}
