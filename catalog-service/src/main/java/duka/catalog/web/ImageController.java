package duka.catalog.web;

import static org.springframework.http.HttpStatus.CONFLICT;
import static org.springframework.http.HttpStatus.NOT_FOUND;
import static org.springframework.http.MediaType.IMAGE_JPEG_VALUE;
import static org.springframework.http.MediaType.IMAGE_PNG_VALUE;
import static org.springframework.http.MediaType.MULTIPART_FORM_DATA_VALUE;

import duka.catalog.Browsing;
import duka.catalog.Ref;
import duka.catalog.images.Hung;
import duka.catalog.images.Pictures;
import duka.catalog.images.Picturing;
import duka.catalog.images.Picturing.Caption;
import duka.catalog.images.Picturing.Hanging.Done;
import duka.catalog.images.Picturing.Hanging.NothingToPicture;
import duka.catalog.images.Picturing.Hanging.TooMany;
import duka.catalog.images.Subject;
import duka.catalog.images.Variant;
import duka.web.Caller;
import duka.web.MergePatch;
import duka.web.Refused;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.multipart.MultipartFile;

@RestController
@RequestMapping("/api/v1")
@Tag(name = "images")
class ImageController {

    private static final String KEPT =
            "It never changes, and may be kept for ever if what it shows is on sale. What is not is"
                    + " shown to those who may change it.";

    private static final CacheControl FOR_EVER =
            CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable();

    /**
     * @param position among the pictures of the same thing, from 0; past the end is the end
     */
    record CaptionRequest(
            @Size(max = 200) @Nullable String alt,
            @NotNull @PositiveOrZero @Max(1000) Integer position) {}

    /** How it ends to add one. */
    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @ApiResponse(responseCode = "201")
    @ApiResponse(responseCode = "409", description = "too-many-images", content = @Content)
    @ApiResponse(
            responseCode = "413",
            description = "content-too-large, too-many-pixels",
            content = @Content)
    @interface AddsPicture {}

    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @ApiResponse(
            responseCode = "200",
            content = {
                @Content(
                        mediaType = IMAGE_JPEG_VALUE,
                        schema = @Schema(type = "string", format = "binary")),
                @Content(
                        mediaType = IMAGE_PNG_VALUE,
                        schema = @Schema(type = "string", format = "binary"))
            })
    @interface ShowsPicture {}

    private final Picturing picturing;
    private final Pictures pictures;
    private final Browsing browsing;

    ImageController(Picturing picturing, Pictures pictures, Browsing browsing) {
        this.picturing = picturing;
        this.pictures = pictures;
        this.browsing = browsing;
    }

    @PostMapping(path = "/products/{ref}/images", consumes = MULTIPART_FORM_DATA_VALUE)
    @Operation(
            summary = "Add a picture to a product, behind those that it has",
            description =
                    "JPEG, PNG or WEBP. It is encoded anew, without whatever else is in the file."
                            + " Vendors for their own products.")
    @AddsPicture
    ResponseEntity<PictureView> addProductImage(
            @PathVariable Ref ref,
            @RequestPart("image") MultipartFile image,
            @Parameter(description = "What it shows, in words")
                    @RequestParam(required = false)
                    @Size(max = 200)
                    @Nullable String alt,
            @Parameter(hidden = true) Caller caller) {
        var product = Owned.product(browsing, ref, caller).id();
        return add(Subject.product(product), image, alt, caller);
    }

    @PostMapping(path = "/categories/{ref}/images", consumes = MULTIPART_FORM_DATA_VALUE)
    @Operation(summary = "Add a picture to a category, behind those that it has")
    @AddsPicture
    ResponseEntity<PictureView> addCategoryImage(
            @PathVariable Ref ref,
            @RequestPart("image") MultipartFile image,
            @Parameter(description = "What it shows, in words")
                    @RequestParam(required = false)
                    @Size(max = 200)
                    @Nullable String alt,
            @Parameter(hidden = true) Caller caller) {
        return add(Subject.category(browsing.category(ref).id()), image, alt, caller);
    }

    private ResponseEntity<PictureView> add(
            Subject subject, MultipartFile image, @Nullable String alt, Caller caller) {
        return switch (picturing.hang(subject, image, words(alt), caller.id())) {
            case Done(var picture) -> {
                var view = PictureView.of(picture);
                yield ResponseEntity.created(URI.create(view.url())).body(view);
            }
            case TooMany(int most) -> throw tooMany(most);
            case NothingToPicture() -> throw gone();
        };
    }

    @GetMapping(path = "/images/{id}")
    @Operation(summary = "A picture", description = KEPT)
    @ShowsPicture
    @Nullable ResponseEntity<InputStreamResource> showImage(
            @PathVariable UUID id,
            @Parameter(hidden = true) Optional<Caller> caller,
            @Parameter(hidden = true) ServletWebRequest request) {
        return show(id, Variant.FULL, caller, request);
    }

    @GetMapping(path = "/images/{id}/thumbnail")
    @Operation(summary = "A picture, small", description = KEPT)
    @ShowsPicture
    @Nullable ResponseEntity<InputStreamResource> showThumbnail(
            @PathVariable UUID id,
            @Parameter(hidden = true) Optional<Caller> caller,
            @Parameter(hidden = true) ServletWebRequest request) {
        return show(id, Variant.THUMBNAIL, caller, request);
    }

    /** Nobody who has it already makes us fetch it. */
    private @Nullable ResponseEntity<InputStreamResource> show(
            UUID id, Variant variant, Optional<Caller> caller, ServletWebRequest request) {
        var hung = visible(id, caller);
        var keeping = hung.isPublic() ? FOR_EVER : CacheControl.noStore();
        var tag = "\"%s-%s\"".formatted(id, variant.name().toLowerCase(Locale.ROOT));
        if (request.checkNotModified(tag)) {
            return ResponseEntity.status(HttpStatus.NOT_MODIFIED)
                    .eTag(tag)
                    .cacheControl(keeping)
                    .build();
        }
        var shown = picturing.show(id, variant).orElseThrow(() -> notThere(id));
        return ResponseEntity.ok()
                .eTag(tag)
                .cacheControl(keeping)
                .header("X-Content-Type-Options", "nosniff")
                .contentType(MediaType.parseMediaType(hung.picture().format().mediaType()))
                .contentLength(shown.length())
                .body(new InputStreamResource(shown.content()));
    }

    @PatchMapping("/images/{id}")
    @Operation(
            summary = "Say what a picture shows or where it stands, by JSON Merge Patch",
            description = "Vendors for their own products.")
    PictureView changeImage(
            @PathVariable UUID id,
            @RequestBody MergePatch<CaptionRequest> patch,
            @Parameter(hidden = true) Caller caller) {
        check(id, caller);
        return picturing
                .change(
                        id,
                        now -> {
                            var wish = patch.applyTo(new CaptionRequest(now.alt(), now.position()));
                            return new Caption(words(wish.alt()), wish.position());
                        })
                .map(PictureView::of)
                .orElseThrow(() -> notThere(id));
    }

    @DeleteMapping("/images/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Delete a picture", description = "Vendors for their own products.")
    void deleteImage(@PathVariable UUID id, @Parameter(hidden = true) Caller caller) {
        check(id, caller);
        if (!picturing.remove(id)) {
            throw notThere(id);
        }
    }

    /** What is not on sale is not there, except for those who keep it. */
    private Hung visible(UUID id, Optional<Caller> caller) {
        return pictures.hung(id)
                .filter(it -> it.isPublic() || caller.filter(who -> keeps(who, it)).isPresent())
                .orElseThrow(() -> notThere(id));
    }

    /** Somebody else's picture is there to be looked at only. */
    private void check(UUID id, Caller caller) {
        if (pictures.hung(id).filter(it -> keeps(caller, it)).isEmpty()) {
            throw notThere(id);
        }
    }

    private static boolean keeps(Caller caller, Hung picture) {
        return Owned.isKeptBy(caller, picture.vendor());
    }

    static Refused tooMany(int most) {
        return new Refused(
                CONFLICT, "too-many-images", "There may be no more than %d.".formatted(most));
    }

    static Refused gone() {
        return new Refused(NOT_FOUND, "not-found", "What it shows is gone.");
    }

    private static @Nullable String words(@Nullable String alt) {
        return alt == null || alt.isBlank() ? null : alt.strip();
    }

    private static Refused notThere(UUID id) {
        return new Refused(NOT_FOUND, "no-such-image", "There is no image %s.".formatted(id));
    }
}
