package duka.identity;

import duka.events.AccountEvent.Standing;
import org.jspecify.annotations.Nullable;

/**
 * Which vendors somebody looks for; what is absent does not matter.
 *
 * @param text part of a business's name
 */
public record VendorSearch(@Nullable String text, @Nullable Standing standing) {}
