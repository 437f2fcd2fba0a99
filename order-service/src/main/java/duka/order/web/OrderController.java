package duka.order.web;

import static org.springframework.http.HttpStatus.CONFLICT;
import static org.springframework.http.HttpStatus.FORBIDDEN;

import duka.order.Addresses;
import duka.order.CheckedOutCart;
import duka.order.CustomerId;
import duka.order.Following;
import duka.order.NextOrder;
import duka.order.Order;
import duka.order.OrderId;
import duka.order.OrderSearch;
import duka.order.OrderSearch.Ids;
import duka.order.OrderSearch.Only;
import duka.order.OrderStatus;
import duka.order.Ordering;
import duka.order.Ordering.Cancellation.Done;
import duka.order.Ordering.Cancellation.TooLate;
import duka.order.Ordering.Collected;
import duka.order.Ordering.LinesCancellation.Cancelled;
import duka.order.Ordering.LinesCancellation.NotNow;
import duka.order.Ordering.LinesCancellation.NotOpen;
import duka.web.Caller;
import duka.web.Paging;
import duka.web.Refused;
import duka.web.Results;
import duka.web.Times;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Instant;
import java.util.List;
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
@RequestMapping("/api/v1/orders")
@Tag(name = "orders")
class OrderController {

    private final Ordering orders;
    private final Following following;
    private final Addresses addresses;

    OrderController(Ordering orders, Following following, Addresses addresses) {
        this.orders = orders;
        this.following = following;
        this.addresses = addresses;
    }

    @GetMapping
    @Operation(
            summary = "Your orders; staff see everybody's",
            description =
                    "customer_id and vendor_id are for staff; search is an order's id or how it"
                            + " begins. For deep reading begin with an empty cursor and follow next:"
                            + " the newest first.")
    Results<OrderView> listOrders(
            Caller caller,
            Paging paging,
            @RequestParam(name = "customer_id", required = false) @Nullable UUID customer,
            @RequestParam(name = "vendor_id", required = false) @Nullable UUID vendor,
            @RequestParam(required = false) @Nullable OrderStatus status,
            @RequestParam(name = "created_from", required = false) @Nullable Instant from,
            @RequestParam(name = "created_to", required = false) @Nullable Instant to,
            @RequestParam(required = false) @Nullable String search,
            @RequestParam(required = false) @Nullable String ordering,
            @RequestParam(required = false) @Nullable String cursor) {
        if (vendor != null && !caller.isStaff()) {
            throw onlyStaff();
        }
        var wanted =
                new OrderSearch(
                        whose(caller, customer),
                        vendor,
                        status,
                        Times.checked("created_from", from),
                        Times.checked("created_to", to),
                        null,
                        ids(search),
                        Only.ALL);
        return new OrderList(paging, ordering, cursor).read(orders, wanted, this::view);
    }

    @GetMapping("/{id}")
    @Operation(summary = "An order; 404 order-not-known-yet while its checkout is on its way")
    OrderView getOrder(@PathVariable OrderId id, Caller caller) {
        return view(orders.find(id, Viewers.of(caller)));
    }

    @GetMapping("/{id}/timeline")
    @Operation(summary = "Everything that was heard of an order or done to it")
    List<TimelineView> getTimeline(@PathVariable OrderId id, Caller caller) {
        return orders.timeline(id, Viewers.of(caller)).stream().map(TimelineView::of).toList();
    }

    @PostMapping("/create")
    @Operation(
            summary = "The order of a confirmed checkout, again and again the same",
            description = "201 the first time, 200 from then on.")
    @ApiResponse(responseCode = "201", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "200", useReturnTypeSchema = true)
    @Conflicts("checkout-not-confirmed: that cart was not checked out")
    ResponseEntity<OrderView> createOrder(@Valid @RequestBody CreateOrder request, Caller caller)
            throws InterruptedException {
        var collected = collect(new CheckedOutCart(new CustomerId(caller.id()), request.cartId()));
        if (collected.isEmpty()) {
            throw new Refused(
                    CONFLICT,
                    "checkout-not-confirmed",
                    "Checkout must be confirmed before there is an order.");
        }
        var order = collected.get().order();
        var uri = URI.create("/api/v1/orders/" + order.id());
        return (collected.get().first()
                        ? ResponseEntity.created(uri)
                        : ResponseEntity.ok().location(uri))
                .body(view(order));
    }

    @PostMapping("/{id}/cancel")
    @Operation(summary = "Cancels a whole order")
    @Conflicts("order-not-cancellable: it is shipped, or over, or cancelled in part")
    @ApiResponse(responseCode = "200", useReturnTypeSchema = true)
    OrderView cancelOrder(@PathVariable OrderId id, Caller caller) {
        return switch (orders.cancel(id, Viewers.of(caller))) {
            case Done(var order) -> view(order);
            case TooLate(var status) -> throw Refusals.notCancellable(status);
        };
    }

    @PostMapping("/{id}/lines/cancel")
    @Operation(
            summary = "Cancels units that were not shipped yet",
            description = "What was paid for them goes back to the customer.")
    @ApiResponse(responseCode = "200", useReturnTypeSchema = true)
    @Conflicts(
            "lines-not-open: more than is left of a line; lines-not-cancellable: the order"
                    + " is not paid yet, or over")
    LinesCancelled cancelLines(
            @PathVariable OrderId id, @Valid @RequestBody CancelLines request, Caller caller) {
        var lines = LineQuantity.all(request.lines());
        return switch (orders.cancelLines(id, lines, Viewers.of(caller))) {
            case Cancelled(var order, var amount) ->
                    new LinesCancelled(
                            amount.decimal(), amount.currency().getCurrencyCode(), view(order));
            case NotOpen(var status, var open) -> throw Refusals.notOpen(status, open);
            case NotNow(var status, var why) ->
                    throw Refusals.conflict(
                            "lines-not-cancellable",
                            "The order is %s: %s.".formatted(status, why),
                            status);
        };
    }

    private Optional<Collected> collect(CheckedOutCart cart) throws InterruptedException {
        var collected = orders.collect(cart);
        var known = collected.map(Collected::order);
        if (known.isPresent() && !known.get().gaveItsCartBack()) {
            return collected;
        }
        // The checkout that is asked about may not have been heard of yet. Look again whatever is
        // answered: in a process that departs, nobody sees what arrives.
        following.arrives(new NextOrder(cart, known.map(Order::id).orElse(null)));
        return orders.collect(cart).filter(latest -> !isOf(known, latest)).or(() -> collected);
    }

    private static boolean isOf(Optional<Order> known, Collected latest) {
        return known.map(Order::id).equals(Optional.of(latest.order().id()));
    }

    private static @Nullable Ids ids(@Nullable String search) {
        if (search == null || search.isBlank()) {
            return null;
        }
        try {
            return Ids.startingWith(search.strip());
        } catch (IllegalArgumentException e) {
            throw Refused.invalid("search", "must be an order's id, or how it begins");
        }
    }

    private static @Nullable CustomerId whose(Caller caller, @Nullable UUID customer) {
        if (caller.isStaff()) {
            return customer == null ? null : new CustomerId(customer);
        }
        if (customer != null && !customer.equals(caller.id())) {
            throw onlyStaff();
        }
        return new CustomerId(caller.id());
    }

    private static Refused onlyStaff() {
        return new Refused(FORBIDDEN, "forbidden", "Only staff see the orders of others.");
    }

    private OrderView view(Order order) {
        return OrderView.of(order, addresses.of(order));
    }

    record CreateOrder(
            @NotNull @Schema(example = "0192d5c0-0000-7000-8000-00000000000c") UUID cartId) {}

    record CancelLines(@NotEmpty @Size(max = 200) List<@Valid @NotNull LineQuantity> lines) {}

    /**
     * @param amount what the customer gets back
     */
    record LinesCancelled(String amount, String currency, OrderView order) {}
}
