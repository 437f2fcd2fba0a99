package duka.order.web;

import static org.springframework.http.HttpStatus.BAD_REQUEST;
import static org.springframework.http.HttpStatus.CONFLICT;
import static org.springframework.http.HttpStatus.FORBIDDEN;

import duka.order.Addresses;
import duka.order.CustomerId;
import duka.order.Order;
import duka.order.OrderId;
import duka.order.OrderSearch;
import duka.order.OrderStatus;
import duka.order.Ordering;
import duka.order.Ordering.Cancellation.Done;
import duka.order.Ordering.Cancellation.TooLate;
import duka.order.Ordering.Collected;
import duka.web.Caller;
import duka.web.Paging;
import duka.web.Problem;
import duka.web.Refused;
import duka.web.Results;
import duka.web.Sorting;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
import org.springframework.web.util.UriComponentsBuilder;

@RestController
@RequestMapping("/api/v1/orders")
@Tag(name = "orders")
class OrderController {

    private static final Map<String, String> COLUMNS =
            Map.of("created_at", "created_at", "updated_at", "updated_at", "total", "total");

    /** How long a confirmed checkout may take to be heard of before it counts as not confirmed. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final Duration GLANCE = Duration.ofMillis(50);

    private final Ordering ordering;
    private final Addresses addresses;

    OrderController(Ordering ordering, Addresses addresses) {
        this.ordering = ordering;
        this.addresses = addresses;
    }

    @GetMapping
    @Operation(
            summary = "Your orders; staff see everybody's",
            description =
                    "For deep reading begin with an empty cursor and follow next: the newest first.")
    Results<OrderView> listOrders(
            Caller caller,
            Paging paging,
            @RequestParam(name = "customer_id", required = false) @Nullable UUID customer,
            @RequestParam(required = false) @Nullable OrderStatus status,
            @RequestParam(name = "created_from", required = false) @Nullable Instant from,
            @RequestParam(name = "created_to", required = false) @Nullable Instant to,
            @RequestParam(required = false) @Nullable String ordering,
            @RequestParam(required = false) @Nullable String cursor,
            HttpServletRequest request) {
        var search =
                new OrderSearch(
                        whose(caller, customer),
                        status,
                        Times.checked("created_from", from),
                        Times.checked("created_to", to),
                        null,
                        false);
        if (cursor != null) {
            return readOn(search, cursor, paging.size(), request);
        }
        var sorting = Sorting.parse(ordering, COLUMNS, "-created_at");
        var orders = this.ordering.list(search, sorting.sql(), paging.size(), paging.offset());
        return Results.of(
                orders.stream().map(this::view).toList(), this.ordering.count(search), paging);
    }

    @GetMapping("/{id}")
    @Operation(summary = "An order; 404 order-not-known-yet while its checkout is on its way")
    OrderView getOrder(@PathVariable OrderId id, Caller caller) {
        return view(ordering.find(id, Viewers.of(caller)));
    }

    @GetMapping("/{id}/timeline")
    @Operation(summary = "Everything that was heard of an order or done to it")
    List<TimelineView> getTimeline(@PathVariable OrderId id, Caller caller) {
        return ordering.timeline(id, Viewers.of(caller)).stream().map(TimelineView::of).toList();
    }

    @PostMapping("/create")
    @Operation(
            summary = "The order of a confirmed checkout, again and again the same",
            description = "409 checkout-not-confirmed if that cart was not checked out.")
    ResponseEntity<?> createOrder(@Valid @RequestBody CreateOrder request, Caller caller)
            throws InterruptedException {
        return collect(request.cartId(), new CustomerId(caller.id()))
                .<ResponseEntity<?>>map(
                        collected -> {
                            var order = collected.order();
                            var uri = URI.create("/api/v1/orders/" + order.id());
                            return (collected.first()
                                            ? ResponseEntity.created(uri)
                                            : ResponseEntity.ok().location(uri))
                                    .body(view(order));
                        })
                .orElseGet(
                        () ->
                                Problem.of(
                                        CONFLICT,
                                        "checkout-not-confirmed",
                                        "Checkout must be confirmed before there is an order."));
    }

    @PostMapping("/{id}/cancel")
    @Operation(
            summary = "Cancels a whole order",
            description = "409 order-not-cancellable once it is shipped, or over.")
    ResponseEntity<?> cancelOrder(@PathVariable OrderId id, Caller caller) {
        return switch (ordering.cancel(id, Viewers.of(caller))) {
            case Done(var order) -> ResponseEntity.ok(view(order));
            case TooLate(var status) -> notCancellable(status);
        };
    }

    static ResponseEntity<?> notCancellable(OrderStatus status) {
        return Problem.of(
                CONFLICT,
                "order-not-cancellable",
                "The order is %s and cannot be cancelled as a whole.".formatted(status),
                Map.of("order_status", status));
    }

    private Optional<Collected> collect(UUID cart, CustomerId customer)
            throws InterruptedException {
        var collected = ordering.collect(cart, customer);
        for (var left = PATIENCE;
                collected.isEmpty() && left.isPositive();
                left = left.minus(GLANCE)) {
            Thread.sleep(GLANCE);
            collected = ordering.collect(cart, customer);
        }
        return collected;
    }

    private Results<OrderView> readOn(
            OrderSearch search, String cursor, int size, HttpServletRequest request) {
        var after = cursor.isEmpty() ? null : parse(cursor);
        var orders = ordering.listAfter(search, after, size + 1);
        var page = orders.size() > size ? orders.subList(0, size) : orders;
        var next =
                orders.size() > size
                        ? UriComponentsBuilder.fromPath(request.getRequestURI())
                                .query(request.getQueryString())
                                .replaceQueryParam("cursor", page.getLast().id())
                                .build()
                                .toUriString()
                        : null;
        return new Results<>(
                ordering.count(search), next, null, page.stream().map(this::view).toList());
    }

    private static OrderId parse(String cursor) {
        try {
            return OrderId.of(cursor);
        } catch (IllegalArgumentException e) {
            throw new Refused(BAD_REQUEST, "invalid-cursor", "This cursor was not given out here.");
        }
    }

    private static @Nullable CustomerId whose(Caller caller, @Nullable UUID customer) {
        if (caller.isStaff()) {
            return customer == null ? null : new CustomerId(customer);
        }
        if (customer != null && !customer.equals(caller.id())) {
            throw new Refused(FORBIDDEN, "forbidden", "Only staff see the orders of others.");
        }
        return new CustomerId(caller.id());
    }

    private OrderView view(Order order) {
        return OrderView.of(order, addresses.of(order));
    }

    record CreateOrder(@NotNull UUID cartId) {}
}
