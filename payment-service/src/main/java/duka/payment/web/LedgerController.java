package duka.payment.web;

import duka.events.LedgerEvent.Account;
import duka.events.LedgerEvent.Movement;
import duka.events.LedgerEvent.Side;
import duka.payment.Bookkeeping;
import duka.payment.LedgerEntry;
import duka.payment.LedgerFilter;
import duka.web.Paging;
import duka.web.Results;
import duka.web.Times;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
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

    /**
     * @param postingId what moved it: the id of a payment, a refund or a payout
     */
    record EntryView(
            UUID postingId,
            Movement movement,
            Account account,
            @Nullable UUID vendorId,
            Side side,
            String amount,
            String currency,
            @Nullable UUID paymentId,
            @Nullable UUID orderId,
            Instant at) {

        static EntryView of(LedgerEntry line) {
            var entry = line.entry();
            return new EntryView(
                    line.postingId(),
                    line.movement(),
                    entry.account(),
                    entry.vendorId(),
                    entry.side(),
                    entry.amount().decimal(),
                    entry.amount().currency().getCurrencyCode(),
                    line.paymentId(),
                    line.orderId(),
                    line.at());
        }
    }

    private final Bookkeeping bookkeeping;

    LedgerController(Bookkeeping bookkeeping) {
        this.bookkeeping = bookkeeping;
    }

    @Operation(summary = "Who is owed what, entry by entry, newest first. For staff.")
    @GetMapping("/ledger")
    Results<EntryView> listLedger(
            Paging paging,
            @RequestParam(required = false) @Nullable Account account,
            @RequestParam(required = false) @Nullable Movement movement,
            @RequestParam(name = "vendor_id", required = false) @Nullable UUID vendorId,
            @RequestParam(name = "order_id", required = false) @Nullable UUID orderId,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to) {
        var filter =
                new LedgerFilter(
                        account,
                        vendorId,
                        orderId,
                        movement,
                        Times.checked("from", from),
                        Times.checked("to", to));
        var page = bookkeeping.list(filter, paging.offset(), paging.size());
        return Results.of(page.items().stream().map(EntryView::of).toList(), page.count(), paging);
    }
}
