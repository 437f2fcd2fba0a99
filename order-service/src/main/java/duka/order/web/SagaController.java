package duka.order.web;

import duka.order.Addresses;
import duka.order.OrderId;
import duka.order.OrderSearch;
import duka.order.OrderSearch.Only;
import duka.order.OrderStatus;
import duka.order.Ordering;
import duka.order.Ordering.Cancellation.Done;
import duka.order.Ordering.Cancellation.TooLate;
import duka.web.Caller;
import duka.web.Paging;
import duka.web.Results;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/sagas")
@Tag(name = "sagas")
class SagaController {

    private final Ordering ordering;
    private final Addresses addresses;
    private final Clock clock;

    SagaController(Ordering ordering, Addresses addresses, Clock clock) {
        this.ordering = ordering;
        this.addresses = addresses;
        this.clock = clock;
    }

    @GetMapping
    @Operation(
            summary = "Checkouts that still wait for something, the oldest first",
            description =
                    "older_than: how long they have been in their state at least, as 5m or PT5M.")
    Results<SagaView> listSagas(
            Paging paging,
            @RequestParam(required = false) @Nullable OrderStatus state,
            @RequestParam(name = "older_than", required = false) @Nullable String olderThan) {
        var by = Durations.ago("older_than", olderThan, clock);
        var search = new OrderSearch(null, null, state, null, null, by, null, Only.UNFINISHED);
        var sagas =
                ordering.list(search, "since", paging.size(), paging.offset()).stream()
                        .map(SagaView::of)
                        .toList();
        return Results.of(sagas, ordering.count(search), paging);
    }

    @GetMapping("/{id}")
    @Operation(summary = "A checkout, explained: what it waits for and how it came there")
    SagaView getSaga(@PathVariable OrderId id, Caller staff) {
        var viewer = Viewers.of(staff);
        return SagaView.explained(ordering.find(id, viewer), ordering.timeline(id, viewer));
    }

    @PostMapping("/{id}/cancel")
    @Operation(summary = "Cancels a whole order for its customer")
    @ApiResponse(responseCode = "200", useReturnTypeSchema = true)
    @Conflicts("order-not-cancellable: it is shipped, or over, or cancelled in part")
    OrderView cancelSaga(@PathVariable OrderId id) {
        return switch (ordering.cancelForCustomer(id)) {
            case Done(var order) -> OrderView.of(order, addresses.of(order));
            case TooLate(var status) -> throw Refusals.notCancellable(status);
        };
    }
}
