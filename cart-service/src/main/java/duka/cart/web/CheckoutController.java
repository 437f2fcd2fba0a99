package duka.cart.web;

import duka.cart.Cart;
import duka.cart.CheckingOut;
import duka.cart.CheckingOut.Confirmation;
import duka.cart.CheckingOut.Confirmation.AlreadyCheckedOut;
import duka.cart.CheckingOut.Confirmation.Begun;
import duka.cart.CheckingOut.Confirmation.Changed;
import duka.cart.CheckingOut.Confirmation.EmptyCart;
import duka.cart.CheckingOut.Confirmation.Expired;
import duka.cart.CheckingOut.Confirmation.Incomplete;
import duka.cart.CheckingOut.Confirmation.TooManyLines;
import duka.cart.Draft;
import duka.cart.Shopper;
import duka.cart.Shopping;
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
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * From a cart to an order. Confirming only begins it: the answer is 202, with the order's address;
 * {@link OrderOutcomes} has a better one for those who wait.
 */
@RestController
@Tag(name = "checkout")
@RequestMapping(CheckoutController.PATH)
class CheckoutController {

    static final String PATH = "/api/v1/checkout";

    private static final String NO_SUCH_CART = "no-such-cart: cart_id is no cart of the caller's";

    /** What becomes of a confirmation. */
    @Retention(RetentionPolicy.RUNTIME)
    @Parameter(
            in = ParameterIn.HEADER,
            name = "Prefer",
            description = "wait=N: rather wait N seconds for the outcome; respond-async: do not",
            schema = @Schema(type = "string", example = "wait=20"))
    @ApiResponse(
            responseCode = "201",
            description = "What became of it, for those who prefer to wait",
            content = @Content(schema = @Schema(implementation = CheckoutView.class)))
    @ApiResponse(
            responseCode = "202",
            description = "The order is on its way; Location says where it will be",
            content = @Content(schema = @Schema(implementation = CheckoutView.class)))
    @ApiResponse(responseCode = "400", description = "checkout-incomplete, with what is missing")
    @ApiResponse(responseCode = "404", description = NO_SUCH_CART)
    @ApiResponse(
            responseCode = "409",
            description =
                    "cart-empty, cart-full, cart-expired, already-checked-out (with its order),"
                            + " cart-changed (with the changes to acknowledge)")
    @ApiResponse(
            responseCode = "412",
            description = "If-Match, or etag, names another state of the cart")
    private @interface AnswersConfirmation {}

    /**
     * @param cartId the cart that is meant, if the caller wants to be sure
     * @param acceptChanges whether the cart is taken as it now is; then If-Match or etag says which
     *     state of it the customer has seen
     */
    record Confirm(
            @Nullable UUID cartId,
            @Nullable Boolean acceptChanges,
            @Nullable @Size(max = 100) String etag) {

        static final Confirm PLAIN = new Confirm(null, null, null);
    }

    private final CheckingOut checkingOut;
    private final Shopping shopping;
    private final ShopProperties shop;

    CheckoutController(CheckingOut checkingOut, Shopping shopping, ShopProperties shop) {
        this.checkingOut = checkingOut;
        this.shopping = shopping;
        this.shop = shop;
    }

    @GetMapping
    @Operation(summary = "What is known for the next checkout, and what is missing")
    DraftView checkoutDraft(Caller caller) {
        return DraftView.of(checkingOut.draft(caller.id()), cart(caller), shop.currency());
    }

    @PatchMapping("/update")
    @Operation(summary = "Says where to ship and how to pay")
    @ApiResponse(
            responseCode = "200",
            description = "The draft as it is then",
            content = @Content(schema = @Schema(implementation = DraftView.class)))
    @ApiResponse(responseCode = "404", description = NO_SUCH_CART)
    @ApiResponse(
            responseCode = "409",
            description = "cart-empty, cart-expired, already-checked-out (with its order)")
    ResponseEntity<?> updateCheckout(Caller caller, @RequestBody MergePatch<CheckoutForm> patch) {
        var form = patch.applyTo(CheckoutForm.BLANK);
        var open = cart(caller);
        if (form.cartId() != null && !form.cartId().equals(open.map(Cart::id).orElse(null))) {
            return answer(checkingOut.standing(caller.id(), form.cartId()));
        }
        var cart = open.filter(it -> !it.isEmpty()).orElseThrow(Problems::emptyCart);
        var draft = checkingOut.update(caller.id(), before -> changed(before, patch));
        return ResponseEntity.ok(DraftView.of(draft, Optional.of(cart), shop.currency()));
    }

    @PostMapping("/confirm")
    @Operation(summary = "Makes an order of the cart")
    @AnswersConfirmation
    ResponseEntity<?> confirmCheckout(
            Caller caller,
            IfMatch ifMatch,
            @Valid @RequestBody(required = false) @Nullable Confirm body) {
        return confirm(
                caller, ifMatch, UnaryOperator.identity(), body == null ? Confirm.PLAIN : body);
    }

    @PostMapping
    @Operation(
            summary = "Says where to ship and how to pay, confirms, and waits for the outcome",
            description =
                    "Prefer: respond-async does not wait. Where nothing is confirmed, what was said"
                            + " is kept, unless the request has an Idempotency-Key")
    @AnswersConfirmation
    ResponseEntity<?> checkOut(
            Caller caller,
            IfMatch ifMatch,
            @RequestBody(required = false) @Nullable MergePatch<CheckoutForm> patch) {
        if (patch == null) {
            return confirm(caller, ifMatch, UnaryOperator.identity(), Confirm.PLAIN);
        }
        var form = patch.applyTo(CheckoutForm.BLANK);
        return confirm(
                caller,
                ifMatch,
                before -> changed(before, patch),
                new Confirm(form.cartId(), form.acceptChanges(), form.etag()));
    }

    @GetMapping("/history")
    @Operation(summary = "All confirmations and what came of them, the newest first")
    Results<CheckoutView> checkoutHistory(Caller caller, Paging paging) {
        var checkouts =
                checkingOut.history(caller.id(), paging.size(), paging.offset()).stream()
                        .map(CheckoutView::of)
                        .toList();
        return Results.of(checkouts, checkingOut.historySize(caller.id()), paging);
    }

    private Optional<Cart> cart(Caller caller) {
        return shopping.cart(Shopper.customer(caller.id()));
    }

    private Draft changed(Draft before, MergePatch<CheckoutForm> patch) {
        return patch.applyTo(CheckoutForm.of(before)).draft(before, checkingOut::seal);
    }

    private ResponseEntity<?> confirm(
            Caller caller, IfMatch ifMatch, UnaryOperator<Draft> change, Confirm body) {
        var seen = body.etag() == null ? ifMatch : new IfMatch(List.of(body.etag()));
        var accepts = Boolean.TRUE.equals(body.acceptChanges());
        if (accepts && (seen.tags().isEmpty() || seen.tags().contains("*"))) {
            throw new Refused(
                    HttpStatus.BAD_REQUEST,
                    "invalid-request",
                    "Changes can be accepted only by who has seen them: name the cart's ETag.",
                    Map.of("errors", Map.of("etag", List.of("is required, here or as If-Match"))));
        }
        return answer(
                checkingOut.confirm(
                        caller.id(),
                        change,
                        Optional.ofNullable(body.cartId()),
                        accepts,
                        seen::check));
    }

    private static ResponseEntity<?> answer(Confirmation confirmation) {
        return switch (confirmation) {
            case Begun(var checkout) ->
                    ResponseEntity.accepted()
                            .location(order(checkout.orderId()))
                            .body(CheckoutView.of(checkout));
            case AlreadyCheckedOut(var orderId) ->
                    Problems.with(
                            Problem.of(
                                    HttpStatus.CONFLICT,
                                    "already-checked-out",
                                    "The cart has become order %s.".formatted(orderId),
                                    Map.of("order_id", orderId)),
                            HttpHeaders.LOCATION,
                            order(orderId).toString());
            case Expired _ ->
                    Problem.of(
                            HttpStatus.CONFLICT,
                            "cart-expired",
                            "The cart was left alone for too long. The next item begins another.");
            case EmptyCart _ -> throw Problems.emptyCart();
            case TooManyLines(var most) -> Problems.fullCart(most);
            case Incomplete(var missing) ->
                    Problem.of(
                            HttpStatus.BAD_REQUEST,
                            "checkout-incomplete",
                            "Say first where to ship and how to pay; errors says what is missing.",
                            Map.of("errors", missing));
            case Changed(var cart) ->
                    Problems.with(
                            Problem.of(
                                    HttpStatus.CONFLICT,
                                    "cart-changed",
                                    "Not all in the cart is as it was; look at it before you buy.",
                                    Map.of("changes", ChangeView.of(cart))),
                            HttpHeaders.ETAG,
                            ETags.of(cart.seenAs()));
        };
    }

    private static URI order(UUID id) {
        return URI.create("/api/v1/orders/" + id);
    }
}
