package duka.catalog.images;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A picture where it hangs, and who may look at it.
 *
 * @param isPublic not while what it shows is not on sale
 * @param vendor whose product it shows; null for the shop's own and for categories
 */
public record Hung(Picture picture, boolean isPublic, @Nullable UUID vendor) {}
