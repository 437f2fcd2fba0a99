package duka.catalog.web;

import duka.catalog.Category;
import duka.catalog.CategoryDraft;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * @param slug left out to keep it, or to be given one
 * @param parentId of the category above; none for one at the top
 */
record CategoryRequest(
        @NotBlank @Size(max = 100) String name,
        @Nullable @Size(max = 120) @Pattern(regexp = Slug.FORM, message = Slug.MESSAGE) String slug,
        @Nullable @Size(max = 10_000) String description,
        @Nullable UUID parentId) {

    static CategoryRequest of(Category category) {
        return new CategoryRequest(
                category.name(), category.slug(), category.description(), category.parentId());
    }

    CategoryDraft draft() {
        return new CategoryDraft(name.strip(), slug, description, parentId);
    }
}
