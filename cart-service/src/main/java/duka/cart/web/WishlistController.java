package duka.cart.web;

import duka.cart.Wishing;
import duka.cart.Wishing.Wished.Added;
import duka.cart.Wishing.Wished.ListFull;
import duka.cart.Wishing.Wished.ThereAlready;
import duka.cart.Wishing.Wished.Withdrawn;
import duka.cart.WishlistItem;
import duka.web.Caller;
import duka.web.Paging;
import duka.web.Problem;
import duka.web.Results;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** A customer's own wishlist. */
@RestController
@Tag(name = "wishlist")
@RequestMapping("/api/v1/wishlist")
class WishlistController {

    record NewWish(@NotNull UUID productId) {}

    private final Wishing wishing;

    WishlistController(Wishing wishing) {
        this.wishing = wishing;
    }

    @GetMapping
    @Operation(summary = "The wishlist at today's prices, the latest wish first")
    Results<WishlistView> wishlist(Caller caller, Paging paging) {
        var page =
                wishing.wishlist(caller.id(), paging.size(), paging.offset()).stream()
                        .map(WishlistView::of)
                        .toList();
        return Results.of(page, wishing.size(caller.id()), paging);
    }

    @PostMapping
    @Operation(summary = "Puts a product on the wishlist, unless it is there already")
    @ApiResponse(
            responseCode = "200",
            description = "It was there already",
            content = @Content(schema = @Schema(implementation = WishlistView.class)))
    @ApiResponse(
            responseCode = "201",
            description = "It is there now",
            content = @Content(schema = @Schema(implementation = WishlistView.class)))
    @ApiResponse(responseCode = "404", description = "no-such-product")
    @ApiResponse(responseCode = "409", description = "product-withdrawn, wishlist-full")
    @ApiResponse(
            responseCode = "503",
            description = "catalog-unavailable: it alone knows of this product as yet")
    ResponseEntity<?> addWish(Caller caller, @Valid @RequestBody NewWish wish) {
        return switch (wishing.add(caller.id(), wish.productId())) {
            case Added(var item) -> answer(HttpStatus.CREATED, item);
            case ThereAlready(var item) -> answer(HttpStatus.OK, item);
            case Withdrawn _ -> Problems.withdrawn();
            case ListFull(var most) ->
                    Problem.of(
                            HttpStatus.CONFLICT,
                            "wishlist-full",
                            "A wishlist takes at most %d products.".formatted(most));
        };
    }

    @GetMapping("/{product_id}")
    @Operation(summary = "One product on the wishlist")
    @ApiResponse(responseCode = "200", description = "Its name, price and availability")
    @ApiResponse(responseCode = "404", description = "no-such-wish")
    WishlistView wish(Caller caller, @PathVariable("product_id") UUID productId) {
        return WishlistView.of(wishing.item(caller.id(), productId));
    }

    @DeleteMapping("/{product_id}")
    @Operation(summary = "Takes a product off the wishlist")
    @ApiResponse(responseCode = "204", description = "It is off the list")
    @ApiResponse(responseCode = "404", description = "no-such-wish")
    ResponseEntity<Void> removeWish(Caller caller, @PathVariable("product_id") UUID productId) {
        wishing.remove(caller.id(), productId);
        return ResponseEntity.noContent().build();
    }

    private static ResponseEntity<WishlistView> answer(HttpStatus status, WishlistItem item) {
        return ResponseEntity.status(status)
                .location(URI.create("/api/v1/wishlist/" + item.product().id()))
                .body(WishlistView.of(item));
    }
}
