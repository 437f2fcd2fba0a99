package duka.payment.web;

import duka.events.Money;
import duka.payment.Charging;
import duka.payment.LedgerEntry;
import duka.payment.LedgerFilter;
import duka.web.Caller;
import duka.web.Paging;
import duka.web.Results;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "ledger")
@RestController
@RequestMapping("/api/v1")
class LedgerController {

    record EntryView(
            UUID postingId,
            LedgerEntry.Account account,
            @Nullable UUID vendorId,
            LedgerEntry.Side side,
            String amount,
            String currency,
            UUID paymentId,
            UUID orderId,
            LedgerEntry.Movement movement,
            Instant at) {

        static EntryView of(LedgerEntry entry) {
            return new EntryView(
                    entry.postingId(),
                    entry.account(),
                    entry.vendorId(),
                    entry.side(),
                    entry.amount().decimal(),
                    entry.amount().currency().getCurrencyCode(),
                    entry.paymentId(),
                    entry.orderId(),
                    entry.movement(),
                    entry.at());
        }
    }

    record Balance(@Nullable UUID vendorId, List<Amount> balances) {}

    record Amount(String amount, String currency) {

        static Amount of(Money money) {
            return new Amount(money.decimal(), money.currency().getCurrencyCode());
        }
    }

    private final Charging charging;

    LedgerController(Charging charging) {
        this.charging = charging;
    }

    @Operation(summary = "Who is owed what, entry by entry, newest first. For staff.")
    @GetMapping("/ledger")
    Results<EntryView> listLedger(
            Paging paging,
            @RequestParam(required = false) LedgerEntry.@Nullable Account account,
            @RequestParam(name = "vendor_id", required = false) @Nullable UUID vendorId,
            @RequestParam(name = "order_id", required = false) @Nullable UUID orderId) {
        var filter = new LedgerFilter(account, vendorId, orderId);
        var page = charging.ledger(filter, paging.offset(), paging.size());
        return Results.of(page.items().stream().map(EntryView::of).toList(), page.count(), paging);
    }

    @Operation(summary = "What the shop owes a vendor; for staff of any vendor, or the shop's own.")
    @GetMapping("/balance")
    Balance getBalance(
            Caller me,
            @RequestParam(name = "vendor_id", required = false) @Nullable UUID vendorId) {
        var whose = me.isStaff() ? vendorId : me.id();
        return new Balance(whose, charging.balance(whose).stream().map(Amount::of).toList());
    }
}
