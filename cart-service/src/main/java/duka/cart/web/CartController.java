package duka.cart.web;

import com.fasterxml.jackson.annotation.JsonAlias;
import duka.cart.Cart;
import duka.cart.CartLine;
import duka.cart.Shopping;
import duka.cart.Shopping.Wish;
import duka.cart.Shopping.Wish.CartFull;
import duka.cart.Shopping.Wish.Granted;
import duka.cart.Shopping.Wish.NotEnoughStock;
import duka.cart.Shopping.Wish.Removed;
import duka.cart.Shopping.Wish.TooMany;
import duka.cart.Shopping.Wish.Withdrawn;
import duka.web.Caller;
import duka.web.ETags;
import duka.web.IfMatch;
import duka.web.MergePatch;
import duka.web.Paging;
import duka.web.Problem;
import duka.web.Refused;
import duka.web.Results;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
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
import org.springframework.web.bind.annotation.RestController;

/**
 * A customer's own cart. Whatever is read here carries the cart's ETag, which also changes with the
 * prices of what is in it.
 */
@RestController
@RequestMapping("/api/v1/cart")
class CartController {

    /**
     * @param quantity one, unless said otherwise
     */
    record NewItem(
            @NotNull UUID productId,
            @JsonAlias("item_quantity") @Min(1) @Max(CartLine.MOST_OF_ONE)
                    @Nullable Integer quantity) {}

    /**
     * @param quantity none of it when it is 0
     */
    record Item(
            @Nullable UUID productId,
            @JsonAlias("item_quantity") @NotNull @Min(0) @Max(CartLine.MOST_OF_ONE)
                    Integer quantity) {}

    private final Shopping shopping;
    private final ShopProperties shop;

    CartController(Shopping shopping, ShopProperties shop) {
        this.shopping = shopping;
        this.shop = shop;
    }

    @GetMapping
    @Operation(summary = "The cart, with what has changed about its items")
    ResponseEntity<CartView> cart(Caller caller) {
        return shopping.cart(caller.id())
                .map(cart -> tagged(cart).body(CartView.of(cart, shop.currency())))
                .orElseGet(() -> ResponseEntity.ok(CartView.empty(shop.currency())));
    }

    @DeleteMapping
    @Operation(summary = "Empties the cart")
    ResponseEntity<Void> emptyCart(Caller caller, IfMatch ifMatch) {
        shopping.empty(caller.id(), ifMatch::check);
        return ResponseEntity.noContent().build();
    }

    @GetMapping("/items")
    Results<ItemView> items(Caller caller, Paging paging) {
        var lines = shopping.cart(caller.id()).map(Cart::lines).orElse(List.of());
        var page = lines.stream().skip(paging.offset()).limit(paging.size()).map(ItemView::of);
        return Results.of(page.toList(), lines.size(), paging);
    }

    @PostMapping("/items")
    @Operation(
            summary = "Adds to the cart; to the product's item if it is in it",
            description =
                    "404 no-such-product; 409 product-withdrawn, not-enough-stock (with what is"
                            + " available), too-many, cart-full")
    ResponseEntity<?> addItem(Caller caller, @Valid @RequestBody NewItem item) {
        var quantity = item.quantity() == null ? 1 : item.quantity();
        return answer(shopping.add(caller.id(), item.productId(), quantity), HttpStatus.CREATED);
    }

    @GetMapping("/items/{id}")
    ResponseEntity<ItemView> item(Caller caller, @PathVariable UUID id) {
        var cart = shopping.cart(caller.id()).filter(open -> open.line(id).isPresent());
        return cart.map(open -> tagged(open).body(ItemView.of(open.line(id).orElseThrow())))
                .orElseThrow(() -> Problems.noSuchItem(id));
    }

    @PatchMapping("/items/{id}")
    @Operation(
            summary = "Changes the quantity, and acknowledges what has changed about the item",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content = @Content(schema = @Schema(implementation = Item.class))),
            description = "An empty patch only acknowledges; quantity 0 removes the item")
    ResponseEntity<?> changeItem(
            Caller caller, @PathVariable UUID id, IfMatch ifMatch, @RequestBody MergePatch patch) {
        var line = line(caller, id);
        var now = new Item(line.product().id(), line.quantity());
        return change(caller, id, ifMatch, line, patch.applyTo(now));
    }

    @PutMapping("/items/{id}")
    @Operation(summary = "The same as a patch that names the quantity")
    ResponseEntity<?> replaceItem(
            Caller caller, @PathVariable UUID id, IfMatch ifMatch, @Valid @RequestBody Item item) {
        return change(caller, id, ifMatch, line(caller, id), item);
    }

    @DeleteMapping("/items/{id}")
    ResponseEntity<Void> removeItem(Caller caller, @PathVariable UUID id, IfMatch ifMatch) {
        shopping.remove(caller.id(), id, ifMatch::check);
        return ResponseEntity.noContent().build();
    }

    @GetMapping("/history")
    @Operation(summary = "All carts, the newest first")
    Results<CartView> cartHistory(Caller caller, Paging paging) {
        var carts =
                shopping.history(caller.id(), paging.size(), paging.offset()).stream()
                        .map(cart -> CartView.of(cart, shop.currency()))
                        .toList();
        return Results.of(carts, shopping.historySize(caller.id()), paging);
    }

    private CartLine line(Caller caller, UUID id) {
        return shopping.cart(caller.id())
                .flatMap(cart -> cart.line(id))
                .orElseThrow(() -> Problems.noSuchItem(id));
    }

    private ResponseEntity<?> change(
            Caller caller, UUID id, IfMatch ifMatch, CartLine line, Item item) {
        if (item.productId() != null && !item.productId().equals(line.product().id())) {
            throw new Refused(
                    HttpStatus.BAD_REQUEST,
                    "invalid-request",
                    "An item stays the product that it is.",
                    Map.of("errors", Map.of("product_id", List.of("cannot be changed"))));
        }
        return answer(
                shopping.change(caller.id(), id, item.quantity(), ifMatch::check), HttpStatus.OK);
    }

    private static ResponseEntity<?> answer(Wish wish, HttpStatus granted) {
        return switch (wish) {
            case Granted(var cart, var line) ->
                    ResponseEntity.status(granted)
                            .location(URI.create("/api/v1/cart/items/" + line.id()))
                            .eTag(ETags.of(cart.seenAs()))
                            .body(ItemView.of(line));
            case Removed _ -> ResponseEntity.noContent().build();
            case NotEnoughStock(var available) ->
                    Problem.of(
                            HttpStatus.CONFLICT,
                            "not-enough-stock",
                            "Only %d can be had.".formatted(available),
                            Map.of("available", available));
            case TooMany(var most) ->
                    Problem.of(
                            HttpStatus.CONFLICT,
                            "too-many",
                            "A cart takes at most %d of one product.".formatted(most),
                            Map.of("most", most));
            case Withdrawn _ ->
                    Problem.of(
                            HttpStatus.CONFLICT,
                            "product-withdrawn",
                            "This product is not for sale any more.");
            case CartFull(var most) ->
                    Problem.of(
                            HttpStatus.CONFLICT,
                            "cart-full",
                            "A cart takes at most %d different products.".formatted(most));
        };
    }

    private static ResponseEntity.BodyBuilder tagged(Cart cart) {
        return ResponseEntity.ok().eTag(ETags.of(cart.seenAs()));
    }
}
