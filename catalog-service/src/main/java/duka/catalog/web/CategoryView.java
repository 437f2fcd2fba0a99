package duka.catalog.web;

import duka.catalog.Category;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

record CategoryView(
        UUID id,
        String name,
        String slug,
        @Nullable String description,
        @Nullable UUID parentId,
        boolean isActive,
        Instant createdAt,
        Instant updatedAt) {

    static CategoryView of(Category category) {
        return new CategoryView(
                category.id(),
                category.name(),
                category.slug(),
                category.description(),
                category.parentId(),
                category.isActive(),
                category.createdAt(),
                category.updatedAt());
    }
}
