package duka.catalog.web;

import duka.catalog.Category;
import duka.catalog.CategoryDraft;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * @param slug left out to keep it, or to be given one
 * @param parentId of the category above; none for one at the top
 * @param isActive whether customers are shown it; left out to keep that
 */
record CategoryRequest(
        @NotBlank
                @Size(min = 2, max = 100)
                @Pattern(regexp = NAME, message = NAME_MESSAGE)
                @Schema(example = "Home & Kitchen")
                String name,
        @Nullable @Size(max = 120) @Slug @Schema(pattern = Slug.FORM) String slug,
        @Nullable @Size(max = 10_000) String description,
        @Nullable UUID parentId,
        @Nullable Boolean isActive) {

    private static final String NAME = "[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N} &',.()/+-]*";

    private static final String NAME_MESSAGE =
            "must begin with a letter or digit and have only those, spaces and & ' , . ( ) / + -";

    CategoryRequest {
        name = name == null ? null : name.strip().replaceAll(" +", " ");
    }

    static CategoryRequest of(Category category) {
        return new CategoryRequest(
                category.name(),
                category.slug(),
                category.description(),
                category.parentId(),
                category.isActive());
    }

    CategoryDraft draft() {
        return new CategoryDraft(name, slug, description, parentId, isActive);
    }
}
