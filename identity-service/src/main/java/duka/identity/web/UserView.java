package duka.identity.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import duka.identity.Role;
import duka.identity.User;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * @param role the highest of the roles, for clients that know only one
 */
record UserView(
        UUID id,
        @Nullable String username,
        @Nullable String email,
        @JsonProperty("email_verified") boolean emailVerified,
        String firstName,
        String lastName,
        String phoneNumber,
        Role role,
        Set<Role> roles,
        @JsonProperty("is_active") boolean active,
        Instant dateJoined) {

    static UserView of(User user) {
        return new UserView(
                user.id().value(),
                user.username(),
                user.email(),
                user.emailVerified(),
                user.profile().firstName(),
                user.profile().lastName(),
                user.profile().phoneNumber(),
                user.highestRole(),
                user.roles(),
                user.active(),
                user.joined());
    }
}
