package duka.simulator;

import static duka.simulator.Entry.Kind.AUTHORIZED;
import static duka.simulator.Entry.Kind.CAPTURED;
import static duka.simulator.Entry.Kind.CAPTURE_REFUSED;
import static duka.simulator.Entry.Kind.DECLINED;
import static duka.simulator.Entry.Kind.PENDING;
import static duka.simulator.Entry.Kind.REFUNDED;
import static duka.simulator.Entry.Kind.REFUND_REFUSED;
import static duka.simulator.Entry.Kind.VOIDED;
import static duka.simulator.Entry.Kind.VOID_REFUSED;

import duka.simulator.TestToken.Behaviour;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * The simulator's books: what each authorization came to, and the answer to each idempotency key.
 * They live in memory and are rebuilt from their journal; nothing is answered that is not safe on
 * disk.
 */
@Component
class Books implements AutoCloseable {

    /** An answer, and the entry that was made for it; none when it had been given before. */
    record Booked(Operation operation, Authorization authorization, @Nullable Entry entry) {

        boolean isNew() {
            return entry != null;
        }
    }

    private final JsonMapper json =
            JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .build();
    private final Map<String, Authorization> authorizations = new LinkedHashMap<>();
    private final Map<String, Operation> operations = new HashMap<>();
    private final Path path;
    private final String publicUrl;
    private final Clock clock;
    private final Journal journal;
    private long entries;

    Books(SimulatorProperties properties, Clock clock) throws IOException {
        this.path = properties.data().resolve("journal.jsonl");
        this.publicUrl = properties.publicUrl();
        this.clock = clock;
        this.journal = Journal.open(path, line -> apply(json.readValue(line, Entry.class)));
    }

    Booked authorize(
            String key, String reference, long amountMinor, String currency, String token) {
        return ask(
                key,
                answered -> {
                    var begun = authorizations.get(answered.authorizationId());
                    return answered.operation() == Operation.Kind.AUTHORIZE
                            && begun.reference().equals(reference)
                            && begun.amountMinor() == amountMinor
                            && begun.currency().equals(currency)
                            && begun.token().equals(token);
                },
                () -> {
                    var test = TestToken.of(token);
                    var pending = test.approvesLater() || test.needsTheCustomer();
                    return new Entry(
                            entries + 1,
                            clock.instant(),
                            test.declines() ? DECLINED : pending ? PENDING : AUTHORIZED,
                            "auth_" + UUID.randomUUID(),
                            key,
                            reference,
                            amountMinor,
                            currency,
                            token,
                            test.declines() ? test.declineReason() : null);
                });
    }

    Booked capture(String authorizationId, String key) {
        return ask(
                key,
                same(Operation.Kind.CAPTURE, authorizationId),
                () -> {
                    var at = get(authorizationId);
                    var refusal =
                            at.status() != Authorization.Status.AUTHORIZED
                                    ? "the authorization is " + at.status()
                                    : at.testToken().behaviour() == Behaviour.CAPTURE_REFUSED
                                            ? "capture refused"
                                            : null;
                    return entry(
                            at,
                            refusal == null ? CAPTURED : CAPTURE_REFUSED,
                            key,
                            at.amountMinor(),
                            refusal);
                });
    }

    Booked voidIt(String authorizationId, String key) {
        return ask(
                key,
                same(Operation.Kind.VOID, authorizationId),
                () -> {
                    var at = get(authorizationId);
                    return switch (at.status()) {
                        case PENDING, AUTHORIZED ->
                                entry(at, VOIDED, key, at.authorizedMinor(), null);
                        case DECLINED, CAPTURED, VOIDED ->
                                entry(
                                        at,
                                        VOID_REFUSED,
                                        key,
                                        0,
                                        "the authorization is " + at.status());
                    };
                });
    }

    Booked refund(String authorizationId, String key, long amountMinor) {
        return ask(
                key,
                answered ->
                        same(Operation.Kind.REFUND, authorizationId).test(answered)
                                && answered.amountMinor() == amountMinor,
                () -> {
                    var at = get(authorizationId);
                    var refusal =
                            amountMinor > at.capturedMinor() - at.refundedMinor()
                                    ? "more than what is left of the capture"
                                    : at.testToken().behaviour() == Behaviour.REFUND_REFUSED
                                            ? "refund refused"
                                            : null;
                    return entry(
                            at,
                            refusal == null ? REFUNDED : REFUND_REFUSED,
                            key,
                            amountMinor,
                            refusal);
                });
    }

    /**
     * What a pending authorization comes to in the end, by the customer's will or as time passes.
     */
    Optional<Entry> decide(String authorizationId, boolean approved) {
        Entry entry;
        synchronized (this) {
            var at = get(authorizationId);
            if (at.status() != Authorization.Status.PENDING) {
                return Optional.empty();
            }
            entry =
                    add(
                            entry(
                                    at,
                                    approved ? AUTHORIZED : DECLINED,
                                    null,
                                    at.amountMinor(),
                                    approved ? null : "declined by the customer"));
        }
        journal.await(entry.number());
        return Optional.of(entry);
    }

    Optional<Operation> operation(String key) {
        Operation operation;
        long lastEntry;
        synchronized (this) {
            operation = operations.get(key);
            if (operation == null) {
                return Optional.empty();
            }
            lastEntry = get(operation.authorizationId()).lastEntry();
        }
        journal.await(lastEntry);
        return Optional.of(operation);
    }

    Optional<Authorization> authorization(String id) {
        Authorization authorization;
        synchronized (this) {
            authorization = authorizations.get(id);
        }
        if (authorization != null) {
            journal.await(authorization.lastEntry());
        }
        return Optional.ofNullable(authorization);
    }

    List<Authorization> authorizations() {
        List<Authorization> all;
        synchronized (this) {
            all = List.copyOf(authorizations.values());
            journal.await(entries);
        }
        return all;
    }

    /** The journal's lines as they stand on disk. */
    void read(long after, long limit, Consumer<String> reader) throws IOException {
        long upTo;
        synchronized (this) {
            upTo = entries;
        }
        journal.await(upTo);
        Journal.read(path, after, Math.min(limit, Math.max(0, upTo - after)), reader);
    }

    boolean areHealthy() {
        return journal.isHealthy();
    }

    @Override
    public void close() throws IOException {
        journal.close();
    }

    private Booked ask(String key, Predicate<Operation> isSame, Supplier<Entry> decision) {
        Booked booked;
        synchronized (this) {
            var answered = operations.get(key);
            if (answered != null && !isSame.test(answered)) {
                throw new KeyReused(key);
            }
            var entry = answered == null ? add(decision.get()) : null;
            var operation = operations.get(key);
            booked = new Booked(operation, get(operation.authorizationId()), entry);
        }
        journal.await(booked.authorization().lastEntry());
        return booked;
    }

    private Entry add(Entry entry) {
        journal.add(json.writeValueAsString(entry));
        apply(entry);
        return entry;
    }

    private void apply(Entry entry) {
        var id = entry.authorizationId();
        var before = authorizations.get(id);
        var after = before == null ? Authorization.begunBy(entry) : before.after(entry);
        authorizations.put(id, after);
        entries = entry.number();

        var key = entry.key() == null ? after.idempotencyKey() : entry.key();
        var actionUrl =
                entry.kind() == PENDING && after.testToken().needsTheCustomer()
                        ? publicUrl + "/approve/" + id
                        : null;
        operations.put(key, Operation.of(key, entry, after, actionUrl));
        if (entry.kind() == VOIDED && before != null) {
            operations.computeIfPresent(
                    after.idempotencyKey(),
                    (_, asked) ->
                            asked.status() == Operation.Status.PENDING
                                    ? asked.givenUp(entry)
                                    : asked);
        }
    }

    private Entry entry(
            Authorization of,
            Entry.Kind kind,
            @Nullable String key,
            long amountMinor,
            @Nullable String reason) {
        return new Entry(
                entries + 1,
                clock.instant(),
                kind,
                of.authorizationId(),
                key,
                of.reference(),
                amountMinor,
                of.currency(),
                null,
                reason);
    }

    private Authorization get(String id) {
        var authorization = authorizations.get(id);
        if (authorization == null) {
            throw new NoSuchAuthorization(id);
        }
        return authorization;
    }

    private static Predicate<Operation> same(Operation.Kind kind, String authorizationId) {
        return answered ->
                answered.operation() == kind && answered.authorizationId().equals(authorizationId);
    }
}
