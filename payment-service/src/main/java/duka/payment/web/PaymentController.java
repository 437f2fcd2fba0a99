package duka.payment.web;

import static org.springframework.http.HttpStatus.BAD_REQUEST;
import static org.springframework.http.HttpStatus.CONFLICT;
import static org.springframework.http.HttpStatus.NOT_FOUND;

import duka.events.PaymentMethod;
import duka.messaging.Uuid7;
import duka.payment.Charging;
import duka.payment.Payment;
import duka.payment.PaymentFilter;
import duka.payment.PaymentStatus;
import duka.web.Caller;
import duka.web.Paging;
import duka.web.Refused;
import duka.web.Results;
import duka.web.Sorting;
import duka.web.Times;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "payments")
@RestController
@RequestMapping("/api/v1/payments")
class PaymentController {

    private static final Map<String, String> COLUMNS =
            Map.of("created_at", "created_at", "amount", "amount", "status", "status");

    /** An order this young may be on its way to us. */
    private static final Duration YOUNG = Duration.ofMinutes(1);

    record Initiation(
            @NotNull UUID orderId,
            @Nullable
                    @Pattern(
                            regexp = "[!-~]{1,200}",
                            message = "must be 1 to 200 visible ASCII characters")
                    String paymentToken,
            @Nullable @Size(max = 50) String provider) {}

    record Confirmation(
            @Nullable @Size(max = 200) String reference,
            @Nullable UUID paymentId,
            @Nullable UUID orderId) {}

    private final Charging charging;
    private final Clock clock;

    PaymentController(Charging charging, Clock clock) {
        this.charging = charging;
        this.clock = clock;
    }

    @Operation(
            summary = "The caller's payments; for staff, everybody's. Newest first.",
            description =
                    "`ordering` by created_at, amount or status, with - before it for downwards.")
    @GetMapping
    Results<PaymentView> listPayments(
            Caller me,
            Paging paging,
            @RequestParam(required = false) @Nullable String ordering,
            @RequestParam(name = "customer_id", required = false) @Nullable UUID customerId,
            @RequestParam(name = "order_id", required = false) @Nullable UUID orderId,
            @RequestParam(required = false) @Nullable PaymentStatus status,
            @RequestParam(required = false) @Nullable PaymentMethod method,
            @RequestParam(required = false) @Nullable String provider,
            @RequestParam(required = false) @Nullable String reference,
            @RequestParam(name = "created_from", required = false) @Nullable Instant createdFrom,
            @RequestParam(name = "created_to", required = false) @Nullable Instant createdTo,
            @RequestParam(name = "needs_staff", required = false) @Nullable Boolean needsStaff) {
        var filter =
                new PaymentFilter(
                        me.isStaff() ? null : me.id(),
                        customerId,
                        orderId,
                        status,
                        method,
                        provider,
                        reference,
                        Times.checked("created_from", createdFrom),
                        Times.checked("created_to", createdTo),
                        needsStaff);
        var order = Sorting.parse(ordering, COLUMNS, "-created_at").sql();
        var page = charging.list(filter, order, paging.offset(), paging.size());
        return Results.of(
                page.items().stream().map(payment -> PaymentView.of(payment, me)).toList(),
                page.count(),
                paging);
    }

    @Operation(summary = "One payment. Its customer and staff see it.")
    @GetMapping("/{id}")
    PaymentView getPayment(@PathVariable UUID id, Caller me) {
        return PaymentView.of(
                charging.find(id)
                        .filter(payment -> mayBeSeenBy(payment, me))
                        .orElseThrow(PaymentController::noSuchPayment),
                me);
    }

    @Operation(
            summary = "Begins to pay an order, or answers what to do next.",
            description =
                    """
                    A payment that waits for a token takes it and is authorized; without a token, and in \
                    every other case, the answer is the payment as it stands, again and again the same one. \
                    A young order that has not come to be paid yet is 404 `payment-not-known-yet` with \
                    `Retry-After`.""")
    @ApiResponse(responseCode = "201", description = "Waiting for the customer, or under way")
    @ApiResponse(responseCode = "409", description = "`payment-over`: it can no longer be paid.")
    @PostMapping("/initiate")
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<PaymentView> initiatePayment(@Valid @RequestBody Initiation asked, Caller me) {
        if (asked.provider() != null && !charging.takes(asked.provider())) {
            throw new Refused(
                    BAD_REQUEST, "unknown-provider", "There is no provider of that name.");
        }
        var payment = own(charging.findByOrder(asked.orderId()), asked.orderId(), me);
        switch (payment.status()) {
            case DECLINED, VOIDING, VOIDED, REFUNDING, REFUNDED, CAPTURE_REFUSED ->
                    throw new Refused(
                            CONFLICT,
                            "payment-over",
                            "The payment is already " + payment.status() + ".");
            case AUTHORIZING, PENDING, AUTHORIZED, CAPTURING, CAPTURED -> {}
        }
        var token = asked.paymentToken();
        var current = token == null ? payment : charging.initiate(payment, token);
        return ResponseEntity.created(URI.create("/api/v1/payments/" + current.id()))
                .body(PaymentView.of(current, me));
    }

    @Operation(
            summary = "Asks the provider what became of a payment.",
            description = "Name it by `reference`, `payment_id` or `order_id`.")
    @PostMapping("/confirm")
    PaymentView confirmPayment(@Valid @RequestBody Confirmation asked, Caller me) {
        return PaymentView.of(charging.confirm(named(asked, me)), me);
    }

    private Payment named(Confirmation asked, Caller me) {
        if (asked.paymentId() != null) {
            return own(charging.find(asked.paymentId()), null, me);
        }
        if (asked.orderId() != null) {
            return own(charging.findByOrder(asked.orderId()), asked.orderId(), me);
        }
        if (asked.reference() != null) {
            return own(charging.findByReference(asked.reference()), null, me);
        }
        throw new Refused(
                BAD_REQUEST,
                "invalid-request",
                "Name the payment by reference, payment_id or order_id.");
    }

    private Payment own(Optional<Payment> payment, @Nullable UUID orderId, Caller me) {
        return payment.filter(found -> found.customerId().equals(me.id()))
                .orElseThrow(
                        () ->
                                payment.isEmpty() && orderId != null && isYoung(orderId)
                                        ? new Refused(
                                                        NOT_FOUND,
                                                        "payment-not-known-yet",
                                                        "The order may not have come to be paid"
                                                                + " yet.")
                                                .retryAfter(Duration.ofSeconds(1))
                                        : noSuchPayment());
    }

    private boolean isYoung(UUID orderId) {
        return orderId.version() == 7
                && Uuid7.instant(orderId).isAfter(clock.instant().minus(YOUNG));
    }

    static boolean mayBeSeenBy(Payment payment, Caller me) {
        return me.isStaff() || payment.customerId().equals(me.id());
    }

    static Refused noSuchPayment() {
        return new Refused(NOT_FOUND, "no-such-payment", "There is no such payment.");
    }
}
