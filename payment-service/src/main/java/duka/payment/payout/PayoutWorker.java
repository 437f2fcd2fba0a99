package duka.payment.payout;

import duka.messaging.Outbox;
import duka.payment.Ledger;
import duka.payment.NoAnswer;
import duka.payment.Posting;
import duka.payment.payout.PayoutProvider.Answer;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Has providers pay what was requested, outside any transaction, one at a time. Who holds the lease
 * asks; an answer that is lost is asked for again by the same key, for ever, and counts once.
 */
@Component
class PayoutWorker {

    private static final Logger log = LoggerFactory.getLogger(PayoutWorker.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

    private final Map<String, PayoutProvider> providers;
    private final Payouts payouts;
    private final Ledger ledger;
    private final Outbox outbox;
    private final Vendors vendors;
    private final Vault vault;
    private final PayoutProperties properties;
    private final TransactionTemplate transaction;
    private final MeterRegistry meters;
    private final Clock clock;

    PayoutWorker(
            List<PayoutProvider> providers,
            Payouts payouts,
            Ledger ledger,
            Outbox outbox,
            Vendors vendors,
            Vault vault,
            PayoutProperties properties,
            TransactionTemplate transaction,
            MeterRegistry meters,
            Clock clock) {
        this.providers =
                providers.stream()
                        .collect(Collectors.toMap(PayoutProvider::name, Function.identity()));
        this.payouts = payouts;
        this.ledger = ledger;
        this.outbox = outbox;
        this.vendors = vendors;
        this.vault = vault;
        this.properties = properties;
        this.transaction = transaction;
        this.meters = meters;
        this.clock = clock;
    }

    @Scheduled(fixedDelayString = "${duka.payouts.poll:2s}")
    void payWhatIsDue() {
        var more = true;
        while (more) {
            more = lease().map(this::pay).orElse(false);
        }
    }

    private Optional<Payout> lease() {
        var now = now();
        return payouts.lease(now, now.plus(properties.lease()));
    }

    /** Whether the next may be paid now, or the provider needs a rest. */
    private boolean pay(Payout payout) {
        try {
            var answer = provider(payout).pay(payout, vault.open(payout.number()));
            transaction.executeWithoutResult(_ -> end(payout, answer));
            return true;
        } catch (NoAnswer e) {
            switch (e.kind()) {
                case PASSING -> log.info("payout {}: {}", payout.id(), e.getMessage());
                case ALARMING ->
                        log.error("payout {} needs a person: {}", payout.id(), e.getMessage());
            }
            later(payout, "no answer");
            return e.kind() != NoAnswer.Kind.PASSING;
        } catch (RuntimeException e) {
            log.error("payout {} could not be made, going on with the next", payout.id(), e);
            later(payout, "alarm");
            return true;
        }
    }

    private void later(Payout payout, String outcome) {
        meters.counter("duka.payouts", "outcome", outcome).increment();
        payouts.askAgain(payout.id(), now().plus(pause(payout.tries())));
    }

    /** Under the vendor's lock, so that nobody reckons with a balance that is just changing. */
    private void end(Payout payout, Answer answer) {
        vendors.lock(payout.vendorId());
        var now = now();
        var isNew =
                switch (answer) {
                    case Answer.Paid(var reference) -> {
                        var paid =
                                payouts.end(payout.id(), Payout.Status.PAID, reference, null, now);
                        if (paid) {
                            post(payout, now);
                        }
                        yield paid;
                    }
                    case Answer.Refused(var reason) ->
                            payouts.end(payout.id(), Payout.Status.FAILED, null, reason, now);
                };
        if (isNew) {
            meters.counter("duka.payouts", "outcome", answer.getClass().getSimpleName())
                    .increment();
            log.info("payout {} to vendor {}: {}", payout.id(), payout.vendorId(), answer);
        }
    }

    private void post(Payout payout, Instant now) {
        var posting = Posting.payout(payout.id(), payout.vendorId(), payout.amount(), now);
        ledger.add(List.of(posting));
        outbox.add(posting.told());
    }

    private PayoutProvider provider(Payout payout) {
        var provider = providers.get(payout.provider());
        if (provider == null) {
            throw new NoAnswer(NoAnswer.Kind.ALARMING, payout.provider() + " is unknown here");
        }
        return provider;
    }

    private Duration pause(int tries) {
        var doubled = FIRST_PAUSE.multipliedBy(1L << Math.clamp(tries - 1, 0, 20));
        return doubled.compareTo(properties.longestPause()) < 0
                ? doubled
                : properties.longestPause();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
