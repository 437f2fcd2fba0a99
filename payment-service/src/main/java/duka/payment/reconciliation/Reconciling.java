package duka.payment.reconciliation;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import duka.payment.NoAnswer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import net.javacrumbs.shedlock.spring.annotation.SchedulerLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Holds what our ledger says that a provider has moved on a day against what the provider says. A
 * movement that one side has booked on another day, as at midnight or after an outage, is looked
 * for by its key, and is no difference.
 */
@Service
public class Reconciling {

    private static final Logger log = LoggerFactory.getLogger(Reconciling.class);
    private static final int LARGEST_QUERY = 1000;
    private static final int ID = 36;

    /** How many missed days are made up for in one run. */
    private static final int MOST_MISSED = 31;

    private final List<ProviderBooks> providers;
    private final OurBooks ours;
    private final Reconciliations reconciliations;
    private final ReconciliationProperties properties;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private volatile double differences;
    private volatile double age;

    Reconciling(
            List<ProviderBooks> providers,
            OurBooks ours,
            Reconciliations reconciliations,
            ReconciliationProperties properties,
            TransactionTemplate transaction,
            MeterRegistry meters,
            Clock clock) {
        this.providers = providers;
        this.ours = ours;
        this.reconciliations = reconciliations;
        this.properties = properties;
        this.transaction = transaction;
        this.clock = clock;
        Gauge.builder("duka.payment.reconciliation.differences", () -> differences)
                .description("Movements on which our books and a provider's disagree")
                .register(meters);
        Gauge.builder("duka.payment.reconciliation.age", () -> age)
                .description("Since the beginning of the first day that is not reconciled")
                .baseUnit("seconds")
                .register(meters);
    }

    @Scheduled(cron = "${duka.reconciliation.daily:0 0 3 * * *}", zone = "UTC")
    @SchedulerLock(name = "reconciliation")
    void reconcileDaily() {
        var today = today();
        var days = new TreeSet<>(missingUntil(today.minusDays(1), MOST_MISSED));
        for (var back = 1; back <= properties.days(); back++) {
            days.add(today.minusDays(back));
        }
        for (var day : days) {
            try {
                reconcile(day);
            } catch (NoAnswer e) {
                switch (e.kind()) {
                    case PASSING -> log.warn("{} is not reconciled: {}", day, e.getMessage());
                    case ALARMING ->
                            log.error(
                                    "{} is not reconciled, which needs a person: {}",
                                    day,
                                    e.getMessage());
                }
            }
        }
    }

    @Scheduled(initialDelay = 15, fixedDelay = 60, timeUnit = TimeUnit.SECONDS)
    void measure() {
        differences = reconciliations.countDifferences();
        age =
                missingUntil(today(), 1).stream()
                        .map(day -> day.atStartOfDay(ZoneOffset.UTC).toInstant())
                        .mapToDouble(
                                start ->
                                        Duration.between(start, clock.instant()).toMillis()
                                                / 1000.0)
                        .findFirst()
                        .orElse(0);
    }

    /** Every day since our books begin is to be reconciled once, whatever was away meanwhile. */
    private List<LocalDate> missingUntil(LocalDate last, int limit) {
        var names = providers.stream().map(ProviderBooks::provider).toList();
        return ours.since()
                .map(first -> reconciliations.missing(names, first, last, limit))
                .orElse(List.of());
    }

    /**
     * Done again, it comes to the same, or finds that a difference has gone.
     *
     * @throws NoAnswer if a provider cannot be asked now
     */
    public List<Reconciliation> reconcile(LocalDate day) {
        return providers.stream().map(provider -> reconcile(provider, day)).toList();
    }

    public List<Reconciliation> list(boolean onlyDifferent, long offset, int limit) {
        return reconciliations.list(onlyDifferent, offset, limit);
    }

    public long count(boolean onlyDifferent) {
        return reconciliations.count(onlyDifferent);
    }

    public LocalDate today() {
        return clock.instant().atZone(ZoneOffset.UTC).toLocalDate();
    }

    private Reconciliation reconcile(ProviderBooks provider, LocalDate day) {
        var from = day.atStartOfDay(ZoneOffset.UTC).toInstant();
        var until = day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        var theirs = new HashMap<String, Booking>();
        provider.read(
                from,
                until,
                booking -> {
                    if (booking.amount().minorUnits() != 0) {
                        theirs.put(booking.key(), booking);
                    }
                });
        var name = provider.provider();
        var booked =
                ours.between(name, from, until).stream().collect(toMap(Booking::key, identity()));
        var found = new ArrayList<Difference>();
        var ofOtherDays = ofOtherDays(name, theirs, booked);
        theirs.forEach(
                (key, their) ->
                        difference(
                                        Optional.ofNullable(booked.get(key))
                                                .or(
                                                        () ->
                                                                Optional.ofNullable(
                                                                        ofOtherDays.get(key))),
                                        Optional.of(their))
                                .ifPresent(found::add));
        booked.forEach(
                (key, our) -> {
                    if (!theirs.containsKey(key)) {
                        difference(Optional.of(our), provider.find(our.movement(), key))
                                .ifPresent(found::add);
                    }
                });
        var done =
                new Reconciliation(
                        name,
                        day,
                        booked.size(),
                        theirs.size(),
                        found,
                        clock.instant().truncatedTo(ChronoUnit.MICROS));
        transaction.executeWithoutResult(_ -> reconciliations.save(done));
        tell(done);
        return done;
    }

    /** What they have of this day and we have booked on another. */
    private Map<String, Booking> ofOtherDays(
            String provider, Map<String, Booking> theirs, Map<String, Booking> booked) {
        var ids =
                theirs.keySet().stream()
                        .filter(key -> !booked.containsKey(key))
                        .flatMap(key -> id(key).stream())
                        .toList();
        var others = new HashMap<String, Booking>();
        for (var start = 0; start < ids.size(); start += LARGEST_QUERY) {
            var some = ids.subList(start, Math.min(start + LARGEST_QUERY, ids.size()));
            ours.of(provider, some).forEach(booking -> others.put(booking.key(), booking));
        }
        return others;
    }

    private static Optional<Difference> difference(Optional<Booking> our, Optional<Booking> their) {
        if (our.map(Booking::amount).equals(their.map(Booking::amount))) {
            return Optional.empty();
        }
        var either = our.or(() -> their).orElseThrow();
        return Optional.of(
                new Difference(
                        either.key(),
                        either.movement(),
                        our.map(Booking::amount).orElse(null),
                        their.map(Booking::amount).orElse(null),
                        either.at()));
    }

    private void tell(Reconciliation done) {
        if (done.differences().isEmpty()) {
            log.info("{} {}: {} agree", done.provider(), done.day(), done.theirs());
        } else {
            log.error(
                    "{} {}: our books differ from theirs in {} of {}",
                    done.provider(),
                    done.day(),
                    done.differences().size(),
                    done.theirs());
        }
        measure();
    }

    /** Our keys begin with an id of ours; others' do not matter, they match nothing. */
    private static Optional<UUID> id(String key) {
        try {
            return Optional.of(UUID.fromString(key.substring(0, Math.min(ID, key.length()))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
