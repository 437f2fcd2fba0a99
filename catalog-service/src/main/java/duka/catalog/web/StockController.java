package duka.catalog.web;

import static org.springframework.http.HttpStatus.CONFLICT;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import duka.catalog.Browsing;
import duka.catalog.Ref;
import duka.catalog.stock.Correction;
import duka.catalog.stock.LowStock;
import duka.catalog.stock.LowStockFilter;
import duka.catalog.stock.Movement;
import duka.catalog.stock.Movement.Kind;
import duka.catalog.stock.Movement.Reason;
import duka.catalog.stock.MovementFilter;
import duka.catalog.stock.Stock;
import duka.catalog.stock.Stocking;
import duka.catalog.stock.Stocking.Adjustment.BelowReserved;
import duka.catalog.stock.Stocking.Adjustment.BeyondMost;
import duka.catalog.stock.Stocking.Adjustment.Done;
import duka.events.StockLevelChanged.Level;
import duka.web.Bookmark;
import duka.web.Caller;
import duka.web.Paging;
import duka.web.Problem;
import duka.web.Results;
import duka.web.Times;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1")
@Tag(name = "stock")
class StockController {

    private static final int MOST_AT_ONCE = 1_000_000;

    /** What only staff see is left out for others. */
    @JsonInclude(Include.NON_NULL)
    record StockView(
            UUID productId,
            int available,
            Level level,
            @Nullable Integer onHand,
            @Nullable Integer reserved,
            @Nullable Integer lowStockThreshold) {

        static StockView forAll(Stock stock) {
            return new StockView(
                    stock.productId(), stock.available(), stock.level(), null, null, null);
        }

        static StockView forStaff(Stock stock) {
            return new StockView(
                    stock.productId(),
                    stock.available(),
                    stock.level(),
                    stock.onHand(),
                    stock.reserved(),
                    stock.lowThreshold());
        }
    }

    record LowStockView(
            UUID productId,
            String name,
            String slug,
            String sku,
            @Nullable UUID vendorId,
            Level level,
            int available,
            int onHand,
            int reserved,
            int lowStockThreshold) {

        static LowStockView of(LowStock low) {
            var stock = low.stock();
            return new LowStockView(
                    stock.productId(),
                    low.name(),
                    low.slug(),
                    low.sku(),
                    low.vendorId(),
                    stock.level(),
                    stock.available(),
                    stock.onHand(),
                    stock.reserved(),
                    stock.lowThreshold());
        }
    }

    record MovementView(
            UUID id,
            UUID productId,
            Kind kind,
            int quantity,
            @Nullable UUID orderId,
            @Nullable UUID receiptId,
            @Nullable Reason reason,
            @Nullable String note,
            @Nullable UUID madeBy,
            Instant madeAt) {

        static MovementView of(Movement movement) {
            return new MovementView(
                    movement.id(),
                    movement.productId(),
                    movement.kind(),
                    movement.quantity(),
                    movement.orderId(),
                    movement.receiptId(),
                    movement.reason(),
                    movement.note(),
                    movement.madeBy(),
                    movement.madeAt());
        }
    }

    /**
     * @param delta so many units more or, when negative, fewer than the books say
     * @param counted so many units are on hand, whatever the books say; one of the two
     * @param note necessary for OTHER
     */
    record AdjustmentRequest(
            @Schema(example = "-2") @JsonAlias("quantity") @Min(-MOST_AT_ONCE) @Max(MOST_AT_ONCE)
                    @Nullable Integer delta,
            @Min(0) @Max(Stock.MOST) @Nullable Integer counted,
            @NotNull @Schema(example = "DAMAGED") Reason reason,
            @Size(max = 500) @Schema(example = "Fell off the lorry") @Nullable String note) {

        Correction correction() {
            if ((delta == null) == (counted == null)) {
                throw Problems.invalid("delta", "or counted must be given, one of the two");
            }
            if (delta != null && delta == 0) {
                throw Problems.invalid("delta", "must not be 0");
            }
            if (reason == Reason.OTHER && words() == null) {
                throw Problems.invalid("note", "must say why, for the reason is OTHER");
            }
            return delta == null ? new Correction.To(counted) : new Correction.By(delta);
        }

        @Nullable String words() {
            return note == null || note.isBlank() ? null : note.strip();
        }
    }

    record StockRequest(@NotNull @PositiveOrZero @Max(Stock.MOST) Integer lowStockThreshold) {}

    private final Browsing browsing;
    private final Stocking stocking;

    StockController(Browsing browsing, Stocking stocking) {
        this.browsing = browsing;
        this.stocking = stocking;
    }

    @GetMapping("/products/{ref}/stock")
    @Operation(
            summary = "What there is of a product",
            description =
                    "Staff and its vendor see what is on hand and what of that is reserved, too.")
    StockView showStock(@PathVariable Ref ref, @Parameter(hidden = true) Optional<Caller> caller) {
        var product = ProductController.visible(browsing, ref, caller);
        return caller.filter(it -> Owned.isKeptBy(it, product.vendorId())).isPresent()
                ? StockView.forStaff(product.stock())
                : StockView.forAll(product.stock());
    }

    @PatchMapping("/products/{ref}/stock")
    @Operation(summary = "Say how few of a product are too few")
    StockView changeStock(
            @PathVariable Ref ref,
            @RequestBody @Valid StockRequest request,
            @Parameter(hidden = true) Caller caller) {
        var product = Owned.product(browsing, ref, caller).id();
        return StockView.forStaff(
                stocking.changeLowThreshold(product, request.lowStockThreshold()));
    }

    @PostMapping("/products/{ref}/stock-adjustments")
    @Operation(
            summary = "Correct what is on hand",
            description =
                    "By a difference or to what has been counted. Vendors their own products.")
    @ApiResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = StockView.class)))
    @ApiResponse(
            responseCode = "409",
            description =
                    "below-reserved: the units that would go are kept for orders; too-much-stock",
            content = @Content)
    ResponseEntity<?> adjustStock(
            @PathVariable Ref ref,
            @RequestBody @Valid AdjustmentRequest request,
            @Parameter(hidden = true) Caller caller) {
        var product = Owned.product(browsing, ref, caller).id();
        return switch (stocking.adjust(
                product, request.correction(), request.reason(), request.words(), caller.id())) {
            case Done(var stock) -> ResponseEntity.ok(StockView.forStaff(stock));
            case BelowReserved(var stock) ->
                    Problem.of(
                            CONFLICT,
                            "below-reserved",
                            "Of %d on hand, %d are reserved and must stay."
                                    .formatted(stock.onHand(), stock.reserved()),
                            Map.of(
                                    "on_hand", stock.onHand(),
                                    "reserved", stock.reserved(),
                                    "available", stock.available()));
            case BeyondMost(var stock) -> tooMuch(stock);
        };
    }

    static ResponseEntity<ProblemDetail> tooMuch(Stock stock) {
        return Problem.of(
                CONFLICT,
                "too-much-stock",
                "No more than %d can be on hand.".formatted(Stock.MOST),
                Map.of("product_id", stock.productId(), "on_hand", stock.onHand()));
    }

    @GetMapping("/products/{ref}/stock-adjustments")
    @Operation(summary = "How a product's stock was corrected, the latest first")
    Results<MovementView> listStockAdjustments(
            @PathVariable Ref ref,
            @RequestParam(required = false) @Nullable Reason reason,
            @Parameter(hidden = true) Paging paging,
            @Parameter(hidden = true) Caller caller) {
        var product = Owned.product(browsing, ref, caller).id();
        return page(
                new MovementFilter(product, null, Kind.ADJUSTED, reason, null, null, null), paging);
    }

    @GetMapping("/stock/low")
    @Operation(
            summary = "Products on sale that run low or are out, the lowest first",
            description = "Vendors see their own.")
    Results<LowStockView> listLowStock(
            @Parameter(description = "LOW or OUT") @RequestParam(required = false)
                    @Nullable Level level,
            @Parameter(description = "Whose products; for staff")
                    @RequestParam(name = "vendor_id", required = false)
                    @Nullable UUID vendorId,
            @Parameter(hidden = true) Paging paging,
            @Parameter(hidden = true) Caller caller) {
        if (level == Level.IN) {
            throw Problems.invalid("level", "must be one of LOW, OUT");
        }
        var filter = new LowStockFilter(caller.isStaff() ? vendorId : caller.id(), level);
        return Results.of(
                stocking.low(filter, paging.offset(), paging.size()).stream()
                        .map(LowStockView::of)
                        .toList(),
                stocking.countLow(filter),
                paging);
    }

    @GetMapping("/stock-movements")
    @Operation(
            summary = "All that came and went, the latest first",
            description =
                    "For deep reading ask for cursor= (empty) and follow next. Vendors see what is"
                            + " theirs.")
    Results<MovementView> listMovements(
            @Parameter(description = "Id or slug") @RequestParam(required = false)
                    @Nullable String product,
            @Parameter(description = "Whose products; for staff")
                    @RequestParam(name = "vendor_id", required = false)
                    @Nullable UUID vendorId,
            @RequestParam(required = false) @Nullable Kind kind,
            @Parameter(description = "Of adjustments") @RequestParam(required = false)
                    @Nullable Reason reason,
            @RequestParam(required = false) @Nullable UUID order,
            @Parameter(description = "The first moment") @RequestParam(required = false)
                    @Nullable Instant from,
            @Parameter(description = "The first moment that is too late")
                    @RequestParam(required = false)
                    @Nullable Instant to,
            @RequestParam(required = false) @Nullable String cursor,
            @Parameter(hidden = true) Paging paging,
            @Parameter(hidden = true) Caller caller) {
        var filter =
                new MovementFilter(
                        Owned.filtered(browsing, product, caller),
                        caller.isStaff() ? vendorId : caller.id(),
                        kind,
                        reason,
                        order,
                        Times.checked("from", from),
                        Times.checked("to", to));
        if (cursor == null) {
            return page(filter, paging);
        }
        var here = Bookmark.of(cursor);
        var found = stocking.movements(filter, Cursor.id(here.place()), 0, paging.size());
        long count = here.count() == null ? stocking.countMovements(filter) : here.count();
        var next =
                found.size() < paging.size()
                        ? null
                        : Results.link(
                                "cursor", new Bookmark(found.getLast().id().toString(), count));
        return new Results<>(count, next, null, found.stream().map(MovementView::of).toList());
    }

    private Results<MovementView> page(MovementFilter filter, Paging paging) {
        return Results.of(
                stocking.movements(filter, null, paging.offset(), paging.size()).stream()
                        .map(MovementView::of)
                        .toList(),
                stocking.countMovements(filter),
                paging);
    }
}
