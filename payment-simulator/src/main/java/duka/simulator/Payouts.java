package duka.simulator;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** The books of what was paid out, kept as {@link Books} are, in a journal of their own. */
@Component
class Payouts implements AutoCloseable {

    private final JsonMapper json =
            JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .build();
    private final Map<String, Payout> byKey = new HashMap<>();
    private final Set<String> faulted = new HashSet<>();
    private final Path path;
    private final Clock clock;
    private final Journal journal;
    private long lines;

    Payouts(SimulatorProperties properties, Clock clock) throws IOException {
        this.path = properties.data().resolve("payouts.jsonl");
        this.clock = clock;
        this.journal = Journal.open(path, line -> enter(json.readValue(line, Payout.class)));
    }

    /** Pays once, however often it is asked by the same key. */
    Payout pay(Payout.Order order) {
        Payout payout;
        boolean isNew;
        long upTo;
        synchronized (this) {
            var known = byKey.get(order.idempotencyKey());
            isNew = known == null;
            if (known != null && !known.isOf(order)) {
                throw new KeyReused(order.idempotencyKey());
            }
            var account = TestAccount.of(order.accountNumber());
            if (isNew && account == TestAccount.FAULT && faulted.add(order.idempotencyKey())) {
                throw new Misbehaviour(Misbehaviour.Kind.FAULT);
            }
            payout = isNew ? enterNew(order, account) : known;
            upTo = lines;
        }
        journal.await(upTo);
        if (isNew && TestAccount.of(order.accountNumber()) == TestAccount.DROP) {
            throw new Misbehaviour(Misbehaviour.Kind.DROPPED_CONNECTION);
        }
        return payout;
    }

    Optional<Payout> find(String key) {
        Optional<Payout> payout;
        long upTo;
        synchronized (this) {
            payout = Optional.ofNullable(byKey.get(key));
            upTo = lines;
        }
        journal.await(upTo);
        return payout;
    }

    /** The books' lines as they stand on disk. */
    void read(Consumer<String> reader) throws IOException {
        long upTo;
        synchronized (this) {
            upTo = lines;
        }
        journal.await(upTo);
        Journal.read(path, 0, upTo, reader);
    }

    boolean areHealthy() {
        return journal.isHealthy();
    }

    @Override
    public void close() throws IOException {
        journal.close();
    }

    private Payout enterNew(Payout.Order order, TestAccount account) {
        var closed = account == TestAccount.CLOSED;
        var payout =
                new Payout(
                        "payout_" + UUID.randomUUID(),
                        order.idempotencyKey(),
                        order.reference(),
                        closed ? Operation.Status.REFUSED : Operation.Status.SUCCEEDED,
                        order.bankCode(),
                        order.masked(),
                        order.amountMinor(),
                        order.currency(),
                        closed ? "account closed" : null,
                        clock.instant());
        journal.add(json.writeValueAsString(payout));
        enter(payout);
        return payout;
    }

    private void enter(Payout payout) {
        byKey.put(payout.idempotencyKey(), payout);
        lines++;
    }
}
