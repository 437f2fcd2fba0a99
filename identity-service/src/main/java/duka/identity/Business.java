package duka.identity;

import org.jspecify.annotations.Nullable;

/**
 * What a vendor tells about itself, and the shop reviews.
 *
 * @param id that it is registered under with the authorities, if it is
 */
public record Business(String name, String address, @Nullable Long id) {}
