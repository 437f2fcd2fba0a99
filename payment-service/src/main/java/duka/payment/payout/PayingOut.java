package duka.payment.payout;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;

import duka.events.Money;
import duka.messaging.Uuid7;
import duka.payment.Balance;
import duka.payment.Ledger;
import io.micrometer.core.instrument.MeterRegistry;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Currency;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import net.javacrumbs.shedlock.spring.annotation.SchedulerLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Pays vendors what they have earned and not yet had. Per vendor and currency one payout is under
 * way at a time; its amount is reserved until the provider has answered, and nothing is paid twice,
 * whoever else decides about the same vendor at the same time.
 */
@Service
public class PayingOut {

    /** Why a vendor who has earned something gets nothing now. */
    public enum Skipped {
        NO_BANK_ACCOUNT,
        PAUSED,
        SUSPENDED,
        UNDER_WAY,
        /** More has gone back to customers than it still had: kept from what it earns next. */
        OVERPAID,
        BELOW_MINIMUM,
        /** Something went wrong, which is in the log; the next run tries again. */
        FAILED
    }

    /** What a run came to: the payouts requested, and how many were not and why. */
    public record Run(List<Payout> requested, Map<Skipped, Integer> skipped) {}

    /**
     * @param requested what is reserved for payouts under way
     * @param refunding what is going back to customers and has not been charged yet
     */
    public record Standing(Balance balance, Money requested, Money refunding) {

        /** What the next payout would be. */
        public Money available() {
            return isOverpaid() ? Money.zero(rest().currency()) : rest();
        }

        /** A refund that a payout could not see yet takes what the vendor does not have. */
        boolean isOverpaid() {
            return rest().minorUnits() < 0;
        }

        private Money rest() {
            return balance.left().minus(requested).minus(refunding);
        }
    }

    private static final Logger log = LoggerFactory.getLogger(PayingOut.class);

    private final Payouts payouts;
    private final BankAccounts accounts;
    private final Ledger ledger;
    private final Vendors vendors;
    private final PayoutProperties properties;
    private final TransactionTemplate transaction;
    private final MeterRegistry meters;
    private final Clock clock;

    PayingOut(
            Payouts payouts,
            BankAccounts accounts,
            Ledger ledger,
            Vendors vendors,
            PayoutProperties properties,
            TransactionTemplate transaction,
            MeterRegistry meters,
            Clock clock) {
        this.payouts = payouts;
        this.accounts = accounts;
        this.ledger = ledger;
        this.vendors = vendors;
        this.properties = properties;
        this.transaction = transaction;
        this.meters = meters;
        this.clock = clock;
    }

    /** Again and again for a while, for those whom an earlier run that week has not reached. */
    @Scheduled(cron = "${duka.payouts.weekly:0 0/15 4-5 * * MON}", zone = "UTC")
    @SchedulerLock(name = "payouts")
    void runWeekly() {
        var monday =
                LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)
                        .with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        var run = pay(payouts.vendorsUnpaidSince(monday.atStartOfDay(ZoneOffset.UTC).toInstant()));
        log.info("{} payouts requested, others not: {}", run.requested().size(), run.skipped());
    }

    /**
     * @param vendorId none for all
     */
    public Run run(@Nullable UUID vendorId) {
        return pay(vendorId == null ? payouts.vendors() : List.of(vendorId));
    }

    /** One vendor that cannot be paid keeps no other from its money. */
    private Run pay(List<UUID> vendorIds) {
        var requested = new ArrayList<Payout>();
        var skipped = new EnumMap<Skipped, Integer>(Skipped.class);
        for (var vendorId : vendorIds) {
            try {
                var run = requireNonNull(transaction.execute(_ -> request(vendorId)));
                requested.addAll(run.requested());
                run.skipped().forEach((why, times) -> skipped.merge(why, times, Integer::sum));
            } catch (RuntimeException e) {
                if (TransactionSynchronizationManager.isActualTransactionActive()) {
                    throw e; // the caller's transaction is lost, and every payout with it
                }
                log.error("vendor {} could not be paid, the next run tries again", vendorId, e);
                meters.counter("duka.payouts", "outcome", "not requested").increment();
                skipped.merge(Skipped.FAILED, 1, Integer::sum);
            }
        }
        return new Run(requested, skipped);
    }

    private Run request(UUID vendorId) {
        var requested = new ArrayList<Payout>();
        var skipped = new EnumMap<Skipped, Integer>(Skipped.class);
        vendors.lock(vendorId);
        var account = accounts.findByVendor(vendorId);
        var suspended = vendors.isSuspended(vendorId);
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        for (var standing : standings(vendorId)) {
            var refusal = refusal(standing, account, suspended, now);
            if (refusal.isPresent()) {
                skipped.merge(refusal.get(), 1, Integer::sum);
            } else if (standing.available().minorUnits() > 0) {
                var payout = payout(standing.available(), account.orElseThrow(), now);
                payouts.insert(payout);
                requested.add(payout);
                log.info("payout {} of {} to vendor {}", payout.id(), payout.amount(), vendorId);
            }
        }
        return new Run(requested, skipped);
    }

    private Optional<Skipped> refusal(
            Standing standing, Optional<BankAccount> account, boolean suspended, Instant now) {
        var available = standing.available();
        if (standing.requested().minorUnits() > 0) {
            return Optional.of(Skipped.UNDER_WAY);
        } else if (standing.isOverpaid()) {
            return Optional.of(Skipped.OVERPAID);
        } else if (available.minorUnits() == 0) {
            return Optional.empty();
        } else if (available.minorUnits() < minimum(available)) {
            return Optional.of(Skipped.BELOW_MINIMUM);
        } else if (suspended) {
            return Optional.of(Skipped.SUSPENDED);
        } else if (account.isEmpty()) {
            return Optional.of(Skipped.NO_BANK_ACCOUNT);
        }
        return account.get().isPaused(now) ? Optional.of(Skipped.PAUSED) : Optional.empty();
    }

    private long minimum(Money of) {
        var digits = of.currency().getDefaultFractionDigits();
        return properties
                .minimum()
                .movePointRight(digits)
                .setScale(0, RoundingMode.CEILING)
                .longValueExact();
    }

    private Payout payout(Money amount, BankAccount account, Instant now) {
        return new Payout(
                Uuid7.mint(clock),
                account.vendorId(),
                amount,
                SimulatedPayouts.NAME,
                account.bank(),
                account.number(),
                account.lastFour(),
                Payout.Status.REQUESTED,
                null,
                null,
                0,
                now,
                null);
    }

    /**
     * One for each currency that has ever moved.
     *
     * @param vendorId none for the shop itself, which is paid nothing
     */
    @Transactional(readOnly = true)
    public List<Standing> standings(@Nullable UUID vendorId) {
        var requested = vendorId == null ? Map.<Currency, Money>of() : payouts.requested(vendorId);
        var refunding = vendorId == null ? Map.<Currency, Money>of() : refunding(vendorId);
        return ledger.balances(vendorId).stream()
                .map(
                        balance -> {
                            var currency = balance.left().currency();
                            var nothing = Money.zero(currency);
                            return new Standing(
                                    balance,
                                    requested.getOrDefault(currency, nothing),
                                    refunding.getOrDefault(currency, nothing));
                        })
                .toList();
    }

    private Map<Currency, Money> refunding(UUID vendorId) {
        return ledger.refunding(vendorId).stream().collect(toMap(Money::currency, money -> money));
    }

    @Transactional(readOnly = true)
    public Optional<Payout> find(UUID id) {
        return payouts.find(id);
    }

    @Transactional(readOnly = true)
    public List<Payout> list(PayoutFilter filter, String order, long offset, int limit) {
        return payouts.list(filter, order, offset, limit);
    }

    @Transactional(readOnly = true)
    public long count(PayoutFilter filter) {
        return payouts.count(filter);
    }
}
