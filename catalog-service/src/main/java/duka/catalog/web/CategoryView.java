package duka.catalog.web;

import duka.catalog.Category;
import duka.catalog.images.Picture;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * @param image the URL of the first of its images
 */
record CategoryView(
        UUID id,
        String name,
        String slug,
        @Nullable String description,
        @Nullable UUID parentId,
        boolean isActive,
        @Nullable String image,
        List<PictureView> images,
        Instant createdAt,
        Instant updatedAt) {

    static CategoryView of(Category category, @Nullable List<Picture> pictures) {
        var images = PictureView.of(pictures);
        return new CategoryView(
                category.id(),
                category.name(),
                category.slug(),
                category.description(),
                category.parentId(),
                category.isActive(),
                images.isEmpty() ? null : images.getFirst().url(),
                images,
                category.createdAt(),
                category.updatedAt());
    }
}
