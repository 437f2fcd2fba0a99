package duka.catalog.web;

import static org.springframework.http.HttpStatus.CONFLICT;
import static org.springframework.http.HttpStatus.NOT_FOUND;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import duka.catalog.Browsing;
import duka.catalog.stock.Receipt;
import duka.catalog.stock.RestockDraft;
import duka.catalog.stock.RestockFilter;
import duka.catalog.stock.RestockOrder;
import duka.catalog.stock.RestockStatus;
import duka.catalog.stock.Restocking;
import duka.catalog.stock.Restocking.Delivery;
import duka.catalog.stock.Restocking.Outcome;
import duka.catalog.stock.Restocking.Outcome.Refusal;
import duka.catalog.stock.Stock;
import duka.events.Quantity;
import duka.web.Caller;
import duka.web.ETags;
import duka.web.IfMatch;
import duka.web.MergePatch;
import duka.web.Paging;
import duka.web.Problem;
import duka.web.Refused;
import duka.web.Results;
import duka.web.Sorting;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
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
@RequestMapping("/api/v1/restock-orders")
@Tag(name = "Restock orders", description = "Staff see all, vendors those they have made.")
class RestockController {

    private static final int MOST_LINES = 200;
    private static final int MOST_UNITS = 1_000_000;
    private static final Map<String, String> ORDERINGS = Map.of("created_at", "id");

    record LineRequest(
            @NotNull UUID productId, @NotNull @Positive @Max(MOST_UNITS) Integer quantity) {

        static List<Quantity> units(List<LineRequest> lines) {
            if (lines.stream().map(LineRequest::productId).distinct().count() < lines.size()) {
                throw Problems.invalid("lines", "must name each product once");
            }
            return lines.stream()
                    .map(line -> new Quantity(line.productId(), line.quantity()))
                    .toList();
        }
    }

    record RestockRequest(
            @Size(max = 200) @Schema(example = "Kenya Chairs Ltd") @Nullable String supplier,
            @Size(max = 1000) @Nullable String note,
            @Nullable LocalDate expectedOn,
            @NotEmpty @Size(max = MOST_LINES) List<@NotNull @Valid LineRequest> lines) {

        static RestockRequest of(RestockOrder order) {
            return new RestockRequest(
                    order.supplier(),
                    order.note(),
                    order.expectedOn(),
                    order.lines().stream()
                            .map(line -> new LineRequest(line.productId(), line.quantity()))
                            .toList());
        }

        RestockDraft draft() {
            if (expectedOn != null
                    && (expectedOn.getYear() < 1970 || expectedOn.getYear() > 9999)) {
                throw Problems.invalid("expected_on", "must be a day from 1970 to 9999");
            }
            return new RestockDraft(supplier, note, expectedOn, LineRequest.units(lines));
        }
    }

    /**
     * @param reference the delivery note's: a delivery sent twice under it counts once
     * @param allowExcess that more comes than has been ordered is no mistake
     */
    record ReceiptRequest(
            @NotEmpty @Size(max = MOST_LINES) List<@NotNull @Valid LineRequest> lines,
            @Size(min = 1, max = 100) @Schema(example = "DN-2026-0017") @Nullable String reference,
            @Size(max = 1000) @Nullable String note,
            @Nullable Boolean allowExcess) {

        Delivery delivery() {
            return new Delivery(
                    LineRequest.units(lines), reference, note, Boolean.TRUE.equals(allowExcess));
        }
    }

    record RestockLineView(UUID productId, int quantity, int received) {}

    record ReceiptView(
            UUID id,
            @Nullable String reference,
            @Nullable String note,
            List<Quantity> lines,
            UUID receivedBy,
            Instant receivedAt) {

        static ReceiptView of(Receipt receipt) {
            return new ReceiptView(
                    receipt.id(),
                    receipt.reference(),
                    receipt.note(),
                    receipt.lines(),
                    receipt.receivedBy(),
                    receipt.receivedAt());
        }
    }

    /**
     * @param vendorId whose order it is; null for the shop's own
     * @param receipts what has come, where one order is looked at
     */
    record RestockView(
            UUID id,
            @Nullable UUID vendorId,
            RestockStatus status,
            @Nullable String supplier,
            @Nullable String note,
            @Nullable LocalDate expectedOn,
            List<RestockLineView> lines,
            @JsonInclude(Include.NON_NULL) @Nullable List<ReceiptView> receipts,
            UUID createdBy,
            Instant createdAt,
            @Nullable Instant orderedAt,
            @Nullable Instant closedAt) {

        static RestockView of(RestockOrder order, @Nullable List<Receipt> receipts) {
            return new RestockView(
                    order.id(),
                    order.vendorId(),
                    order.status(),
                    order.supplier(),
                    order.note(),
                    order.expectedOn(),
                    order.lines().stream()
                            .map(
                                    line ->
                                            new RestockLineView(
                                                    line.productId(),
                                                    line.quantity(),
                                                    line.received()))
                            .toList(),
                    receipts == null ? null : receipts.stream().map(ReceiptView::of).toList(),
                    order.createdBy(),
                    order.createdAt(),
                    order.orderedAt(),
                    order.closedAt());
        }
    }

    @Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
    @Retention(RetentionPolicy.RUNTIME)
    @ApiResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = RestockView.class)))
    @interface AnswersOrder {}

    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @AnswersOrder
    @ApiResponse(
            responseCode = "409",
            description = "restock-order-closed: it is no draft any more",
            content = @Content)
    @interface ChangesDraft {}

    private final Restocking restocking;
    private final Browsing browsing;

    RestockController(Restocking restocking, Browsing browsing) {
        this.restocking = restocking;
        this.browsing = browsing;
    }

    @GetMapping
    @Operation(summary = "Restock orders, the latest first")
    Results<RestockView> listRestockOrders(
            @RequestParam(required = false) @Nullable RestockStatus status,
            @Parameter(description = "Id or slug of a product among its lines")
                    @RequestParam(required = false)
                    @Nullable String product,
            @Parameter(description = "Whose orders; for staff")
                    @RequestParam(name = "vendor_id", required = false)
                    @Nullable UUID vendorId,
            @Parameter(description = "created_at, with - before it for the latest first")
                    @RequestParam(required = false)
                    @Nullable String ordering,
            @Parameter(hidden = true) Paging paging,
            @Parameter(hidden = true) Caller caller) {
        var filter =
                new RestockFilter(
                        caller.isStaff() ? vendorId : caller.id(),
                        status,
                        Owned.filtered(browsing, product, caller));
        boolean latestFirst =
                Sorting.parse(ordering, ORDERINGS, "-created_at").by().getFirst().descending();
        return Results.of(
                restocking.list(filter, latestFirst, paging.offset(), paging.size()).stream()
                        .map(order -> RestockView.of(order, null))
                        .toList(),
                restocking.count(filter),
                paging);
    }

    @GetMapping("/{id}")
    @Operation(summary = "One restock order, with what has come of it")
    ResponseEntity<RestockView> showRestockOrder(
            @PathVariable UUID id, @Parameter(hidden = true) Caller caller) {
        var order = restocking.find(id, Owned.vendor(caller)).orElseThrow(() -> notThere(id));
        return ResponseEntity.ok()
                .eTag(ETags.of(order.version()))
                .body(RestockView.of(order, restocking.receipts(id)));
    }

    @PostMapping
    @Operation(summary = "Draft a restock order", description = "Vendors for their own products.")
    @ApiResponse(
            responseCode = "201",
            content = @Content(schema = @Schema(implementation = RestockView.class)))
    ResponseEntity<?> createRestockOrder(
            @RequestBody @Valid RestockRequest request, @Parameter(hidden = true) Caller caller) {
        return switch (restocking.draft(request.draft(), Owned.vendor(caller), caller.id())) {
            case Outcome.Done(var order) ->
                    ResponseEntity.created(URI.create("/api/v1/restock-orders/" + order.id()))
                            .eTag(ETags.of(order.version()))
                            .body(RestockView.of(order, List.of()));
            case Refusal refusal -> refuse(null, refusal);
        };
    }

    @PatchMapping("/{id}")
    @Operation(summary = "Change a draft, by JSON Merge Patch; lines are replaced as a whole")
    @ChangesDraft
    ResponseEntity<?> changeRestockOrder(
            @PathVariable UUID id,
            @RequestBody MergePatch<RestockRequest> patch,
            @Parameter(hidden = true) IfMatch ifMatch,
            @Parameter(hidden = true) Caller caller) {
        return answer(
                id,
                restocking.change(
                        id,
                        Owned.vendor(caller),
                        now -> {
                            ifMatch.check(now.version());
                            return patch.applyTo(RestockRequest.of(now)).draft();
                        }));
    }

    @PostMapping("/{id}/order")
    @Operation(summary = "Say that it has been sent to the supplier")
    @ChangesDraft
    ResponseEntity<?> orderRestockOrder(
            @PathVariable UUID id, @Parameter(hidden = true) Caller caller) {
        return answer(id, restocking.order(id, Owned.vendor(caller)));
    }

    @PostMapping("/{id}/receive")
    @Operation(
            summary = "Put a delivery on the shelves",
            description =
                    "It may be a part of what was ordered. Sent again with the same reference, or"
                            + " with the same Idempotency-Key, it counts once.")
    @AnswersOrder
    @ApiResponse(
            responseCode = "409",
            description =
                    "more-than-ordered unless allow_excess says so; reference-taken by another"
                            + " delivery; restock-order-closed; too-much-stock; too-much-received and"
                            + " too-many-deliveries where there is a mistake in any case",
            content = @Content)
    ResponseEntity<?> receiveRestockOrder(
            @PathVariable UUID id,
            @RequestBody @Valid ReceiptRequest request,
            @Parameter(hidden = true) Caller caller) {
        return answer(
                id, restocking.receive(id, Owned.vendor(caller), request.delivery(), caller.id()));
    }

    @PostMapping("/{id}/cancel")
    @Operation(summary = "Do not wait for what has not come", description = "What has come stays.")
    @AnswersOrder
    @ApiResponse(
            responseCode = "409",
            description = "restock-order-closed: all of it has come",
            content = @Content)
    ResponseEntity<?> cancelRestockOrder(
            @PathVariable UUID id, @Parameter(hidden = true) Caller caller) {
        return answer(id, restocking.cancel(id, Owned.vendor(caller)));
    }

    private ResponseEntity<?> answer(UUID id, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done(var order) ->
                    ResponseEntity.ok()
                            .eTag(ETags.of(order.version()))
                            .body(RestockView.of(order, restocking.receipts(id)));
            case Refusal refusal -> refuse(id, refusal);
        };
    }

    private static ResponseEntity<?> refuse(@Nullable UUID id, Refusal refusal) {
        return switch (refusal) {
            case Outcome.NotThere() -> throw notThere(id);
            case Outcome.NotNow(var order) ->
                    Problem.of(
                            CONFLICT,
                            "restock-order-closed",
                            "The restock order is %s.".formatted(order.status()),
                            Map.of("restock_status", order.status()));
            case Outcome.Unknown(Set<UUID> products) ->
                    throw Problems.invalid(
                            "lines",
                            "must not name "
                                    + new TreeSet<>(products)
                                            .stream()
                                                    .map(UUID::toString)
                                                    .collect(Collectors.joining(", ")));
            case Outcome.MoreThanOrdered(var product, int missing) ->
                    Problem.of(
                            CONFLICT,
                            "more-than-ordered",
                            "Of product %s, %d are still to come.".formatted(product, missing),
                            Map.of("product_id", product, "missing", missing));
            case Outcome.ReferenceTaken(var reference) ->
                    Problem.of(
                            CONFLICT,
                            "reference-taken",
                            "Something else has come under the reference %s.".formatted(reference));
            case Outcome.BeyondMost(var stock) -> StockController.tooMuch(stock);
            case Outcome.TooMuchReceived(var product, int received) ->
                    Problem.of(
                            CONFLICT,
                            "too-much-received",
                            "No more than %d of a product can come for one order."
                                    .formatted(Stock.MOST),
                            Map.of("product_id", product, "received", received));
            case Outcome.TooManyDeliveries(int most) ->
                    Problem.of(
                            CONFLICT,
                            "too-many-deliveries",
                            "An order comes in no more than %d deliveries.".formatted(most));
        };
    }

    private static Refused notThere(@Nullable UUID id) {
        return new Refused(
                NOT_FOUND, "no-such-restock-order", "There is no restock order %s.".formatted(id));
    }
}
