package duka.catalog.web;

import static org.springframework.http.MediaType.MULTIPART_FORM_DATA_VALUE;

import duka.catalog.Arranging;
import duka.catalog.Browsing;
import duka.catalog.CatalogProperties;
import duka.catalog.NoSuchProduct;
import duka.catalog.Ref;
import duka.catalog.Selling;
import duka.catalog.images.Pictures;
import duka.catalog.images.Picturing;
import duka.catalog.images.Picturing.Hanging;
import duka.catalog.images.Subject.Kind;
import duka.web.Caller;
import duka.web.ETags;
import duka.web.IfMatch;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/**
 * Products and categories with their first picture in one form: the same fields as in JSON, and the
 * part {@code image}.
 */
@RestController
@RequestMapping(path = "/api/v1", consumes = MULTIPART_FORM_DATA_VALUE)
class FormController {

    private static final String PICTURE =
            "Becomes the first picture, and those that are there stay. It and the fields, both or"
                    + " neither.";

    private final Forms forms;
    private final Browsing browsing;
    private final Selling selling;
    private final Arranging arranging;
    private final Pictures pictures;
    private final Picturing picturing;
    private final CatalogProperties properties;

    FormController(
            Forms forms,
            Browsing browsing,
            Selling selling,
            Arranging arranging,
            Pictures pictures,
            Picturing picturing,
            CatalogProperties properties) {
        this.forms = forms;
        this.browsing = browsing;
        this.selling = selling;
        this.arranging = arranging;
        this.pictures = pictures;
        this.picturing = picturing;
        this.properties = properties;
    }

    @PostMapping("/products")
    @ResponseStatus(HttpStatus.CREATED)
    @Tag(name = "products")
    @Operation(summary = "Offer a product")
    ResponseEntity<ProductView> createPicturedProduct(
            @Parameter(hidden = true) @RequestParam Map<String, String> fields,
            @Parameter(description = PICTURE) @RequestPart(required = false)
                    @Nullable MultipartFile image,
            @Parameter(hidden = true) Caller caller) {
        var request = forms.read(ofProduct(fields), ProductRequest.class);
        var draft = request.draft(properties.currency());
        int units = request.stock() == null ? 0 : request.stock();
        var id =
                create(
                        Kind.PRODUCT,
                        image,
                        request.name(),
                        caller,
                        () -> selling.offer(draft, units, Owned.seller(caller)));
        return product(ResponseEntity.created(URI.create("/api/v1/products/" + id)), id);
    }

    @PatchMapping("/products/{ref}")
    @Tag(name = "products")
    @Operation(summary = "Change parts of a product, by JSON Merge Patch")
    ResponseEntity<ProductView> changePicturedProduct(
            @PathVariable Ref ref,
            @Parameter(hidden = true) @RequestParam Map<String, String> fields,
            @Parameter(description = PICTURE) @RequestPart(required = false)
                    @Nullable MultipartFile image,
            @Parameter(hidden = true) IfMatch ifMatch,
            @Parameter(hidden = true) Caller caller) {
        Owned.product(browsing, ref, caller); // before its picture is looked at
        var id =
                change(
                        Kind.PRODUCT,
                        image,
                        caller,
                        () ->
                                selling.change(
                                        ref,
                                        Owned.seller(caller),
                                        now -> {
                                            ifMatch.check(now.revision());
                                            return forms.patch(
                                                            ofProduct(fields),
                                                            ProductRequest.of(now))
                                                    .draft(now, properties.currency());
                                        }));
        return product(ResponseEntity.ok(), id);
    }

    @PostMapping("/categories")
    @ResponseStatus(HttpStatus.CREATED)
    @Tag(name = "categories")
    @Operation(summary = "Create a category")
    ResponseEntity<CategoryView> createPicturedCategory(
            @Parameter(hidden = true) @RequestParam Map<String, String> fields,
            @Parameter(description = PICTURE) @RequestPart(required = false)
                    @Nullable MultipartFile image,
            @Parameter(hidden = true) Caller caller) {
        var request = forms.read(fields, CategoryRequest.class);
        var id =
                create(
                        Kind.CATEGORY,
                        image,
                        request.name(),
                        caller,
                        () -> arranging.create(request.draft()).id());
        return ResponseEntity.created(URI.create("/api/v1/categories/" + id)).body(category(id));
    }

    @PatchMapping("/categories/{ref}")
    @Tag(name = "categories")
    @Operation(summary = "Change parts of a category, by JSON Merge Patch")
    CategoryView changePicturedCategory(
            @PathVariable Ref ref,
            @Parameter(hidden = true) @RequestParam Map<String, String> fields,
            @Parameter(description = PICTURE) @RequestPart(required = false)
                    @Nullable MultipartFile image,
            @Parameter(hidden = true) Caller caller) {
        browsing.category(ref); // before its picture is looked at
        var id =
                change(
                        Kind.CATEGORY,
                        image,
                        caller,
                        () ->
                                arranging
                                        .change(
                                                ref,
                                                now ->
                                                        forms.patch(fields, CategoryRequest.of(now))
                                                                .draft())
                                        .id());
        return category(id);
    }

    private UUID create(
            Kind kind,
            @Nullable MultipartFile image,
            String alt,
            Caller caller,
            Supplier<UUID> creation) {
        return image == null || image.isEmpty()
                ? creation.get()
                : picturing.exhibit(kind, image, alt, caller.id(), creation);
    }

    private UUID change(
            Kind kind, @Nullable MultipartFile image, Caller caller, Supplier<UUID> change) {
        if (image == null || image.isEmpty()) {
            return change.get();
        }
        return switch (picturing.present(kind, image, caller.id(), change)) {
            case Hanging.Done(var picture) -> picture.subject().id();
            case Hanging.TooMany(int most) -> throw ImageController.tooMany(most);
            case Hanging.NothingToPicture() -> throw ImageController.gone();
        };
    }

    private ResponseEntity<ProductView> product(ResponseEntity.BodyBuilder answer, UUID id) {
        var ref = Ref.to(id);
        var product = browsing.product(ref).orElseThrow(() -> new NoSuchProduct(ref));
        return answer.eTag(ETags.of(product.version()))
                .body(ProductView.of(product, pictures.of(Set.of(id)).get(id)));
    }

    private CategoryView category(UUID id) {
        return CategoryView.of(
                browsing.category(Ref.to(id)), pictures.ofCategories(Set.of(id)).get(id));
    }

    /** The category has another name in older forms. */
    private static Map<String, String> ofProduct(Map<String, String> fields) {
        var named = new HashMap<>(fields);
        var category = named.remove("category");
        if (category != null) {
            named.putIfAbsent("category_id", category);
        }
        return named;
    }
}
