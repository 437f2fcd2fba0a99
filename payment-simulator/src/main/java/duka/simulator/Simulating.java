package duka.simulator;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import duka.simulator.Books.Booked;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;

/** What a shop and its customers can ask of the provider, behaving as the test tokens say. */
@Service
class Simulating implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Simulating.class);

    private final Books books;
    private final Webhooks webhooks;
    private final Clock clock;
    private final Map<String, Integer> faults = new ConcurrentHashMap<>();
    private final ScheduledExecutorService later =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("delayed-approvals").factory());

    Simulating(Books books, Webhooks webhooks, Clock clock) {
        this.books = books;
        this.webhooks = webhooks;
        this.clock = clock;
    }

    Operation authorize(
            String key, String reference, long amountMinor, String currency, String token) {
        var test = TestToken.of(token);
        if (test.behaviour() == TestToken.Behaviour.FAULT
                && books.operation(key).isEmpty()
                && faults.merge(key, 1, Integer::sum) <= test.faults()) {
            throw new Misbehaviour(Misbehaviour.Kind.FAULT);
        }
        var booked = books.authorize(key, reference, amountMinor, currency, token);
        if (booked.isNew()) {
            faults.remove(key);
            approveLater(booked.authorization());
        }
        return answer(booked);
    }

    Operation capture(String authorizationId, String key) {
        return answer(books.capture(authorizationId, key));
    }

    Operation voidIt(String authorizationId, String key) {
        return answer(books.voidIt(authorizationId, key));
    }

    Operation refund(String authorizationId, String key, long amountMinor) {
        return answer(books.refund(authorizationId, key, amountMinor));
    }

    /** What the customer says to a payment that waits for it. Too late changes nothing. */
    void decide(String authorizationId, boolean approved) {
        books.decide(authorizationId, approved)
                .ifPresent(
                        entry -> {
                            log.info("{} {} {}", entry.reference(), authorizationId, entry.kind());
                            books.authorization(authorizationId)
                                    .ifPresent(at -> webhooks.tell(entry, at));
                        });
    }

    @EventListener(ApplicationReadyEvent.class)
    void approveLaterWhatAnEarlierRunLeftPending() {
        books.authorizations().stream()
                .filter(at -> at.status() == Authorization.Status.PENDING)
                .forEach(this::approveLater);
    }

    @Override
    public void close() {
        later.shutdownNow();
    }

    private void approveLater(Authorization authorization) {
        var token = authorization.testToken();
        if (authorization.status() == Authorization.Status.PENDING && token.approvesLater()) {
            var due = authorization.requestedAt().plus(token.delay());
            var wait = Math.max(0, Duration.between(clock.instant(), due).toMillis());
            later.schedule(() -> decide(authorization.authorizationId(), true), wait, MILLISECONDS);
        }
    }

    private Operation answer(Booked booked) {
        if (booked.isNew()) {
            var operation = booked.operation();
            log.debug("{} {} {}", operation.reference(), operation.operation(), operation.status());
            webhooks.tell(booked.entry(), booked.authorization());
            var token = booked.authorization().testToken();
            switch (token.behaviour()) {
                case DROP -> throw new Misbehaviour(Misbehaviour.Kind.DROPPED_CONNECTION);
                case FAULT_AFTER -> throw new Misbehaviour(Misbehaviour.Kind.FAULT);
                case SLOW -> pause(token.slowness());
                default -> {}
            }
        }
        return booked.operation();
    }

    private static void pause(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
