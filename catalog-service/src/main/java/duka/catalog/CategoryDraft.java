package duka.catalog;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What staff want a category to be.
 *
 * @param slug none to keep the one it has, or to be given one
 * @param parentId none for a category at the top
 * @param active whether customers are shown it; none to keep that, and a new one is
 */
public record CategoryDraft(
        String name,
        @Nullable String slug,
        @Nullable String description,
        @Nullable UUID parentId,
        @Nullable Boolean active) {}
