package duka.cart.web;

import com.fasterxml.jackson.annotation.JsonAlias;
import duka.cart.Cart;
import duka.cart.CartLine;
import duka.cart.CartToken;
import duka.cart.Merging;
import duka.cart.NoSuchCart;
import duka.cart.NoSuchItem;
import duka.cart.Shopper;
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
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
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
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * A customer's own cart, or a guest's, which is had by its token. Whatever is read here carries the
 * cart's ETag, which also changes with the products that are in it.
 *
 * <p>A customer who reads the cart, or adds to it, with a guest's token in hand has that guest's
 * cart merged first. What names an item, or a state of the cart, leaves a guest's cart alone.
 */
@RestController
@Tag(name = "cart")
@RequestMapping("/api/v1/cart")
class CartController {

    /**
     * @param quantity one, unless said otherwise
     */
    record NewItem(
            @NotNull UUID productId,
            @Schema(example = "2") @JsonAlias("item_quantity") @Min(1) @Max(CartLine.MOST_OF_ONE)
                    @Nullable Integer quantity) {}

    /**
     * @param quantity none of it when it is 0
     */
    record Item(
            @Nullable UUID productId,
            @Schema(example = "3")
                    @JsonAlias("item_quantity")
                    @NotNull
                    @Min(0)
                    @Max(CartLine.MOST_OF_ONE)
                    Integer quantity) {}

    /** What becomes of an item that is changed. */
    @Retention(RetentionPolicy.RUNTIME)
    @ApiResponse(
            responseCode = "200",
            description = "The item as it is then",
            content = @Content(schema = @Schema(implementation = ItemView.class)))
    @ApiResponse(responseCode = "204", description = "It is removed", content = @Content)
    @ApiResponse(responseCode = "404", description = "no-such-item")
    @ApiResponse(
            responseCode = "409",
            description = "product-withdrawn, not-enough-stock (with what is available)")
    private @interface AnswersItem {}

    static final String TOKEN = "Cart-Token";

    private final Shopping shopping;
    private final Merging merging;
    private final ShopProperties shop;

    CartController(Shopping shopping, Merging merging, ShopProperties shop) {
        this.shopping = shopping;
        this.merging = merging;
        this.shop = shop;
    }

    @GetMapping
    @Operation(
            summary = "The cart, with what has changed about its items",
            description =
                    "A signed-in customer's with the guest's cart of a Cart-Token merged into it")
    ResponseEntity<CartView> cart(
            Optional<Caller> caller,
            @RequestHeader(name = TOKEN, required = false) @Nullable String token) {
        return show(merged(caller, token));
    }

    @DeleteMapping
    @Operation(summary = "Empties the cart")
    @ApiResponse(responseCode = "204", description = "There is nothing in it")
    ResponseEntity<Void> emptyCart(
            Optional<Caller> caller,
            @RequestHeader(name = TOKEN, required = false) @Nullable String token,
            IfMatch ifMatch) {
        whose(caller, token).ifPresent(it -> shopping.empty(it, ifMatch::check));
        return ResponseEntity.noContent().build();
    }

    @PostMapping("/merge")
    @Operation(
            summary = "Merges a guest's cart into the caller's",
            description = "Once; sent again, it answers the cart as it is")
    @ApiResponse(responseCode = "200", description = "The caller's cart as it is then")
    @ApiResponse(
            responseCode = "404",
            description = "no-such-cart: the token is unknown, or was another customer's")
    ResponseEntity<CartView> mergeCart(
            Caller caller,
            @Parameter(description = "The guest's") @RequestHeader(TOKEN) String token) {
        if (!CartToken.of(token).map(guests -> merging.merge(caller.id(), guests)).orElse(false)) {
            throw NoSuchCart.ofToken();
        }
        return show(Optional.of(Shopper.customer(caller.id())));
    }

    @GetMapping("/items")
    @Operation(summary = "What is in the cart, in the order in which it was added")
    Results<ItemView> items(
            Optional<Caller> caller,
            @RequestHeader(name = TOKEN, required = false) @Nullable String token,
            Paging paging) {
        var cart = merged(caller, token).flatMap(shopping::cart);
        var lines = cart.map(Cart::lines).orElse(List.of());
        var page = lines.stream().skip(paging.offset()).limit(paging.size()).map(ItemView::of);
        return Results.of(page.toList(), lines.size(), paging);
    }

    @PostMapping("/items")
    @Operation(summary = "Adds to the cart; to the product's item if it is in it")
    @ApiResponse(
            responseCode = "201",
            description = "The product's item",
            headers =
                    @Header(
                            name = TOKEN,
                            description =
                                    "Given to a guest whose cart is begun by this; to be sent back"
                                            + " with all that is about the cart",
                            schema = @Schema(type = "string")),
            content = @Content(schema = @Schema(implementation = ItemView.class)))
    @ApiResponse(responseCode = "404", description = "no-such-product")
    @ApiResponse(
            responseCode = "409",
            description =
                    "product-withdrawn, not-enough-stock (with what is available), too-many,"
                            + " cart-full")
    @ApiResponse(
            responseCode = "503",
            description = "catalog-unavailable: it alone knows of this product as yet")
    ResponseEntity<?> addItem(
            Optional<Caller> caller,
            @RequestHeader(name = TOKEN, required = false) @Nullable String token,
            @Valid @RequestBody NewItem item) {
        return caller.isPresent()
                ? answer(add(merged(caller, token).orElseThrow(), item), HttpStatus.CREATED)
                : addAsGuest(merging.ours(CartToken.of(token)), token, item);
    }

    @GetMapping("/items/{id}")
    @Operation(summary = "One item of the cart")
    @ApiResponse(responseCode = "200", description = "The item")
    @ApiResponse(responseCode = "404", description = "no-such-item")
    ResponseEntity<ItemView> item(
            Optional<Caller> caller,
            @RequestHeader(name = TOKEN, required = false) @Nullable String token,
            @PathVariable UUID id) {
        return whose(caller, token)
                .flatMap(shopping::cart)
                .filter(cart -> cart.line(id).isPresent())
                .map(cart -> tagged(cart).body(ItemView.of(cart.line(id).orElseThrow())))
                .orElseThrow(() -> new NoSuchItem(id));
    }

    @PatchMapping("/items/{id}")
    @Operation(
            summary = "Changes the quantity, and acknowledges what has changed about the item",
            description = "An empty patch only acknowledges; quantity 0 removes the item")
    @AnswersItem
    ResponseEntity<?> changeItem(
            Optional<Caller> caller,
            @RequestHeader(name = TOKEN, required = false) @Nullable String token,
            @PathVariable UUID id,
            IfMatch ifMatch,
            @RequestBody MergePatch<Item> patch) {
        return change(
                whose(caller, token),
                id,
                ifMatch,
                line -> patch.applyTo(new Item(line.product().id(), line.quantity())));
    }

    @PutMapping("/items/{id}")
    @Operation(summary = "The same as a patch that names the quantity")
    @AnswersItem
    ResponseEntity<?> replaceItem(
            Optional<Caller> caller,
            @RequestHeader(name = TOKEN, required = false) @Nullable String token,
            @PathVariable UUID id,
            IfMatch ifMatch,
            @Valid @RequestBody Item item) {
        return change(whose(caller, token), id, ifMatch, _ -> item);
    }

    @DeleteMapping("/items/{id}")
    @Operation(summary = "Removes an item from the cart")
    @ApiResponse(responseCode = "204", description = "It is removed")
    @ApiResponse(responseCode = "404", description = "no-such-item")
    ResponseEntity<Void> removeItem(
            Optional<Caller> caller,
            @RequestHeader(name = TOKEN, required = false) @Nullable String token,
            @PathVariable UUID id,
            IfMatch ifMatch) {
        var shopper = whose(caller, token).orElseThrow(() -> new NoSuchItem(id));
        shopping.remove(shopper, id, ifMatch::check);
        return ResponseEntity.noContent().build();
    }

    @GetMapping("/history")
    @Operation(
            summary = "All carts, the newest first",
            description = "Those that are not open any more are shown as they then were")
    Results<CartView> cartHistory(Caller caller, Paging paging) {
        var carts =
                shopping.history(caller.id(), paging.size(), paging.offset()).stream()
                        .map(cart -> CartView.of(cart, shop.currency()))
                        .toList();
        return Results.of(carts, shopping.historySize(caller.id()), paging);
    }

    /** Nobody if a guest has no cart yet. */
    private static Optional<Shopper> whose(Optional<Caller> caller, @Nullable String token) {
        return caller.map(customer -> Shopper.customer(customer.id()))
                .or(() -> CartToken.of(token).map(Shopper::guest));
    }

    /** The same, and what a customer was collecting as a guest is there too. */
    private Optional<Shopper> merged(Optional<Caller> caller, @Nullable String token) {
        caller.ifPresent(
                customer ->
                        CartToken.of(token)
                                .ifPresent(guests -> merging.merge(customer.id(), guests)));
        return whose(caller, token);
    }

    private ResponseEntity<CartView> show(Optional<Shopper> shopper) {
        return shopper.flatMap(shopping::cart)
                .map(cart -> tagged(cart).body(CartView.of(cart, shop.currency())))
                .orElseGet(() -> ResponseEntity.ok(CartView.empty(shop.currency())));
    }

    private Wish add(Shopper shopper, NewItem item) {
        var quantity = item.quantity() == null ? 1 : item.quantity();
        return shopping.add(shopper, item.productId(), quantity);
    }

    private ResponseEntity<?> addAsGuest(CartToken token, @Nullable String sent, NewItem item) {
        var wish = add(Shopper.guest(token), item);
        var answer = answer(wish, HttpStatus.CREATED);
        return wish instanceof Granted && !token.value().equals(sent)
                ? Problems.with(answer, TOKEN, token.value())
                : answer;
    }

    private ResponseEntity<?> change(
            Optional<Shopper> shopper, UUID id, IfMatch ifMatch, Function<CartLine, Item> change) {
        return answer(
                shopping.change(
                        shopper.orElseThrow(() -> new NoSuchItem(id)),
                        id,
                        line -> quantity(line, change.apply(line)),
                        ifMatch::check),
                HttpStatus.OK);
    }

    private static int quantity(CartLine line, Item item) {
        if (item.productId() != null && !item.productId().equals(line.product().id())) {
            throw new Refused(
                    HttpStatus.BAD_REQUEST,
                    "invalid-request",
                    "An item stays the product that it is.",
                    Map.of("errors", Map.of("product_id", List.of("cannot be changed"))));
        }
        return item.quantity();
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
            case Withdrawn _ -> Problems.withdrawn();
            case CartFull(var most) -> Problems.fullCart(most);
        };
    }

    private static ResponseEntity.BodyBuilder tagged(Cart cart) {
        return ResponseEntity.ok().eTag(ETags.of(cart.seenAs()));
    }
}
