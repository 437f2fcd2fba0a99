package duka.messaging;

import duka.events.CheckoutEvent;
import duka.events.Event;
import duka.tracing.Traces;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * An outbox in memory. What is said comes out of it as its hearers will have it, written and read
 * by the real codec.
 */
public final class MemoryOutbox extends Outbox {

    private final EventCodec codec = new EventCodec();
    private final List<CheckoutEvent> said = new ArrayList<>();
    private final Map<UUID, UUID> names = new HashMap<>();

    public MemoryOutbox() {
        super(null, new EventCodec(), Clock.systemUTC(), Traces.none(), () -> {});
    }

    @Override
    public void addAll(Collection<? extends Event> events) {
        for (var event : events) {
            // What is said of levels and of the ledger, nobody in a checkout hears.
            if (event instanceof CheckoutEvent step) {
                said.add(step);
            }
        }
    }

    /** Ids that are minted differ from one run to the next; the model's do not. */
    public void call(UUID minted, UUID name) {
        names.put(minted, name);
    }

    /** All that was said since it was last asked. */
    public List<CheckoutEvent> take() {
        var taken = said.stream().map(this::arrived).toList();
        said.clear();
        names.clear();
        return taken;
    }

    private CheckoutEvent arrived(CheckoutEvent event) {
        var body = codec.write(event);
        for (var name : names.entrySet()) {
            body = body.replace(name.getKey().toString(), name.getValue().toString());
        }
        return (CheckoutEvent) codec.read(EventCodec.typeOf(event), body.getBytes());
    }
}
