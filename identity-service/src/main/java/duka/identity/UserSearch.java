package duka.identity;

import org.jspecify.annotations.Nullable;

/**
 * Whom an admin looks for; what is absent does not matter.
 *
 * @param text part of a username, an email address or a name
 */
public record UserSearch(@Nullable String text, @Nullable Role role, @Nullable Boolean active) {}
