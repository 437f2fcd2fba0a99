package duka.payment.payout;

import duka.messaging.Uuid7;
import duka.payment.payout.BankAccountChange.Act;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What vendors can do about where their money goes. */
@Service
@Transactional
public class Banking {

    /** How the wish for a bank account ends. */
    public sealed interface Outcome {

        record Done(BankAccount account) implements Outcome {}

        record HasOne() implements Outcome {}

        record Anothers() implements Outcome {}
    }

    /** What a vendor says of its account. */
    public record Details(Bank bank, AccountNumber number, @Nullable String holder) {}

    private static final Logger log = LoggerFactory.getLogger(Banking.class);

    private final BankAccounts accounts;
    private final Vault vault;
    private final Vendors vendors;
    private final PayoutProperties properties;
    private final Clock clock;

    Banking(
            BankAccounts accounts,
            Vault vault,
            Vendors vendors,
            PayoutProperties properties,
            Clock clock) {
        this.accounts = accounts;
        this.vault = vault;
        this.vendors = vendors;
        this.properties = properties;
        this.clock = clock;
    }

    /** Removed and added anew is changed: then payouts pause too. */
    public Outcome add(UUID vendorId, Bank bank, AccountNumber number, @Nullable String holder) {
        vendors.lock(vendorId);
        var now = now();
        var account =
                new BankAccount(
                        Uuid7.mint(clock),
                        vendorId,
                        bank,
                        vault.seal(number),
                        number.lastFour(),
                        holder,
                        accounts.hadOne(vendorId) ? now.plus(properties.pause()) : null,
                        now,
                        now,
                        0);
        if (accounts.insert(account, vault.fingerprint(bank, number))) {
            note(Act.ADDED, vendorId, null, account, now);
            return new Outcome.Done(account);
        }
        return accounts.findByVendor(vendorId).isPresent()
                ? new Outcome.HasOne()
                : new Outcome.Anothers();
    }

    /**
     * Makes of a vendor's own account what it wishes.
     *
     * @param check throws if the account is not as the vendor has last seen it
     * @return nothing if the vendor has no such account
     */
    public Optional<Outcome> change(
            UUID id, UUID vendorId, Consumer<BankAccount> check, UnaryOperator<Details> wish) {
        vendors.lock(vendorId);
        return accounts.find(id)
                .filter(account -> account.vendorId().equals(vendorId))
                .map(
                        account -> {
                            check.accept(account);
                            return change(account, wish);
                        });
    }

    private Outcome change(BankAccount current, UnaryOperator<Details> wish) {
        var before = new Details(current.bank(), vault.open(current.number()), current.holder());
        var next = wish.apply(before);
        var fingerprint = vault.fingerprint(next.bank(), next.number());
        var moves =
                !next.bank().code().equals(before.bank().code())
                        || !next.number().equals(before.number());
        if (!moves && Objects.equals(next.holder(), before.holder())) {
            return new Outcome.Done(current);
        }
        if (accounts.isAnothers(fingerprint, current.vendorId())) {
            return new Outcome.Anothers();
        }
        var now = now();
        var changed =
                current.changed(
                        next.bank(),
                        vault.seal(next.number()),
                        next.number().lastFour(),
                        next.holder(),
                        moves ? now.plus(properties.pause()) : current.pausedUntil(),
                        now);
        accounts.update(changed, fingerprint);
        note(Act.CHANGED, current.vendorId(), current, changed, now);
        return new Outcome.Done(changed);
    }

    public void remove(BankAccount account, UUID actorId) {
        vendors.lock(account.vendorId());
        accounts.find(account.id())
                .ifPresent(
                        current -> {
                            accounts.delete(current.id());
                            note(Act.REMOVED, actorId, current, null, now());
                        });
    }

    @Transactional(readOnly = true)
    public Optional<BankAccount> find(UUID id) {
        return accounts.find(id);
    }

    @Transactional(readOnly = true)
    public Optional<BankAccount> findByVendor(UUID vendorId) {
        return accounts.findByVendor(vendorId);
    }

    @Transactional(readOnly = true)
    public List<BankAccount> list(long offset, int limit) {
        return accounts.list(offset, limit);
    }

    @Transactional(readOnly = true)
    public long count() {
        return accounts.count();
    }

    /** What was done to it, also after it is gone. */
    @Transactional(readOnly = true)
    public List<BankAccountChange> changes(UUID accountId) {
        return accounts.changes(accountId);
    }

    private void note(
            Act act,
            UUID actorId,
            @Nullable BankAccount before,
            @Nullable BankAccount after,
            Instant now) {
        var account = Objects.requireNonNull(after == null ? before : after);
        accounts.note(
                new BankAccountChange(
                        account.id(),
                        account.vendorId(),
                        actorId,
                        act,
                        shown(before),
                        shown(after),
                        now));
        log.info(
                "bank account {} of vendor {}: {} by {}",
                account.id(),
                account.vendorId(),
                act,
                actorId);
    }

    private static @Nullable String shown(@Nullable BankAccount account) {
        return account == null ? null : account.bank().name() + " " + account.maskedNumber();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
