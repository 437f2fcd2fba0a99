package duka.simulator;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.io.IOException;
import java.time.Instant;
import java.util.Currency;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The provider's other API: it sends a shop's money to bank accounts. */
@RestController
@RequestMapping("/v1/payouts")
class PayoutController {

    record PayoutOrder(
            @NotBlank @Size(max = 200) String idempotencyKey,
            @NotBlank @Size(max = 200) String reference,
            @NotBlank @Size(max = 20) String bankCode,
            @NotNull @Pattern(regexp = "[0-9]{4,34}") String accountNumber,
            @NotNull @Positive Long amountMinor,
            @NotNull Currency currency) {}

    private final Payouts payouts;

    PayoutController(Payouts payouts) {
        this.payouts = payouts;
    }

    @PostMapping
    Payout pay(@Valid @RequestBody PayoutOrder asked) {
        return payouts.pay(
                new Payout.Order(
                        asked.idempotencyKey(),
                        asked.reference(),
                        asked.bankCode(),
                        asked.accountNumber(),
                        asked.amountMinor(),
                        asked.currency().getCurrencyCode()));
    }

    @GetMapping("/{key}")
    ResponseEntity<Payout> payout(@PathVariable String key) {
        return ResponseEntity.of(payouts.find(key));
    }

    /** Every payout, one JSON object each, oldest first. */
    @GetMapping("/log")
    void log(
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant until,
            HttpServletResponse response)
            throws IOException {
        payouts.read(new Log(response, from, until));
    }
}
