package duka.simulator;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.io.IOException;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The provider's API, as shops see it. */
@RestController
@RequestMapping("/v1")
class ProviderController {

    record Authorize(
            @NotBlank @Size(max = 200) String idempotencyKey,
            @NotBlank @Size(max = 200) String reference,
            @NotNull @PositiveOrZero Long amountMinor,
            @NotNull Currency currency,
            @NotBlank @Size(max = 200) String token) {}

    record Change(@NotBlank @Size(max = 200) String idempotencyKey) {}

    record Refund(
            @NotBlank @Size(max = 200) String idempotencyKey,
            @NotNull @Positive Long amountMinor) {}

    private final Simulating provider;
    private final Books books;

    ProviderController(Simulating provider, Books books) {
        this.provider = provider;
        this.books = books;
    }

    @PostMapping("/authorizations")
    Operation authorize(@Valid @RequestBody Authorize asked) {
        return provider.authorize(
                asked.idempotencyKey(),
                asked.reference(),
                asked.amountMinor(),
                asked.currency().getCurrencyCode(),
                asked.token());
    }

    @PostMapping("/authorizations/{id}/capture")
    Operation capture(@PathVariable String id, @Valid @RequestBody Change asked) {
        return provider.capture(id, asked.idempotencyKey());
    }

    @PostMapping("/authorizations/{id}/void")
    Operation voidIt(@PathVariable String id, @Valid @RequestBody Change asked) {
        return provider.voidIt(id, asked.idempotencyKey());
    }

    @PostMapping("/authorizations/{id}/refunds")
    Operation refund(@PathVariable String id, @Valid @RequestBody Refund asked) {
        return provider.refund(id, asked.idempotencyKey(), asked.amountMinor());
    }

    @GetMapping("/operations/{key}")
    ResponseEntity<Operation> operation(@PathVariable String key) {
        return ResponseEntity.of(books.operation(key));
    }

    @GetMapping("/authorizations/{id}")
    ResponseEntity<Authorization> authorization(@PathVariable String id) {
        return ResponseEntity.of(books.authorization(id));
    }

    /** Every authorization's amounts and times: the provider's books, balanced. */
    @GetMapping("/authorizations")
    List<Authorization> authorizations() {
        return books.authorizations();
    }

    /** Every line of the journal, one JSON object each, oldest first. */
    @GetMapping("/log")
    void log(
            @RequestParam(defaultValue = "0") @PositiveOrZero long after,
            @RequestParam(defaultValue = "" + Long.MAX_VALUE) @PositiveOrZero long limit,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant until,
            HttpServletResponse response)
            throws IOException {
        books.read(after, limit, new Log(response, from, until));
    }
}
