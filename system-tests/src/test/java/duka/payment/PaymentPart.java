package duka.payment;

import duka.events.CheckoutEvent;
import duka.events.LedgerEvent.Account;
import duka.events.LedgerEvent.Movement;
import duka.events.LedgerEvent.Side;
import duka.events.Money;
import duka.events.OrderEvent;
import duka.events.OrderEvent.OrderAwaitingPayment;
import duka.events.OrderEvent.OrderCancelled;
import duka.events.PaymentEvent.Action;
import duka.events.PaymentMethod;
import duka.events.Sealed;
import duka.messaging.MemoryOutbox;
import duka.messaging.Step;
import duka.messaging.Step.Become;
import duka.payment.Provider.Choice;
import duka.payment.Turn.Turns;
import duka.system.model.Cells;
import duka.system.model.Freedom;
import duka.system.model.Ids;
import duka.system.model.Mutant;
import duka.system.model.Participant;
import duka.system.model.Reaction;
import duka.system.model.Scenario;
import duka.tracing.Traces;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Payment's part as it is, over one order's payment in memory, and the provider that it asks. Calls
 * to it are under way for as long as it pleases the model.
 */
public final class PaymentPart implements Participant<PaymentPart.State> {

    /** A payment that nobody changes. */
    record Kept(OrderAwaitingPayment asked, Payment.State state, List<Refund> refunds) {

        Payment payment() {
            return new Payment(
                    Ids.payment(asked.orderId()),
                    asked.orderId(),
                    asked.customerId(),
                    asked.total(),
                    asked.vendorShares(),
                    asked.paymentMethod(),
                    asked.paymentMethod() == PaymentMethod.CARD ? "card" : CashOnDelivery.NAME,
                    Instant.EPOCH,
                    state,
                    refunds);
        }
    }

    /**
     * @param answer none while it has not reached the provider
     */
    record UnderWay(Call call, @Nullable Answer answer) {}

    /**
     * What payment-service has in its tables of one order, what is under way to and from the
     * provider, and what the provider has in its own books.
     *
     * @param ledger what stands on each account, debits less credits
     */
    public record State(
            @Nullable Kept kept,
            Map<String, Long> ledger,
            List<UnderWay> calls,
            Provider provider,
            Facts facts) {

        @Override
        public String toString() {
            return "%s\n    %s\n    %s".formatted(kept, calls, provider);
        }
    }

    /**
     * What follows from that.
     *
     * @param status its name; empty as long as there is no payment
     * @param isQuiet whether nothing is to be asked, and nobody is being asked
     * @param captured by our books
     * @param refunded by our books, by way of the provider or the courier
     * @param wanted what was asked to go back because lines were cancelled
     * @param needsStaff whether a refund was refused for good
     * @param vendors what the shop owes its vendors
     */
    public record Facts(
            String status,
            PaymentMethod method,
            boolean isQuiet,
            long captured,
            long refunded,
            long wanted,
            long settled,
            boolean needsStaff,
            long balance,
            long vendors,
            boolean isLive,
            int authorizations,
            long providerCaptured,
            long providerRefunded) {

        public boolean exists() {
            return !status.isEmpty();
        }
    }

    /** What happens between payment-service, its provider and people. */
    sealed interface Wish extends duka.system.model.Wish {

        /** The worker asks the provider what is due. */
        record Ask() implements Wish {}

        record Decide(int call, Choice choice) implements Wish {}

        record Answers(int call) implements Wish {}

        record Lose(int call) implements Wish {}

        record Approve(boolean yes) implements Wish {}

        record GiveToken() implements Wish {}

        /**
         * @param all whether all that is left, or else a part
         */
        record RefundByStaff(boolean all) implements Wish {}

        /**
         * Staff see to a refund that was refused.
         *
         * @param again whether they ask again, or else settle it
         */
        record SeeTo(boolean again) implements Wish {}

        @Override
        default boolean comesByItself() {
            return switch (this) {
                case Ask _, Decide _, Answers _, SeeTo _ -> true;
                case Lose _, Approve _, GiveToken _, RefundByStaff _ -> false;
            };
        }
    }

    private static final Instant NOW = Instant.EPOCH;
    private static final Duration LEASE = Duration.ofMinutes(1);

    private static final Map<String, Function<PaymentAt, Step<PaymentAt>>> ROWS =
            Map.ofEntries(
                    Map.entry("OrderConfirmed", CheckoutSaga::orderConfirmed),
                    Map.entry("OrderCancelled", CheckoutSaga::orderCancelled),
                    Map.entry("OrderLinesCancelled", CheckoutSaga::orderLinesCancelled),
                    Map.entry("OrderDelivered", CheckoutSaga::orderDelivered),
                    Map.entry("OrderReturned", CheckoutSaga::orderReturned),
                    Map.entry("tokenSupplied", CheckoutSaga::tokenSupplied),
                    Map.entry("Authorized", CheckoutSaga::authorized),
                    Map.entry("ActionRequired", CheckoutSaga::actionRequired),
                    Map.entry("Declined", at -> CheckoutSaga.declined(at, "")),
                    Map.entry("Captured", CheckoutSaga::captured),
                    Map.entry("CaptureRefused", at -> CheckoutSaga.captureRefused(at, "")),
                    Map.entry("Voided", CheckoutSaga::voided),
                    Map.entry("HadDeclined", at -> CheckoutSaga.hadDeclined(at, "")),
                    Map.entry("Refunded in part", at -> CheckoutSaga.refunded(at, false)),
                    Map.entry("Refunded in full", at -> CheckoutSaga.refunded(at, true)),
                    Map.entry("RefundRefused", CheckoutSaga::refundRefused),
                    Map.entry("refundWished", CheckoutSaga::refundWished));

    private final Scenario scenario;
    private final Cells cells;
    private final Mutant mutant;
    private final MemoryOutbox outbox = new MemoryOutbox();
    private final MemoryPayments payments = new MemoryPayments();
    private final CheckoutSaga saga;
    private final Refunding refunding;

    private @Nullable Kept kept;
    private Map<String, Long> ledger = Map.of();
    private List<UnderWay> calls = List.of();
    private Provider provider = Provider.initial();

    public PaymentPart(Scenario scenario, Cells cells, Mutant mutant) {
        this.scenario = scenario;
        this.cells = cells;
        this.mutant = mutant;
        var clock = Clock.fixed(NOW, ZoneOffset.UTC);
        var properties =
                new PaymentProperties("card", 1, LEASE, LEASE, LEASE, LEASE, Duration.ZERO);
        var turns =
                new Turns(
                        payments,
                        new MemoryLedger(),
                        new NoQueue(properties),
                        outbox,
                        properties,
                        new Backoff(LEASE, LEASE, RandomGenerator.getDefault()),
                        new PaymentMeters(payments, new SimpleMeterRegistry(), clock),
                        Traces.none(),
                        clock);
        this.saga = new CheckoutSaga(turns);
        this.refunding = new Refunding(saga);
    }

    @Override
    public State initial() {
        return state(null, Map.of(), List.of(), Provider.initial());
    }

    @Override
    public Reaction<State> hear(State at, List<CheckoutEvent> poll) {
        return Reaction.of(at, outbox, () -> in(at, () -> hear(poll)));
    }

    @Override
    public Reaction<State> grant(State at, duka.system.model.Wish wish) {
        return Reaction.of(at, outbox, () -> in(at, () -> grant((Wish) wish)));
    }

    private State in(State at, Runnable action) {
        kept = at.kept();
        ledger = new HashMap<>(at.ledger());
        calls = new ArrayList<>(at.calls());
        provider = at.provider();
        action.run();
        return state(kept, Map.copyOf(ledger), inOrder(calls), provider);
    }

    @Override
    public List<Wish> wishes(State at) {
        var wishes = new ArrayList<Wish>();
        if (at.kept() == null) {
            return wishes;
        }
        var payment = at.kept().payment();
        var most = scenario.has(Freedom.LATE_ANSWERS) ? 2 : 1;
        if (payment.isDue(NOW) && at.calls().size() < most) {
            wishes.add(new Wish.Ask());
        }
        for (var number = 0; number < at.calls().size(); number++) {
            addCall(wishes, at, number);
        }
        if (at.provider().isPending()) {
            wishes.add(new Wish.Approve(true));
            wishes.add(new Wish.Approve(false));
        }
        if (asked("tokenSupplied", payment.at(), CheckoutSaga.tokenSupplied(payment.at()))
                        instanceof Become
                && payment.action() == Action.INITIATE) {
            wishes.add(new Wish.GiveToken());
        }
        addRefunds(wishes, payment);
        return wishes;
    }

    @Override
    public Set<String> table() {
        var table = new TreeSet<String>();
        table.add(Cells.name("payment", "OrderAwaitingPayment", "nothing"));
        table.add(Cells.name("payment", "OrderCancelled", "nothing"));
        for (var status : PaymentStatus.values()) {
            ROWS.forEach(
                    (row, decision) -> {
                        var card = new PaymentAt(status, false, PaymentMethod.CARD);
                        var unwanted = card.nowUnwanted();
                        var cash = new PaymentAt(status, false, PaymentMethod.CASH_ON_DELIVERY);
                        if (Cells.isPossible(List.of(() -> decision.apply(card)))) {
                            table.add(cell(row, card));
                        }
                        if (status == PaymentStatus.AUTHORIZING
                                || status == PaymentStatus.CAPTURING) {
                            if (Cells.isPossible(List.of(() -> decision.apply(unwanted)))) {
                                table.add(cell(row, unwanted));
                            }
                        }
                        if (status == PaymentStatus.AUTHORIZED
                                && Cells.isPossible(List.of(() -> decision.apply(cash)))) {
                            table.add(cell(row, cash));
                        }
                    });
        }
        return table;
    }

    // What happens.

    private void addCall(List<Wish> wishes, State at, int number) {
        var underWay = at.calls().get(number);
        var mayBeLost = scenario.has(Freedom.LATE_ANSWERS);
        if (underWay.answer() == null) {
            choices(at.provider(), underWay.call().request()).stream()
                    .map(choice -> new Wish.Decide(number, choice))
                    .forEach(wishes::add);
        } else {
            wishes.add(new Wish.Answers(number));
            if (mayBeLost) {
                wishes.add(new Wish.Lose(number));
            }
        }
    }

    private List<Choice> choices(Provider at, Request request) {
        return at.choices(request).stream()
                .filter(
                        choice ->
                                switch (choice) {
                                    case YES -> true;
                                    case LATER -> scenario.has(Freedom.ACTION_REQUIRED);
                                    case NO ->
                                            scenario.has(
                                                    switch (request) {
                                                        case Request.Authorize _ ->
                                                                Freedom.PROVIDER_DECLINES;
                                                        case Request.Capture _ ->
                                                                Freedom.CAPTURE_REFUSED;
                                                        case Request.Refund _, Request.Void _ ->
                                                                Freedom.REFUND_REFUSED;
                                                    });
                                })
                .toList();
    }

    private void addRefunds(List<Wish> wishes, Payment payment) {
        if (scenario.has(Freedom.STAFF_REFUNDS)
                && asked("refundWished", payment.at(), CheckoutSaga.refundWished(payment.at()))
                        instanceof Become
                && payment.refunds().stream().noneMatch(refund -> refund.askedBy() != null)) {
            wishes.add(new Wish.RefundByStaff(false));
            wishes.add(new Wish.RefundByStaff(true));
        }
        if (payment.needsStaff()) {
            wishes.add(new Wish.SeeTo(true));
            wishes.add(new Wish.SeeTo(false));
        }
    }

    private void grant(Wish wish) {
        switch (wish) {
            case Wish.Ask _ -> ask();
            case Wish.Decide it -> decide(it.call(), it.choice());
            case Wish.Answers it -> answers(calls.remove(it.call()));
            case Wish.Lose it -> calls.remove(it.call());
            case Wish.Approve it -> provider = provider.decided(it.yes());
            case Wish.GiveToken _ -> {
                var before = kept.payment().at();
                saga.onToken(kept.asked().orderId(), new Sealed("token"));
                reached("tokenSupplied", before);
            }
            case Wish.RefundByStaff it -> {
                var total = kept.asked().total();
                var part = new Money(total.minorUnits() / 10, total.currency());
                refunding.refund(
                        kept.asked().orderId(), it.all() ? null : part, "goodwill", Ids.STAFF);
            }
            case Wish.SeeTo it -> seeTo(it.again());
        }
    }

    private void ask() {
        var payment = kept.payment();
        var call = payment.lease(NOW.plus(LEASE));
        payments.update(List.of(payment), NOW);
        calls.add(new UnderWay(call, null));
    }

    private void decide(int number, Choice choice) {
        var call = calls.get(number).call();
        var request = call.request();
        try {
            var answer =
                    ProviderWorker.withoutAsking(request)
                            .orElseGet(() -> isCash() ? courier(call) : provider(request, choice));
            calls.set(number, new UnderWay(call, answer));
        } catch (NoAnswer e) {
            calls.remove(number);
            saga.onAnswers(List.of(new Answered(call, null)));
        }
    }

    private boolean isCash() {
        return kept.asked().paymentMethod() == PaymentMethod.CASH_ON_DELIVERY;
    }

    private static Answer courier(Call call) {
        return new CashOnDelivery().ask(call.request(), call.again());
    }

    private Answer provider(Request request, Choice choice) {
        var sent = asMutant(request);
        provider = provider.asked(sent, choice);
        return SimulatedProvider.answer(request, provider.operation(sent));
    }

    private void answers(UnderWay underWay) {
        var before = kept.payment();
        saga.onAnswers(List.of(new Answered(underWay.call(), underWay.answer())));
        if (before.waitsFor(underWay.call())) {
            var last = kept.payment().isPaidBack();
            var row =
                    switch (underWay.answer()) {
                        case Answer.Refunded _ -> last ? "Refunded in full" : "Refunded in part";
                        default -> underWay.answer().getClass().getSimpleName();
                    };
            reached(row, before.at());
        }
    }

    private void seeTo(boolean again) {
        var order = kept.asked().orderId();
        var refused =
                kept.refunds().stream()
                        .filter(refund -> refund.status() == Refund.Status.REFUSED)
                        .findFirst()
                        .orElseThrow();
        if (again) {
            refunding.retry(order, refused.id(), Ids.STAFF);
        } else {
            refunding.settle(order, refused.id(), "by hand", Ids.STAFF);
        }
    }

    private void hear(List<CheckoutEvent> poll) {
        var first = poll.getFirst();
        var before = kept == null ? null : kept.payment().at();
        if (mutant == Mutant.CANCEL_DURING_CAPTURE_VOIDS_AT_ONCE
                && first instanceof OrderCancelled
                && before != null
                && before.status() == PaymentStatus.CAPTURING) {
            kept = as(PaymentStatus.AUTHORIZED, false);
        }
        saga.onOrders(poll.stream().map(OrderEvent.ForPayment.class::cast).toList());
        var row = first.getClass().getSimpleName();
        if (first instanceof OrderAwaitingPayment || ROWS.containsKey(row)) {
            reached(row, before);
        }
    }

    private Step<PaymentAt> asked(String row, PaymentAt at, Step<PaymentAt> decision) {
        reached(row, at);
        return decision;
    }

    private void reached(String row, @Nullable PaymentAt at) {
        cells.reached(cell(row, at));
    }

    /** Unwanted and cash are columns of their own where they make a difference. */
    private static String cell(String row, @Nullable PaymentAt at) {
        if (at == null) {
            return Cells.name("payment", row, "nothing");
        }
        var asking =
                at.status() == PaymentStatus.AUTHORIZING || at.status() == PaymentStatus.CAPTURING;
        var column = at.status() + (asking && at.unwanted() ? ", unwanted" : "");
        var cash = at.status() == PaymentStatus.AUTHORIZED && at.isCash();
        return Cells.name("payment", row, column + (cash ? ", cash" : ""));
    }

    // What mutants do.

    private Request asMutant(Request request) {
        return mutant == Mutant.REFUND_KEYED_BY_ORDER_AND_OPERATION
                        && request instanceof Request.Refund refund
                ? new Request.Refund(
                        kept.asked().orderId() + ":refund",
                        refund.refundId(),
                        refund.reference(),
                        refund.amount())
                : request;
    }

    private Kept as(PaymentStatus status, boolean unwanted) {
        var was = kept.state();
        return new Kept(
                kept.asked(),
                new Payment.State(
                        status,
                        unwanted,
                        was.token(),
                        was.reference(),
                        was.action(),
                        was.actionUrl(),
                        was.reason(),
                        was.attempt(),
                        was.tries(),
                        was.dueAt(),
                        was.leasedUntil(),
                        was.answeredAt(),
                        null),
                kept.refunds());
    }

    // How a payment is kept.

    private static State state(
            @Nullable Kept kept,
            Map<String, Long> ledger,
            List<UnderWay> calls,
            Provider provider) {
        return new State(kept, ledger, calls, provider, facts(kept, ledger, calls, provider));
    }

    private static Facts facts(
            @Nullable Kept kept,
            Map<String, Long> ledger,
            List<UnderWay> calls,
            Provider provider) {
        var payment = kept == null ? null : kept.payment();
        var refunds = kept == null ? List.<Refund>of() : kept.refunds();
        return new Facts(
                payment == null ? "" : payment.status().name(),
                payment == null ? PaymentMethod.CARD : payment.method(),
                calls.isEmpty()
                        && (payment == null || !payment.isBeingAsked())
                        && refunds.stream().noneMatch(it -> it.status() == Refund.Status.REFUSED),
                ledger.getOrDefault("captured", 0L),
                sum(refunds, refund -> refund.status() == Refund.Status.DONE),
                sum(refunds, refund -> refund.reason().equals("lines cancelled")),
                sum(refunds, refund -> refund.status() == Refund.Status.SETTLED),
                payment != null && payment.needsStaff(),
                ledger.entrySet().stream()
                        .filter(account -> !account.getKey().equals("captured"))
                        .mapToLong(Map.Entry::getValue)
                        .sum(),
                -ledger.getOrDefault(Account.VENDOR.name(), 0L),
                provider.isLive(),
                provider.authorizations(),
                provider.captured(),
                provider.refunded());
    }

    private static long sum(List<Refund> refunds, Predicate<Refund> which) {
        return refunds.stream()
                .filter(which)
                .mapToLong(refund -> refund.amount().minorUnits())
                .sum();
    }

    /** Which of two calls is the first makes no difference to anybody. */
    private static List<UnderWay> inOrder(List<UnderWay> calls) {
        return calls.stream().sorted(Comparator.comparing(UnderWay::toString)).toList();
    }

    /** When is left out: whoever has something to ask will ask, however long that takes. */
    private static Payment.State timeless(Payment.State at) {
        return new Payment.State(
                at.status(),
                at.unwanted(),
                at.token(),
                at.reference(),
                at.action(),
                at.actionUrl(),
                at.reason(),
                at.attempt(),
                Math.min(1, at.tries()),
                at.dueAt() == null ? null : NOW,
                null,
                null,
                null);
    }

    private final class MemoryPayments extends Payments {

        MemoryPayments() {
            super(null, null);
        }

        @Override
        List<Payment> lockByOrder(Collection<UUID> orderIds) {
            return kept == null || orderIds.isEmpty() ? List.of() : List.of(kept.payment());
        }

        @Override
        List<Payment> lock(Collection<UUID> ids) {
            return kept == null ? List.of() : List.of(kept.payment());
        }

        @Override
        void insert(Collection<Payment> begun, Instant now) {
            for (var payment : begun) {
                if (kept != null) {
                    throw new IllegalStateException("an order has one payment");
                }
                outbox.call(payment.id(), Ids.payment(payment.orderId()));
                var asked =
                        new OrderAwaitingPayment(
                                payment.orderId(),
                                payment.customerId(),
                                payment.amount(),
                                payment.shares(),
                                payment.method(),
                                null,
                                NOW);
                kept = new Kept(asked, timeless(payment.state()), List.of());
            }
        }

        @Override
        void update(Collection<Payment> changed, Instant now) {
            for (var payment : changed) {
                kept = new Kept(kept.asked(), timeless(asMutant(payment)), kept.refunds());
            }
        }

        @Override
        void saveRefunds(Collection<Payment> changed) {
            for (var payment : changed) {
                var refunds = new ArrayList<Refund>();
                for (var refund : payment.refunds()) {
                    refunds.add(called(refund, Ids.refund(payment.orderId(), refunds.size())));
                }
                kept = new Kept(kept.asked(), kept.state(), List.copyOf(refunds));
            }
        }

        private static Refund called(Refund it, UUID id) {
            return new Refund(
                    id,
                    it.amount(),
                    it.shares(),
                    it.reason(),
                    it.askedBy(),
                    NOW,
                    it.status(),
                    it.attempt(),
                    it.note(),
                    it.doneAt() == null ? null : NOW);
        }

        private Payment.State asMutant(Payment payment) {
            var was = kept.state().status();
            if (mutant == Mutant.LATE_AUTHORIZATION_NOT_VOIDED
                    && was == PaymentStatus.AUTHORIZING
                    && payment.status() == PaymentStatus.VOIDING) {
                return due(as(PaymentStatus.AUTHORIZED, true).state(), null);
            }
            if (mutant == Mutant.CAPTURE_BEFORE_CONFIRM
                    && was == PaymentStatus.AUTHORIZING
                    && payment.status() == PaymentStatus.AUTHORIZED) {
                return due(as(PaymentStatus.CAPTURING, false).state(), NOW);
            }
            return payment.state();
        }

        private static Payment.State due(Payment.State at, @Nullable Instant due) {
            return new Payment.State(
                    at.status(),
                    at.unwanted(),
                    null,
                    "auth",
                    null,
                    null,
                    null,
                    at.attempt(),
                    0,
                    due,
                    null,
                    null,
                    null);
        }
    }

    private final class MemoryLedger extends Ledger {

        MemoryLedger() {
            super(null, null);
        }

        @Override
        public void add(Collection<Posting> postings) {
            for (var posting : postings) {
                for (var entry : posting.entries()) {
                    var amount = entry.amount().minorUnits();
                    var signed = entry.side() == Side.DEBIT ? amount : -amount;
                    ledger.merge(entry.account().name(), signed, Long::sum);
                    if (posting.movement() == Movement.CAPTURE && entry.side() == Side.DEBIT) {
                        ledger.merge("captured", amount, Long::sum);
                    }
                }
            }
        }
    }

    /** The model asks when it pleases. */
    private static final class NoQueue extends CallQueue {

        NoQueue(PaymentProperties properties) {
            super(properties);
        }

        @Override
        void leaseDue(Collection<Payment> payments, Instant now) {}
    }
}
