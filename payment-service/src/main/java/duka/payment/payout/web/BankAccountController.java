package duka.payment.payout.web;

import static org.springframework.http.HttpStatus.CONFLICT;
import static org.springframework.http.HttpStatus.NOT_FOUND;

import duka.payment.payout.AccountNumber;
import duka.payment.payout.Bank;
import duka.payment.payout.BankAccount;
import duka.payment.payout.BankAccountChange;
import duka.payment.payout.Banking;
import duka.payment.payout.Banking.Details;
import duka.payment.payout.Banking.Outcome;
import duka.web.Caller;
import duka.web.ETags;
import duka.web.IfMatch;
import duka.web.MergePatch;
import duka.web.Paging;
import duka.web.Refused;
import duka.web.Results;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "bank accounts")
@RestController
@RequestMapping("/api/v1/bank-accounts")
class BankAccountController {

    private static final String NUMBER = "[0-9]{6,20}";
    private static final String DIGITS = "must be 6 to 20 digits";

    /** The bank by its name or code, exactly or by a common short name. */
    record BankAccountRequest(
            @Schema(example = "0123456789") @NotNull @Pattern(regexp = NUMBER, message = DIGITS)
                    String number,
            @Schema(example = "gtb") @NotNull @Size(min = 1, max = 100) String bankName,
            @Schema(example = "Wanjiru Crafts") @Nullable @Size(min = 1, max = 200) String name) {

        static BankAccountRequest of(Details details) {
            return new BankAccountRequest(
                    details.number().digits(), details.bank().name(), details.holder());
        }

        Details details() {
            return new Details(bank(bankName), new AccountNumber(number), name);
        }
    }

    /**
     * @param number all but its last digits hidden
     * @param name whose account it is
     * @param payoutsPausedUntil nothing is paid to it before, because it was changed
     */
    record BankAccountView(
            UUID id,
            UUID vendorId,
            String number,
            @Nullable String name,
            String bankCode,
            String bankName,
            boolean payoutsPaused,
            @Nullable Instant payoutsPausedUntil,
            Instant createdAt,
            Instant updatedAt) {

        static BankAccountView of(BankAccount account, Instant now) {
            var paused = account.isPaused(now);
            return new BankAccountView(
                    account.id(),
                    account.vendorId(),
                    account.maskedNumber(),
                    account.holder(),
                    account.bank().code(),
                    account.bank().name(),
                    paused,
                    paused ? account.pausedUntil() : null,
                    account.createdAt(),
                    account.updatedAt());
        }
    }

    record ChangeView(
            BankAccountChange.Act act,
            UUID actorId,
            @Nullable String before,
            @Nullable String after,
            Instant at) {

        static ChangeView of(BankAccountChange change) {
            return new ChangeView(
                    change.act(), change.actorId(), change.before(), change.after(), change.at());
        }
    }

    private final Banking banking;
    private final Clock clock;

    BankAccountController(Banking banking, Clock clock) {
        this.banking = banking;
        this.clock = clock;
    }

    @Operation(
            summary = "Where the caller, a vendor, wants its money. A vendor has one bank account.",
            description =
                    "The number is never shown again. Added after an earlier one was removed, payouts"
                            + " pause.")
    @ApiResponse(
            responseCode = "409",
            description =
                    "`bank-account-exists`: you have one; `bank-account-taken`: it is another vendor's.")
    @ResponseStatus(HttpStatus.CREATED)
    @PostMapping
    ResponseEntity<BankAccountView> addBankAccount(
            @Valid @RequestBody BankAccountRequest asked, Caller me) {
        var account =
                done(
                        banking.add(
                                me.id(),
                                bank(asked.bankName()),
                                new AccountNumber(asked.number()),
                                asked.name()));
        return answer(
                ResponseEntity.created(URI.create("/api/v1/bank-accounts/" + account.id())),
                account);
    }

    @Operation(summary = "The caller's bank account, if it has one; for admins, everybody's.")
    @GetMapping
    Results<BankAccountView> listBankAccounts(Caller me, Paging paging) {
        var now = clock.instant();
        if (me.isAdmin()) {
            var accounts = banking.list(paging.offset(), paging.size());
            return Results.of(
                    accounts.stream().map(account -> BankAccountView.of(account, now)).toList(),
                    banking.count(),
                    paging);
        }
        var own = banking.findByVendor(me.id()).stream().toList();
        return Results.of(
                own.stream()
                        .skip(paging.offset())
                        .map(account -> BankAccountView.of(account, now))
                        .toList(),
                own.size(),
                paging);
    }

    @Operation(summary = "One bank account. Its vendor and admins see it.")
    @GetMapping("/{id}")
    ResponseEntity<BankAccountView> getBankAccount(@PathVariable UUID id, Caller me) {
        return answer(ResponseEntity.ok(), visible(id, me));
    }

    @Operation(
            summary = "Changes the caller's bank account: its number, its bank, or both.",
            description = "Another number or bank pauses payouts for a week.")
    @ApiResponse(
            responseCode = "409",
            description = "`bank-account-taken`: it is another vendor's.")
    @ApiResponse(responseCode = "200", description = "Changed; payouts pause")
    @ApiResponse(responseCode = "412", description = "`changed-meanwhile`: see `If-Match`.")
    @PatchMapping("/{id}")
    ResponseEntity<BankAccountView> changeBankAccount(
            @PathVariable UUID id,
            @RequestBody MergePatch<BankAccountRequest> asked,
            IfMatch ifMatch,
            Caller me) {
        var outcome =
                banking.change(
                        id,
                        me.id(),
                        account -> ifMatch.check(account.version()),
                        before -> asked.applyTo(BankAccountRequest.of(before)).details());
        return answer(
                ResponseEntity.ok(),
                done(outcome.orElseThrow(BankAccountController::noSuchBankAccount)));
    }

    @Operation(summary = "Removes a bank account: its vendor's wish, or an admin's.")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @DeleteMapping("/{id}")
    void removeBankAccount(@PathVariable UUID id, Caller me) {
        banking.remove(visible(id, me), me.id());
    }

    @Operation(
            summary = "What was done to a bank account, also after it is gone; the oldest first.",
            description = "Its vendor and admins see it.")
    @GetMapping("/{id}/changes")
    Results<ChangeView> listBankAccountChanges(@PathVariable UUID id, Caller me, Paging paging) {
        var changes = banking.changes(id);
        if (changes.isEmpty() || !me.isAdmin() && !changes.getFirst().vendorId().equals(me.id())) {
            throw noSuchBankAccount();
        }
        return Results.of(
                changes.stream()
                        .skip(paging.offset())
                        .limit(paging.size())
                        .map(ChangeView::of)
                        .toList(),
                changes.size(),
                paging);
    }

    private BankAccount visible(UUID id, Caller me) {
        return banking.find(id)
                .filter(account -> me.isAdmin() || account.vendorId().equals(me.id()))
                .orElseThrow(BankAccountController::noSuchBankAccount);
    }

    private ResponseEntity<BankAccountView> answer(
            ResponseEntity.BodyBuilder answer, BankAccount account) {
        return answer.eTag(ETags.of(account.version()))
                .body(BankAccountView.of(account, clock.instant()));
    }

    private static BankAccount done(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done(var account) -> account;
            case Outcome.HasOne() ->
                    throw new Refused(
                            CONFLICT,
                            "bank-account-exists",
                            "You have a bank account already. Change that one.");
            case Outcome.Anothers() ->
                    throw new Refused(
                            CONFLICT,
                            "bank-account-taken",
                            "This bank account is another vendor's.");
        };
    }

    private static Bank bank(String name) {
        return Bank.called(name)
                .orElseThrow(
                        () ->
                                Refused.invalid(
                                        "bank_name",
                                        "must be one of " + String.join(", ", Bank.names())));
    }

    private static Refused noSuchBankAccount() {
        return new Refused(NOT_FOUND, "no-such-bank-account", "There is no such bank account.");
    }
}
