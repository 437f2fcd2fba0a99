package duka.catalog.images;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What there is to know of a picture besides its bytes, which never change.
 *
 * @param position among the pictures of its subject, from 0
 * @param alt what it shows, in words
 */
public record Picture(
        UUID id,
        Subject subject,
        int position,
        @Nullable String alt,
        Format format,
        int width,
        int height,
        UUID createdBy,
        Instant createdAt) {}
