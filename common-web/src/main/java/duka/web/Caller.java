package duka.web;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;

/**
 * Who is calling, as the access token says. A controller method takes a {@code Caller}, or an
 * {@code Optional<Caller>} where guests are welcome too.
 */
public record Caller(UUID id, Set<Role> roles) {

    public Caller {
        roles = Collections.unmodifiableSet(copy(roles));
    }

    public boolean is(Role role) {
        return roles.contains(role);
    }

    /** Store managers and admins. */
    public boolean isStaff() {
        return is(Role.STORE_MANAGER) || is(Role.ADMIN);
    }

    public boolean isAdmin() {
        return is(Role.ADMIN);
    }

    /** Roles that this service does not know yet are left out. */
    static Caller of(Jwt token) {
        List<String> names = token.getClaimAsStringList("roles");
        var roles = EnumSet.noneOf(Role.class);
        if (names != null) {
            Arrays.stream(Role.values())
                    .filter(role -> names.contains(role.name()))
                    .forEach(roles::add);
        }
        return new Caller(subject(token), roles);
    }

    static Optional<Caller> current() {
        return of(SecurityContextHolder.getContext().getAuthentication());
    }

    private static Optional<Caller> of(@Nullable Authentication authentication) {
        if (authentication == null) {
            return Optional.empty();
        }
        return switch (authentication.getPrincipal()) {
            case Caller caller -> Optional.of(caller);
            case Jwt token -> Optional.of(of(token));
            case null, default -> Optional.empty();
        };
    }

    private static UUID subject(Jwt token) {
        try {
            return UUID.fromString(String.valueOf(token.getSubject()));
        } catch (IllegalArgumentException e) {
            throw new InvalidBearerTokenException("The token's subject is no user id", e);
        }
    }

    private static Set<Role> copy(Set<Role> roles) {
        return roles.isEmpty() ? EnumSet.noneOf(Role.class) : EnumSet.copyOf(roles);
    }
}
