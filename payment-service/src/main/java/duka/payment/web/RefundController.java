package duka.payment.web;

import static org.springframework.http.HttpStatus.CONFLICT;
import static org.springframework.http.HttpStatus.CREATED;
import static org.springframework.http.HttpStatus.NOT_FOUND;

import duka.events.Money;
import duka.payment.Charging;
import duka.payment.Payment;
import duka.payment.Refund;
import duka.payment.Refunding;
import duka.payment.Refunding.Outcome;
import duka.web.Caller;
import duka.web.Paging;
import duka.web.Refused;
import duka.web.Results;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.net.URI;
import java.util.Currency;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "refunds")
@RestController
@RequestMapping("/api/v1/payments/{id}/refunds")
class RefundController {

    /**
     * @param amount none for all that is left
     */
    record RefundRequest(
            @Schema(example = "3.50", description = "All that is left if it is not given.")
                    @DecimalMin(value = "0", inclusive = false)
                    @DecimalMax("9999999999999")
                    @Nullable BigDecimal amount,
            @Schema(example = "one cup came broken") @NotBlank @Size(max = 500) String reason) {}

    record Settlement(
            @Schema(example = "bank transfer 2026-118") @NotBlank @Size(max = 500) String how) {}

    private final Charging charging;
    private final Refunding refunding;

    RefundController(Charging charging, Refunding refunding) {
        this.charging = charging;
        this.refunding = refunding;
    }

    @Operation(summary = "What goes back to the customer of a payment, the oldest first.")
    @GetMapping
    Results<RefundView> listRefunds(@PathVariable UUID id, Caller me, Paging paging) {
        var refunds =
                charging.find(id)
                        .filter(payment -> PaymentController.mayBeSeenBy(payment, me))
                        .orElseThrow(PaymentController::noSuchPayment)
                        .refunds();
        return Results.of(
                refunds.stream()
                        .skip(paging.offset())
                        .limit(paging.size())
                        .map(refund -> RefundView.of(refund, me))
                        .toList(),
                refunds.size(),
                paging);
    }

    @Operation(
            summary = "Gives back a part of a payment, or all that is left of it. For staff.",
            description =
                    "Its amount is reserved at once; the provider is asked until it says yes or no.")
    @ApiResponse(
            responseCode = "409",
            description =
                    "`payment-not-refundable`: nothing was captured, or all of it goes back already;"
                            + " `refund-too-large`: more than `left`.")
    @PostMapping
    @ResponseStatus(CREATED)
    ResponseEntity<RefundView> createRefund(
            @PathVariable UUID id, @Valid @RequestBody RefundRequest asked, Caller me) {
        var payment = payment(id);
        var amount =
                asked.amount() == null ? null : money(asked.amount(), payment.amount().currency());
        var refund =
                granted(
                        refunding.refund(
                                payment.orderId(), amount, asked.reason().strip(), me.id()));
        return ResponseEntity.created(URI.create("/api/v1/payments/%s/refunds".formatted(id)))
                .body(RefundView.of(refund, me));
    }

    @Operation(summary = "Asks the provider anew for a refund that it has refused. For staff.")
    @ApiResponse(responseCode = "200", description = "Asked again")
    @ApiResponse(responseCode = "409", description = "`payment-not-refundable`: it is not refused.")
    @PostMapping("/{refundId}/retry")
    RefundView retryRefund(@PathVariable UUID id, @PathVariable UUID refundId, Caller me) {
        return RefundView.of(
                granted(refunding.retry(payment(id).orderId(), refundId, me.id())), me);
    }

    @Operation(
            summary =
                    "Notes that a refused refund has reached the customer in another way. For staff.")
    @ApiResponse(responseCode = "200", description = "Settled")
    @ApiResponse(responseCode = "409", description = "`payment-not-refundable`: it is not refused.")
    @PostMapping("/{refundId}/settle")
    RefundView settleRefund(
            @PathVariable UUID id,
            @PathVariable UUID refundId,
            @Valid @RequestBody Settlement asked,
            Caller me) {
        return RefundView.of(
                granted(
                        refunding.settle(
                                payment(id).orderId(), refundId, asked.how().strip(), me.id())),
                me);
    }

    private Payment payment(UUID id) {
        return charging.find(id).orElseThrow(PaymentController::noSuchPayment);
    }

    private static Refund granted(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Granted(_, var refund) -> refund;
            case Outcome.NotNow(var why) ->
                    throw new Refused(CONFLICT, "payment-not-refundable", why);
            case Outcome.TooMuch(var left) ->
                    throw new Refused(
                            CONFLICT,
                            "refund-too-large",
                            "Only %s are left to give back.".formatted(left),
                            Map.of(
                                    "left",
                                    left.decimal(),
                                    "currency",
                                    left.currency().getCurrencyCode()));
            case Outcome.NoSuchRefund() ->
                    throw new Refused(NOT_FOUND, "no-such-refund", "There is no such refund.");
        };
    }

    private static Money money(BigDecimal amount, Currency currency) {
        try {
            return Money.of(amount, currency);
        } catch (ArithmeticException e) {
            throw Refused.invalid(
                    "amount",
                    "%s has %d decimals".formatted(currency, currency.getDefaultFractionDigits()));
        }
    }
}
