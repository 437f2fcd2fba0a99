package duka.payment;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import duka.tracing.Traces;
import duka.tracing.Traces.Piece;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Asks the providers, outside any transaction, and takes their answers to {@link CheckoutSaga}.
 *
 * <p>Calls come from {@link CallQueue}, leased by the transaction that made them due; a poll finds
 * those that nobody in this process could take, or whose taker has died. Answers that arrive
 * together are committed together. An answer that cannot be committed is not lost: its lease ends
 * and the provider is asked again.
 */
@Component
class ProviderWorker implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(ProviderWorker.class);
    private static final int LARGEST_BATCH = 100;
    private static final Duration LINGER = Duration.ofMillis(2);

    private final Map<String, PaymentProvider> providers;
    private final CallQueue calls;
    private final Payments payments;
    private final CheckoutSaga saga;
    private final TransactionTemplate transaction;
    private final PaymentProperties properties;
    private final MeterRegistry meters;
    private final Traces traces;
    private final Clock clock;

    private final BlockingQueue<Answered> answers = new LinkedBlockingQueue<>();
    private @Nullable Run run;

    /** The threads of one run, between a start and a stop. */
    private record Run(
            ExecutorService callers, ScheduledExecutorService poll, List<Thread> loops) {}

    private interface Loop {
        void turn() throws InterruptedException;
    }

    ProviderWorker(
            List<PaymentProvider> providers,
            CallQueue calls,
            Payments payments,
            CheckoutSaga saga,
            TransactionTemplate transaction,
            PaymentProperties properties,
            MeterRegistry meters,
            Traces traces,
            Clock clock) {
        this.providers =
                providers.stream()
                        .collect(Collectors.toMap(PaymentProvider::name, Function.identity()));
        this.calls = calls;
        this.payments = payments;
        this.saga = saga;
        this.transaction = transaction;
        this.properties = properties;
        this.meters = meters;
        this.traces = traces;
        this.clock = clock;
    }

    @Override
    public synchronized void start() {
        var callers = Executors.newVirtualThreadPerTaskExecutor();
        var poll =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().daemon().name("due-calls").factory());
        var loops =
                List.of(
                        loop("calls", () -> makeElsewhere(calls.take(), callers)),
                        loop("answers", () -> commit(nextAnswers())));
        poll.scheduleWithFixedDelay(this::takeDue, 0, properties.poll().toMillis(), MILLISECONDS);
        run = new Run(callers, poll, loops);
    }

    /** Calls under way are finished; what is not committed by then is asked for again later. */
    @Override
    public synchronized void stop() {
        if (run != null) {
            run.poll().shutdownNow();
            run.loops().getFirst().interrupt();
            run.callers().close();
            commitTheRest();
            run.loops().getLast().interrupt();
            run = null;
        }
    }

    /** Starts before Kafka's listeners and stops after them: they are where calls come from. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE - 1000;
    }

    @Override
    public synchronized boolean isRunning() {
        return run != null;
    }

    /** Looks at once for what is due, as when somebody has woken a payment. */
    void look() {
        var current = run;
        if (current != null && !current.poll().isShutdown()) {
            current.poll().execute(this::takeDue);
        }
    }

    /** Leases what is due and nobody has taken. */
    void takeDue() {
        try {
            var more = true;
            while (more && calls.freePlaces() > 0) {
                var limit = Math.min(calls.freePlaces(), LARGEST_BATCH);
                more = Boolean.TRUE.equals(transaction.execute(_ -> takeDue(limit) == limit));
            }
        } catch (RuntimeException | Error e) {
            log.warn("due calls could not be taken, trying again: {}", e.toString());
        }
    }

    private int takeDue(int limit) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var due = payments.lockDue(now, limit);
        if (!due.isEmpty()) {
            calls.leaseDue(due, now);
            payments.update(due, now);
        }
        return due.size();
    }

    private void makeElsewhere(Call call, Executor callers) {
        try {
            callers.execute(() -> answers.add(traces.during(asking(call), () -> make(call))));
        } catch (RuntimeException | Error e) {
            calls.done();
            throw e;
        }
    }

    private Answered make(Call call) {
        var timer = Timer.start(meters);
        var outcome = "no answer";
        try {
            var answer = withoutAsking(call.request()).orElseGet(() -> ask(call));
            outcome = answer.getClass().getSimpleName();
            return new Answered(call, answer);
        } catch (NoAnswer e) {
            switch (e.kind()) {
                case PASSING -> log.info("order {}: {}", call.orderId(), e.getMessage());
                case ALARMING -> {
                    outcome = "alarm";
                    log.error(
                            "order {}: {} needs a person: {}",
                            call.orderId(),
                            call.provider(),
                            e.getMessage());
                }
            }
            return new Answered(call, null);
        } catch (RuntimeException | Error e) {
            outcome = "alarm";
            log.error("order {}: {} could not be asked", call.orderId(), call.provider(), e);
            return new Answered(call, null);
        } finally {
            calls.done();
            timer.stop(
                    meters.timer(
                            "duka.payment.provider.calls",
                            "provider",
                            call.provider(),
                            "operation",
                            operation(call),
                            "outcome",
                            outcome));
        }
    }

    private Answer ask(Call call) {
        // Late in its lease, somebody else might ask before this call has ended.
        if (clock.instant().isAfter(call.leasedUntil().minus(properties.lease().dividedBy(2)))) {
            throw new NoAnswer(NoAnswer.Kind.PASSING, "too late in its lease to ask");
        }
        var provider = providers.get(call.provider());
        if (provider == null) {
            throw new NoAnswer(NoAnswer.Kind.ALARMING, "unknown here");
        }
        return provider.ask(call.request(), call.again());
    }

    /** What was never authorized needs no void, and nothing needs no refund. */
    static Optional<Answer> withoutAsking(Request request) {
        return switch (request) {
            case Request.Void it when it.reference() == null -> Optional.of(new Answer.Voided());
            case Request.Refund refund when refund.amount().minorUnits() == 0 ->
                    Optional.of(new Answer.Refunded(refund.refundId()));
            case Request.Authorize _, Request.Capture _, Request.Void _, Request.Refund _ ->
                    Optional.empty();
        };
    }

    private List<Answered> nextAnswers() throws InterruptedException {
        var batch = new ArrayList<Answered>();
        batch.add(answers.take());
        var second = answers.poll(LINGER.toMillis(), MILLISECONDS);
        if (second != null) {
            batch.add(second);
            answers.drainTo(batch, LARGEST_BATCH);
        }
        return batch;
    }

    private void commit(List<Answered> batch) throws InterruptedException {
        try {
            commitNow(batch);
        } catch (TransactionException
                | TransientDataAccessException
                | DataAccessResourceFailureException e) {
            // The database is away. The answers will be as true when it is back.
            log.warn(
                    "{} answers could not be committed, trying again: {}",
                    batch.size(),
                    e.toString());
            MILLISECONDS.sleep(properties.poll().toMillis());
            answers.addAll(batch);
        } catch (RuntimeException | Error e) {
            if (batch.size() > 1) {
                for (var answered : batch) {
                    commit(List.of(answered));
                }
            } else {
                var call = batch.getFirst().call();
                log.error("order {}: {} will be asked again", call.orderId(), call.provider(), e);
            }
        }
    }

    private void commitNow(List<Answered> batch) {
        traces.during(
                batch.stream().map(ProviderWorker::hearing).toList(),
                () -> saga.onAnswers(traces.each(batch)));
    }

    private static Piece asking(Call call) {
        return piece(operation(call), call);
    }

    private static Piece hearing(Answered answered) {
        var answer = answered.answer();
        var name = answer == null ? "NoAnswer" : answer.getClass().getSimpleName();
        return piece(name, answered.call());
    }

    private static Piece piece(String name, Call call) {
        return new Piece(
                null,
                name,
                Map.of("provider", call.provider()),
                Traces.ORDER,
                call.orderId(),
                call.traceparent());
    }

    private static String operation(Call call) {
        return call.request().getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    /** The loop may be at it too: each answer is taken by one of us. */
    private void commitTheRest() {
        var rest = new ArrayList<Answered>();
        answers.drainTo(rest);
        try {
            if (!rest.isEmpty()) {
                commitNow(rest);
            }
        } catch (RuntimeException e) {
            log.warn("{} answers will be asked for again: {}", rest.size(), e.toString());
        }
    }

    private Thread loop(String name, Loop loop) {
        return Thread.ofPlatform()
                .daemon()
                .name("provider-" + name)
                .start(
                        () -> {
                            try {
                                while (true) {
                                    survive(loop);
                                }
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        });
    }

    /** No fault may end a loop: no payment would be asked about any more. */
    private void survive(Loop loop) throws InterruptedException {
        try {
            loop.turn();
        } catch (RuntimeException | Error e) {
            log.error("going on after a pause", e);
            MILLISECONDS.sleep(properties.poll().toMillis());
        }
    }
}
