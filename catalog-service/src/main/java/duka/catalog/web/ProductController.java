package duka.catalog.web;

import duka.catalog.Browsing;
import duka.catalog.CatalogProperties;
import duka.catalog.Listing;
import duka.catalog.ListingFilter;
import duka.catalog.ListingMark;
import duka.catalog.ListingOrder;
import duka.catalog.ListingOrder.By;
import duka.catalog.NoSuchCategory;
import duka.catalog.NoSuchProduct;
import duka.catalog.Ref;
import duka.catalog.Selling;
import duka.web.Caller;
import duka.web.ETags;
import duka.web.IfMatch;
import duka.web.MergePatch;
import duka.web.Paging;
import duka.web.Refused;
import duka.web.Results;
import duka.web.Sorting;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/products")
@Tag(name = "Products")
class ProductController {

    private static final String MOST = "99999999.99";

    private static final Map<String, String> ORDERINGS =
            Map.of(
                    "created_at", By.CREATED_AT.name(),
                    "price", By.PRICE.name(),
                    "name", By.NAME.name());

    private final Browsing browsing;
    private final Selling selling;
    private final CatalogProperties properties;

    ProductController(Browsing browsing, Selling selling, CatalogProperties properties) {
        this.browsing = browsing;
        this.selling = selling;
        this.properties = properties;
    }

    @GetMapping
    @Operation(
            summary = "Products on sale, the newest first",
            description =
                    "For deep reading ask for cursor= (empty) and follow next. Only staff may ask"
                            + " for is_active=false.")
    Results<ProductView> listProducts(
            @Parameter(description = "Id or slug; what is in the categories below counts, too")
                    @RequestParam(required = false)
                    @Nullable String category,
            @Parameter(description = "Of what a customer pays")
                    @RequestParam(name = "min_price", required = false)
                    @DecimalMin("0")
                    @DecimalMax(MOST)
                    @Digits(integer = 8, fraction = 2)
                    @Nullable BigDecimal minPrice,
            @Parameter(description = "Of what a customer pays")
                    @RequestParam(name = "max_price", required = false)
                    @DecimalMin("0")
                    @DecimalMax(MOST)
                    @Digits(integer = 8, fraction = 2)
                    @Nullable BigDecimal maxPrice,
            @Parameter(description = "Beginnings of words in name, sku or description")
                    @RequestParam(required = false)
                    @Size(max = 200)
                    @Nullable String search,
            @RequestParam(name = "in_stock", required = false) @Nullable Boolean inStock,
            @RequestParam(name = "is_active", required = false) @Nullable Boolean active,
            @Parameter(description = "created_at, price or name, with - before it for downwards")
                    @RequestParam(required = false)
                    @Nullable String ordering,
            @RequestParam(required = false) @Nullable String cursor,
            @Parameter(hidden = true) Paging paging,
            @Parameter(hidden = true) Optional<Caller> caller,
            HttpServletRequest request) {
        boolean onSale = active == null || active;
        if (!onSale && !isStaff(caller)) {
            throw new Refused(
                    HttpStatus.FORBIDDEN, "forbidden", "Only staff can see what is not on sale.");
        }
        var filter =
                new ListingFilter(
                        category == null || category.isEmpty() ? null : below(new Ref(category)),
                        minPrice == null ? null : minorUnits(minPrice, RoundingMode.CEILING),
                        maxPrice == null ? null : minorUnits(maxPrice, RoundingMode.FLOOR),
                        search,
                        inStock,
                        onSale);
        var order = order(ordering);
        return cursor == null
                ? page(filter, order, paging)
                : from(cursor, filter, order, paging, request);
    }

    private List<UUID> below(Ref category) {
        try {
            return browsing.below(category);
        } catch (NoSuchCategory e) {
            throw Problems.invalid("category", "must be one that there is");
        }
    }

    private Results<ProductView> page(ListingFilter filter, ListingOrder order, Paging paging) {
        var found = browsing.products(filter, order, null, paging.offset(), paging.size());
        return Results.of(views(found), count(filter, paging, found.size()), paging);
    }

    /** A page that is not full is the last, and tells how many there are. */
    private long count(ListingFilter filter, Paging paging, int found) {
        return found > 0 && found < paging.size() || found == 0 && paging.page() == 1
                ? paging.offset() + found
                : browsing.countProducts(filter);
    }

    private Results<ProductView> from(
            String cursor,
            ListingFilter filter,
            ListingOrder order,
            Paging paging,
            HttpServletRequest request) {
        var mark = Cursor.mark(cursor, order.by());
        var found = browsing.products(filter, order, mark, 0, paging.size());
        var next =
                found.size() < paging.size()
                        ? null
                        : Cursor.link(request, Cursor.of(ListingMark.at(found.getLast(), order)));
        return new Results<>(browsing.countProducts(filter), next, null, views(found));
    }

    @GetMapping("/{ref}")
    @Operation(
            summary = "One product, by id or slug",
            description = "Its ETag is for If-Match; the stock in it may change without it.")
    ProductView showProduct(
            @PathVariable Ref ref,
            @Parameter(hidden = true) Optional<Caller> caller,
            HttpServletResponse response) {
        var product = visible(browsing, ref, caller);
        // Not by ResponseEntity, which would answer If-None-Match with a 304 and so with old stock.
        response.setHeader(HttpHeaders.ETAG, ETags.of(product.version()));
        return ProductView.of(product);
    }

    @PostMapping
    @Operation(
            summary = "Offer a product",
            description =
                    "slug and sku are made up where they are left out. 409 slug-taken or"
                            + " sku-taken.")
    ResponseEntity<ProductView> createProduct(
            @RequestBody @Valid ProductRequest request, @Parameter(hidden = true) Caller caller) {
        int units = request.stock() == null ? 0 : request.stock();
        var product = selling.offer(request.draft(properties.currency()), units, caller.id());
        return answer(
                ResponseEntity.created(URI.create("/api/v1/products/" + product)), Ref.to(product));
    }

    @PutMapping("/{ref}")
    @Operation(
            summary = "Change a product",
            description =
                    "stock is changed by stock-adjustments only. 409 slug-taken or sku-taken, 412"
                            + " when If-Match is stale.")
    ResponseEntity<ProductView> replaceProduct(
            @PathVariable Ref ref,
            @RequestBody @Valid ProductRequest request,
            @Parameter(hidden = true) IfMatch ifMatch) {
        var product =
                selling.change(
                        ref,
                        now -> {
                            ifMatch.check(now.revision());
                            return request.draft(properties.currency());
                        });
        return answer(ResponseEntity.ok(), Ref.to(product));
    }

    @PatchMapping("/{ref}")
    @Operation(
            summary = "Change parts of a product, by JSON Merge Patch",
            description =
                    "is_active true offers it again. 409 slug-taken or sku-taken, 412 when If-Match"
                            + " is stale.")
    ResponseEntity<ProductView> changeProduct(
            @PathVariable Ref ref,
            @RequestBody MergePatch patch,
            @Parameter(hidden = true) IfMatch ifMatch) {
        var product =
                selling.change(
                        ref,
                        now -> {
                            ifMatch.check(now.revision());
                            return patch.applyTo(ProductRequest.of(now))
                                    .draft(properties.currency());
                        });
        return answer(ResponseEntity.ok(), Ref.to(product));
    }

    @DeleteMapping("/{ref}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            summary = "Withdraw a product",
            description = "It is not deleted and can be offered again. 412 when If-Match is stale.")
    void withdrawProduct(@PathVariable Ref ref, @Parameter(hidden = true) IfMatch ifMatch) {
        selling.withdraw(ref, now -> ifMatch.check(now.revision()));
    }

    /** What is not on sale is not there, except for staff. */
    static Listing visible(Browsing browsing, Ref ref, Optional<Caller> caller) {
        return browsing.product(ref)
                .filter(product -> product.active() || isStaff(caller))
                .orElseThrow(() -> new NoSuchProduct(ref));
    }

    private ResponseEntity<ProductView> answer(ResponseEntity.BodyBuilder answer, Ref ref) {
        var product = browsing.product(ref).orElseThrow(() -> new NoSuchProduct(ref));
        return answer.eTag(ETags.of(product.version())).body(ProductView.of(product));
    }

    private static boolean isStaff(Optional<Caller> caller) {
        return caller.filter(Caller::isStaff).isPresent();
    }

    private long minorUnits(BigDecimal amount, RoundingMode rounding) {
        return amount.movePointRight(properties.currency().getDefaultFractionDigits())
                .setScale(0, rounding)
                .longValueExact();
    }

    private static ListingOrder order(@Nullable String ordering) {
        var by = Sorting.parse(ordering, ORDERINGS, "-created_at").by();
        if (by.size() > 1) {
            throw Problems.invalid("ordering", "must be one of created_at, price, name");
        }
        return new ListingOrder(By.valueOf(by.getFirst().column()), by.getFirst().descending());
    }

    private static List<ProductView> views(List<Listing> products) {
        return products.stream().map(ProductView::of).toList();
    }
}
