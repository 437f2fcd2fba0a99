package duka.catalog.web;

import static org.springframework.http.HttpStatus.CONFLICT;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import duka.catalog.Browsing;
import duka.catalog.NoSuchProduct;
import duka.catalog.Ref;
import duka.catalog.stock.LowStock;
import duka.catalog.stock.Movement;
import duka.catalog.stock.MovementFilter;
import duka.catalog.stock.Stock;
import duka.catalog.stock.Stocking;
import duka.catalog.stock.Stocking.Adjustment.BelowReserved;
import duka.catalog.stock.Stocking.Adjustment.BeyondMost;
import duka.catalog.stock.Stocking.Adjustment.Done;
import duka.events.StockLevelChanged.Level;
import duka.web.Caller;
import duka.web.Paging;
import duka.web.Problem;
import duka.web.Results;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1")
@Tag(name = "Stock")
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
            Movement.Kind kind,
            int quantity,
            @Nullable UUID orderId,
            @Nullable String reason,
            @Nullable UUID madeBy,
            Instant madeAt) {

        static MovementView of(Movement movement) {
            return new MovementView(
                    movement.id(),
                    movement.productId(),
                    movement.kind(),
                    movement.quantity(),
                    movement.orderId(),
                    movement.reason(),
                    movement.madeBy(),
                    movement.madeAt());
        }
    }

    /**
     * @param quantity of units that came, or, when negative, went
     */
    record AdjustmentRequest(
            @NotNull @Min(-MOST_AT_ONCE) @Max(MOST_AT_ONCE) Integer quantity,
            @NotBlank @Size(max = 200) String reason) {}

    private final Browsing browsing;
    private final Stocking stocking;

    StockController(Browsing browsing, Stocking stocking) {
        this.browsing = browsing;
        this.stocking = stocking;
    }

    @GetMapping("/products/{ref}/stock")
    @Operation(
            summary = "What there is of a product",
            description = "Staff see what is on hand and what of that is reserved, too.")
    StockView showStock(@PathVariable Ref ref, @Parameter(hidden = true) Optional<Caller> caller) {
        var stock = ProductController.visible(browsing, ref, caller).stock();
        return caller.filter(Caller::isStaff).isPresent()
                ? StockView.forStaff(stock)
                : StockView.forAll(stock);
    }

    @PostMapping("/products/{ref}/stock-adjustments")
    @Operation(
            summary = "Correct what is on hand",
            description = "409 below-reserved when the units that would go are kept for orders.")
    ResponseEntity<?> adjustStock(
            @PathVariable Ref ref,
            @RequestBody @Valid AdjustmentRequest request,
            @Parameter(hidden = true) Caller caller) {
        if (request.quantity() == 0) {
            throw Problems.invalid("quantity", "must not be 0");
        }
        var product = browsing.product(ref).orElseThrow(() -> new NoSuchProduct(ref)).id();
        return switch (stocking.adjust(
                product, request.quantity(), request.reason().strip(), caller.id())) {
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
            case BeyondMost(var stock) ->
                    Problem.of(
                            CONFLICT,
                            "too-much-stock",
                            "No more than %d can be on hand.".formatted(Stock.MOST),
                            Map.of("on_hand", stock.onHand()));
        };
    }

    @GetMapping("/stock/low")
    @Operation(summary = "Products on sale that run low or are out, the lowest first")
    Results<LowStockView> listLowStock(@Parameter(hidden = true) Paging paging) {
        return Results.of(
                stocking.low(paging.offset(), paging.size()).stream()
                        .map(LowStockView::of)
                        .toList(),
                stocking.countLow(),
                paging);
    }

    @GetMapping("/stock-movements")
    @Operation(
            summary = "All that came and went, the latest first",
            description = "For deep reading ask for cursor= (empty) and follow next.")
    Results<MovementView> listMovements(
            @Parameter(description = "Id or slug") @RequestParam(required = false)
                    @Nullable String product,
            @RequestParam(required = false) Movement.@Nullable Kind kind,
            @RequestParam(required = false) @Nullable UUID order,
            @RequestParam(required = false) @Nullable String cursor,
            @Parameter(hidden = true) Paging paging,
            HttpServletRequest request) {
        var filter =
                new MovementFilter(
                        product == null || product.isEmpty() ? null : productId(product),
                        kind,
                        order);
        long count = stocking.countMovements(filter);
        if (cursor == null) {
            return Results.of(
                    stocking.movements(filter, null, paging.offset(), paging.size()).stream()
                            .map(MovementView::of)
                            .toList(),
                    count,
                    paging);
        }
        var found = stocking.movements(filter, Cursor.id(cursor), 0, paging.size());
        var next =
                found.size() < paging.size()
                        ? null
                        : Cursor.link(request, found.getLast().id().toString());
        return new Results<>(count, next, null, found.stream().map(MovementView::of).toList());
    }

    private UUID productId(String product) {
        return browsing.product(new Ref(product))
                .orElseThrow(() -> Problems.invalid("product", "must be one that there is"))
                .id();
    }
}
