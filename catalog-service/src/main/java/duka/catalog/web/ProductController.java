package duka.catalog.web;

import duka.catalog.Browsing;
import duka.catalog.CatalogProperties;
import duka.catalog.Found;
import duka.catalog.Listing;
import duka.catalog.ListingFilter;
import duka.catalog.ListingFilter.Shown;
import duka.catalog.ListingOrder;
import duka.catalog.ListingOrder.By;
import duka.catalog.ListingQuery;
import duka.catalog.NoSuchCategory;
import duka.catalog.NoSuchProduct;
import duka.catalog.Ref;
import duka.catalog.Search;
import duka.catalog.Selling;
import duka.catalog.Showcase;
import duka.catalog.images.Pictures;
import duka.web.Bookmark;
import duka.web.Caller;
import duka.web.ETags;
import duka.web.IfMatch;
import duka.web.MergePatch;
import duka.web.Paging;
import duka.web.Refused;
import duka.web.Results;
import duka.web.Role;
import duka.web.Sorting;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
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
import org.springframework.security.authentication.InsufficientAuthenticationException;
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
@Tag(name = "products")
class ProductController {

    private static final String MOST = "99999999.99";

    private static final Map<String, String> ORDERINGS =
            Map.of(
                    "created_at", By.CREATED_AT.name(),
                    "price", By.PRICE.name(),
                    "name", By.NAME.name(),
                    "relevance", By.RELEVANCE.name());

    private final Browsing browsing;
    private final Showcase showcase;
    private final Selling selling;
    private final Pictures pictures;
    private final CatalogProperties properties;

    ProductController(
            Browsing browsing,
            Showcase showcase,
            Selling selling,
            Pictures pictures,
            CatalogProperties properties) {
        this.browsing = browsing;
        this.showcase = showcase;
        this.selling = selling;
        this.pictures = pictures;
        this.properties = properties;
    }

    @GetMapping
    @Operation(
            summary = "Products on sale, the newest first, or what was searched for",
            description =
                    "A search that finds hardly anything forgives typing errors. For deep reading"
                            + " ask for cursor= (empty) and follow next. Staff see all products,"
                            + " vendors all of their own by mine=true; only those may ask for"
                            + " is_active.")
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
            @Parameter(description = "Words, or their beginnings, in name, sku or description")
                    @RequestParam(required = false)
                    @Size(max = 200)
                    @Nullable String search,
            @Parameter(description = "Id of who sells them") @RequestParam(required = false)
                    @Nullable UUID vendor,
            @RequestParam(name = "in_stock", required = false) @Nullable Boolean inStock,
            @Parameter(description = "Whether a customer pays less than the price")
                    @RequestParam(required = false)
                    @Nullable Boolean discounted,
            @RequestParam(name = "is_active", required = false) @Nullable Boolean active,
            @Parameter(description = "For vendors: only what is theirs, also what does not sell")
                    @RequestParam(defaultValue = "false")
                    boolean mine,
            @Parameter(
                            description =
                                    "created_at, price, name or, in a search, relevance, with -"
                                            + " before it for the other way round")
                    @RequestParam(required = false)
                    @Nullable String ordering,
            @Parameter(description = "Empty, or as next has it: instead of page")
                    @RequestParam(required = false)
                    @Nullable String cursor,
            @Parameter(hidden = true) Paging paging,
            @Parameter(hidden = true) Optional<Caller> caller) {
        if (mine) {
            vendor = vendor(caller);
        }
        var words = Search.of(search);
        var filter =
                new ListingFilter(
                        shown(active, mine || isStaff(caller)),
                        category == null || category.isEmpty() ? null : below(new Ref(category)),
                        minPrice == null ? null : minorUnits(minPrice, RoundingMode.CEILING),
                        maxPrice == null ? null : minorUnits(maxPrice, RoundingMode.FLOOR),
                        words,
                        vendor,
                        inStock,
                        discounted);
        var order = order(ordering, !words.isNone());
        var here = cursor == null ? null : Bookmark.of(cursor);
        var query =
                new ListingQuery(
                        filter,
                        order,
                        here == null ? null : Cursor.mark(here.place(), order.by()),
                        here == null ? null : here.count(),
                        here == null ? paging.offset() : 0,
                        paging.size());
        var found = sells(caller) ? browsing.products(query) : showcase.products(query);
        var views = views(found.listings());
        return cursor == null
                ? Results.of(views, found.count(), paging)
                : new Results<>(found.count(), next(found), null, views);
    }

    private static @Nullable String next(Found found) {
        return found.last() == null
                ? null
                : Results.link("cursor", new Bookmark(Cursor.of(found.last()), found.count()));
    }

    /** Who may have changed something is shown what there is, and not what was kept of it. */
    private static boolean sells(Optional<Caller> caller) {
        return caller.filter(it -> it.isStaff() || it.is(Role.VENDOR)).isPresent();
    }

    private static UUID vendor(Optional<Caller> caller) {
        return caller.filter(it -> it.is(Role.VENDOR))
                .map(Caller::id)
                .orElseThrow(
                        () ->
                                caller.isEmpty()
                                        ? new InsufficientAuthenticationException("mine: whose?")
                                        : forbidden("Only vendors have products of their own."));
    }

    private static Shown shown(@Nullable Boolean active, boolean all) {
        if (!all) {
            if (Boolean.FALSE.equals(active)) {
                throw forbidden("Only staff and its vendor can see what is not on sale.");
            }
            return Shown.FOR_SALE;
        }
        if (active == null) {
            return Shown.ALL;
        }
        return active ? Shown.OFFERED : Shown.WITHDRAWN;
    }

    private List<UUID> below(Ref category) {
        try {
            return showcase.below(category);
        } catch (NoSuchCategory e) {
            throw Problems.invalid("category", "must be one that there is");
        }
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
        return view(product);
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            summary = "Offer a product",
            description =
                    "A vendor's is sold once the vendor is approved. slug and sku are made up where they are left out. 409 slug-taken or"
                            + " sku-taken.")
    ResponseEntity<ProductView> createProduct(
            @RequestBody @Valid ProductRequest request, @Parameter(hidden = true) Caller caller) {
        int units = request.stock() == null ? 0 : request.stock();
        var product =
                selling.offer(request.draft(properties.currency()), units, Owned.seller(caller));
        return answer(
                ResponseEntity.created(URI.create("/api/v1/products/" + product)), Ref.to(product));
    }

    @PutMapping("/{ref}")
    @Operation(
            summary = "Change a product",
            description =
                    "A stock that is named is set, as an adjustment. 409 slug-taken, sku-taken or"
                            + " too-much-stock, 412 when If-Match is stale.")
    ResponseEntity<ProductView> replaceProduct(
            @PathVariable Ref ref,
            @RequestBody @Valid ProductRequest request,
            @Parameter(hidden = true) IfMatch ifMatch,
            @Parameter(hidden = true) Caller caller) {
        var product =
                selling.change(
                        ref,
                        Owned.seller(caller),
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
                    "is_active true offers it again; a stock that is named is set, as an"
                            + " adjustment. 409 slug-taken, sku-taken or too-much-stock, 412 when"
                            + " If-Match is stale.")
    ResponseEntity<ProductView> changeProduct(
            @PathVariable Ref ref,
            @RequestBody MergePatch<ProductRequest> patch,
            @Parameter(hidden = true) IfMatch ifMatch,
            @Parameter(hidden = true) Caller caller) {
        var product =
                selling.change(
                        ref,
                        Owned.seller(caller),
                        now -> {
                            ifMatch.check(now.revision());
                            return patch.applyTo(ProductRequest.of(now))
                                    .draft(now, properties.currency());
                        });
        return answer(ResponseEntity.ok(), Ref.to(product));
    }

    @DeleteMapping("/{ref}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            summary = "Withdraw a product",
            description = "It is not deleted and can be offered again. 412 when If-Match is stale.")
    void withdrawProduct(
            @PathVariable Ref ref,
            @Parameter(hidden = true) IfMatch ifMatch,
            @Parameter(hidden = true) Caller caller) {
        selling.withdraw(ref, Owned.seller(caller), now -> ifMatch.check(now.revision()));
    }

    /** What is not on sale is not there, except for staff and its vendor. */
    static Listing visible(Browsing browsing, Ref ref, Optional<Caller> caller) {
        return browsing.product(ref)
                .filter(product -> product.forSale() || isStaff(caller) || isOf(product, caller))
                .orElseThrow(() -> new NoSuchProduct(ref));
    }

    private static boolean isOf(Listing product, Optional<Caller> caller) {
        return caller.filter(it -> it.is(Role.VENDOR) && it.id().equals(product.vendorId()))
                .isPresent();
    }

    private static Refused forbidden(String why) {
        return new Refused(HttpStatus.FORBIDDEN, "forbidden", why);
    }

    private ResponseEntity<ProductView> answer(ResponseEntity.BodyBuilder answer, Ref ref) {
        var product = browsing.product(ref).orElseThrow(() -> new NoSuchProduct(ref));
        return answer.eTag(ETags.of(product.version())).body(view(product));
    }

    private ProductView view(Listing product) {
        return views(List.of(product)).getFirst();
    }

    /** With the pictures of all of them at once. */
    private List<ProductView> views(List<Listing> products) {
        var shown = pictures.of(products.stream().map(Listing::id).toList());
        return products.stream()
                .map(product -> ProductView.of(product, shown.get(product.id())))
                .toList();
    }

    private static boolean isStaff(Optional<Caller> caller) {
        return caller.filter(Caller::isStaff).isPresent();
    }

    private long minorUnits(BigDecimal amount, RoundingMode rounding) {
        return amount.movePointRight(properties.currency().getDefaultFractionDigits())
                .setScale(0, rounding)
                .longValueExact();
    }

    private static ListingOrder order(@Nullable String ordering, boolean searches) {
        var by = Sorting.parse(ordering, ORDERINGS, searches ? "relevance" : "-created_at").by();
        if (by.size() > 1) {
            throw Problems.invalid("ordering", "must be one of created_at, price, name, relevance");
        }
        var column = By.valueOf(by.getFirst().column());
        boolean turned = by.getFirst().descending();
        if (column != By.RELEVANCE) {
            return new ListingOrder(column, turned);
        }
        // Without words, all is as relevant.
        return searches ? new ListingOrder(column, !turned) : ListingOrder.BY_AGE;
    }
}
