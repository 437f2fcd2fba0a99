package duka.order.web;

import static org.springframework.http.HttpStatus.CONFLICT;
import static org.springframework.http.HttpStatus.FORBIDDEN;

import duka.order.CustomerId;
import duka.order.OrderId;
import duka.order.ReturnReason;
import duka.order.ReturnSearch;
import duka.order.ReturnStatus;
import duka.order.Returning;
import duka.order.Returning.Asking;
import duka.order.Returning.Asking.Asked;
import duka.order.Returning.Asking.NotReturnable;
import duka.order.Returning.Asking.Open;
import duka.order.Returning.Asking.TooLate;
import duka.order.Returning.Decision;
import duka.order.Returning.Decision.Decided;
import duka.order.Returning.Decision.Done;
import duka.web.Caller;
import duka.web.Paging;
import duka.web.Refused;
import duka.web.Results;
import duka.web.Sorting;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.Map;
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
@Tag(name = "returns")
class ReturnController {

    private static final Map<String, String> COLUMNS = Map.of("created_at", "created_at");

    private final Returning returning;

    ReturnController(Returning returning) {
        this.returning = returning;
    }

    @PostMapping("/orders/{id}/returns")
    @Operation(
            summary = "Asks to send a whole order back, shipped or delivered",
            description =
                    "received is for staff: it is here already, refused at the door or sent back"
                            + " unasked. A comment stays between customer and shop.")
    @ApiResponse(responseCode = "201", useReturnTypeSchema = true)
    @Conflicts(
            "return-open: it is asked for already; order-not-returnable: it has not left, or"
                    + " is over; return-too-late: the time for it has passed")
    ResponseEntity<ReturnView> askToReturn(
            @PathVariable OrderId id, @Valid @RequestBody AskToReturn request, Caller caller) {
        var wish = asked(ask(id, request, caller));
        return ResponseEntity.created(URI.create("/api/v1/returns/" + wish.id())).body(wish);
    }

    @GetMapping("/returns")
    @Operation(summary = "Your returns; staff see everybody's")
    Results<ReturnView> listReturns(
            Caller caller,
            Paging paging,
            @RequestParam(name = "order_id", required = false) @Nullable UUID order,
            @RequestParam(required = false) @Nullable ReturnStatus status,
            @RequestParam(required = false) @Nullable String ordering) {
        var search =
                new ReturnSearch(
                        caller.isStaff() ? null : new CustomerId(caller.id()),
                        order == null ? null : new OrderId(order),
                        status);
        var sorting = Sorting.parse(ordering, COLUMNS, "-created_at");
        var returns = returning.list(search, sorting.sql(), paging.size(), paging.offset());
        return Results.of(
                returns.stream().map(ReturnView::of).toList(), returning.count(search), paging);
    }

    @GetMapping("/returns/{id}")
    @Operation(summary = "A return")
    ReturnView getReturn(@PathVariable UUID id, Caller caller) {
        return ReturnView.of(returning.get(id, Viewers.of(caller)));
    }

    @PostMapping("/returns/{id}/approve")
    @Operation(summary = "Lets an order come back")
    @ApiResponse(responseCode = "200", useReturnTypeSchema = true)
    @Conflicts("return-decided: it was decided otherwise")
    ReturnView approveReturn(@PathVariable UUID id) {
        return decided(returning.approve(id));
    }

    @PostMapping("/returns/{id}/reject")
    @Operation(summary = "Does not let an order come back; its customer is told why")
    @ApiResponse(responseCode = "200", useReturnTypeSchema = true)
    @Conflicts("return-decided: it was decided otherwise")
    ReturnView rejectReturn(@PathVariable UUID id, @Valid @RequestBody RejectReturn request) {
        return decided(returning.reject(id, request.reason()));
    }

    @PostMapping("/returns/{id}/receive")
    @Operation(
            summary = "The order has come back: it is restocked and refunded",
            description = "Approved or not: who has the goods need not wait.")
    @ApiResponse(responseCode = "200", useReturnTypeSchema = true)
    @Conflicts("return-decided: it was rejected")
    ReturnView receiveReturn(@PathVariable UUID id) {
        return decided(returning.receive(id));
    }

    private Asking ask(OrderId id, AskToReturn request, Caller caller) {
        if (!request.isHere()) {
            return returning.ask(id, request.reason(), request.comment(), Viewers.of(caller));
        }
        if (!caller.isStaff()) {
            throw new Refused(FORBIDDEN, "forbidden", "Only staff say that an order is back.");
        }
        return returning.takeBack(id, request.reason(), request.comment());
    }

    private static ReturnView asked(Asking asking) {
        return switch (asking) {
            case Asked(var wish) -> ReturnView.of(wish);
            case Open(var wish) ->
                    throw new Refused(
                            CONFLICT,
                            "return-open",
                            "There is a return of this order already.",
                            Map.of("return_id", wish.id(), "return_status", wish.status()));
            case NotReturnable(var status, var why) ->
                    throw Refusals.conflict(
                            "order-not-returnable",
                            "The order is %s: %s.".formatted(status, why),
                            status);
            case TooLate(var until) ->
                    throw new Refused(
                            CONFLICT,
                            "return-too-late",
                            "It could be returned until %s.".formatted(until),
                            Map.of("until", until));
        };
    }

    private static ReturnView decided(Decision decision) {
        return switch (decision) {
            case Done(var wish) -> ReturnView.of(wish);
            case Decided(var status) ->
                    throw new Refused(
                            CONFLICT,
                            "return-decided",
                            "The return is %s.".formatted(status),
                            Map.of("return_status", status));
        };
    }

    record AskToReturn(
            @NotNull ReturnReason reason,
            @Nullable @Size(max = 500) @Schema(example = "The left shoe is a right one.")
                    String comment,
            @Schema(defaultValue = "false") @Nullable Boolean received) {

        private boolean isHere() {
            return Boolean.TRUE.equals(received);
        }
    }

    record RejectReturn(
            @NotBlank
                    @Size(max = 500)
                    @Schema(
                            description =
                                    "Told to the customer, and to whoever reads events: no personal"
                                            + " data belongs here.",
                            example = "It was worn.")
                    String reason) {}
}
