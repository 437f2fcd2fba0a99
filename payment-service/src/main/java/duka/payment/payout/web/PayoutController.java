package duka.payment.payout.web;

import static org.springframework.http.HttpStatus.NOT_FOUND;

import duka.payment.payout.PayingOut;
import duka.payment.payout.Payout;
import duka.payment.payout.PayoutFilter;
import duka.web.Caller;
import duka.web.Paging;
import duka.web.Refused;
import duka.web.Results;
import duka.web.Sorting;
import duka.web.Times;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "payouts")
@RestController
@RequestMapping("/api/v1")
class PayoutController {

    private static final Map<String, String> COLUMNS =
            Map.of("created_at", "requested_at", "amount", "amount", "status", "status");

    /**
     * @param account where it went, all but its last digits hidden
     */
    record PayoutView(
            UUID id,
            UUID vendorId,
            String amount,
            String currency,
            Payout.Status status,
            String provider,
            @Nullable String reference,
            @Nullable String reason,
            String bankName,
            String account,
            Instant createdAt,
            @Nullable Instant endedAt) {

        static PayoutView of(Payout payout) {
            return new PayoutView(
                    payout.id(),
                    payout.vendorId(),
                    payout.amount().decimal(),
                    payout.amount().currency().getCurrencyCode(),
                    payout.status(),
                    payout.provider(),
                    payout.reference(),
                    payout.reason(),
                    payout.bank().name(),
                    payout.maskedNumber(),
                    payout.requestedAt(),
                    payout.endedAt());
        }
    }

    /**
     * @param vendorId none for every vendor
     */
    record RunRequest(@Nullable UUID vendorId) {}

    /**
     * @param skipped how many vendors have earned something but get nothing now, and why
     */
    record RunView(List<PayoutView> requested, Map<PayingOut.Skipped, Integer> skipped) {}

    record BalanceView(@Nullable UUID vendorId, List<Amounts> balances) {}

    /**
     * @param amount earned less reversed less paid out; below zero if more was reversed than was
     *     left, which is kept from what the vendor earns next
     * @param requested reserved for payouts under way
     * @param refunding on its way back to customers, and not yet in `reversed`
     * @param available what the next payout would be
     */
    record Amounts(
            String amount,
            String earned,
            String reversed,
            String paidOut,
            String requested,
            String refunding,
            String available,
            String currency) {

        static Amounts of(PayingOut.Standing standing) {
            var balance = standing.balance();
            return new Amounts(
                    balance.left().decimal(),
                    balance.earned().decimal(),
                    balance.reversed().decimal(),
                    balance.paidOut().decimal(),
                    standing.requested().decimal(),
                    standing.refunding().decimal(),
                    standing.available().decimal(),
                    balance.left().currency().getCurrencyCode());
        }
    }

    private final PayingOut payingOut;

    PayoutController(PayingOut payingOut) {
        this.payingOut = payingOut;
    }

    @Operation(
            summary = "Pays vendors now what they are owed, as a job does every week. For admins.",
            description =
                    "Those who are owed less than the minimum or have no bank account wait; what"
                            + " one was paid too much is kept from what it earns next.")
    @PostMapping("/payouts")
    @ResponseStatus(HttpStatus.CREATED)
    RunView runPayouts(@RequestBody(required = false) @Nullable RunRequest asked) {
        var run = payingOut.run(asked == null ? null : asked.vendorId());
        return new RunView(run.requested().stream().map(PayoutView::of).toList(), run.skipped());
    }

    @Operation(
            summary = "The caller's payouts; for staff, everybody's. Newest first.",
            description =
                    "`ordering` by created_at, amount or status, with - before it for downwards.")
    @GetMapping("/payouts")
    Results<PayoutView> listPayouts(
            Caller me,
            Paging paging,
            @RequestParam(required = false) @Nullable String ordering,
            @RequestParam(name = "vendor_id", required = false) @Nullable UUID vendorId,
            @RequestParam(required = false) Payout.@Nullable Status status,
            @RequestParam(name = "created_from", required = false) @Nullable Instant createdFrom,
            @RequestParam(name = "created_to", required = false) @Nullable Instant createdTo) {
        var viewer = me.isStaff() ? null : me.id();
        var filter =
                new PayoutFilter(
                        viewer,
                        vendorId,
                        status,
                        Times.checked("created_from", createdFrom),
                        Times.checked("created_to", createdTo));
        var order = Sorting.parse(ordering, COLUMNS, "-created_at").sql();
        var payouts = payingOut.list(filter, order, paging.offset(), paging.size());
        return Results.of(
                payouts.stream().map(PayoutView::of).toList(), payingOut.count(filter), paging);
    }

    @Operation(summary = "One payout. Its vendor and staff see it.")
    @GetMapping("/payouts/{id}")
    PayoutView getPayout(@PathVariable UUID id, Caller me) {
        return payingOut
                .find(id)
                .filter(payout -> me.isStaff() || payout.vendorId().equals(me.id()))
                .map(PayoutView::of)
                .orElseThrow(
                        () -> new Refused(NOT_FOUND, "no-such-payout", "There is no such payout."));
    }

    @Operation(
            summary = "What the shop owes the caller, a vendor.",
            description = "Staff see any vendor's, or without `vendor_id` the shop's own.")
    @GetMapping("/balance")
    BalanceView getBalance(
            Caller me,
            @RequestParam(name = "vendor_id", required = false) @Nullable UUID vendorId) {
        var whose = me.isStaff() ? vendorId : me.id();
        return new BalanceView(
                whose, payingOut.standings(whose).stream().map(Amounts::of).toList());
    }
}
