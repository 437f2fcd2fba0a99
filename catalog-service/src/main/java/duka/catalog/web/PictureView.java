package duka.catalog.web;

import duka.catalog.images.Picture;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A picture as it is named in what it shows. Its URLs are relative to the shop's and always give
 * the same bytes.
 */
record PictureView(
        UUID id,
        @Schema(example = "/api/v1/images/019a3c5e-0000-7000-8000-000000000000") String url,
        @Schema(example = "/api/v1/images/019a3c5e-0000-7000-8000-000000000000/thumbnail")
                String thumbnailUrl,
        @Nullable String alt,
        int width,
        int height) {

    static PictureView of(Picture picture) {
        var url = "/api/v1/images/" + picture.id();
        return new PictureView(
                picture.id(),
                url,
                url + "/thumbnail",
                picture.alt(),
                picture.width(),
                picture.height());
    }

    static List<PictureView> of(@Nullable List<Picture> pictures) {
        return pictures == null ? List.of() : pictures.stream().map(PictureView::of).toList();
    }
}
