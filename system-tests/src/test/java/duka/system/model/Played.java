package duka.system.model;

import duka.events.CheckoutEvent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A participant by numbers. What something does to it depends on its state alone, so its real code
 * is run once for each state and each thing that happens to it.
 */
final class Played<S> {

    /** A {@link Reaction} by numbers. */
    record Move(int after, int[] said, @Nullable String fault) {}

    private final Participant<S> participant;
    private final Numbered<CheckoutEvent> events;
    private final Numbered<S> states = new Numbered<>();
    private final Map<Long, Move> heard = new HashMap<>();
    private final Map<Granted, Move> granted = new HashMap<>();
    private final Map<Integer, List<? extends Wish>> wishes = new HashMap<>();

    private record Granted(int at, Wish wish) {}

    Played(Participant<S> participant, Numbered<CheckoutEvent> events) {
        this.participant = participant;
        this.events = events;
    }

    int initial() {
        return states.of(participant.initial());
    }

    S state(int number) {
        return states.get(number);
    }

    List<? extends Wish> wishes(int at) {
        return wishes.computeIfAbsent(at, _ -> participant.wishes(states.get(at)));
    }

    Move grant(int at, Wish wish) {
        return granted.computeIfAbsent(
                new Granted(at, wish), _ -> move(participant.grant(states.get(at), wish)));
    }

    /**
     * @param poll one event, or two
     */
    Move hear(int at, int... poll) {
        var second = poll.length == 1 ? 0 : poll[1] + 1;
        return heard.computeIfAbsent(
                (long) at << 32 | (long) poll[0] << 16 | second,
                _ -> move(participant.hear(states.get(at), events(poll))));
    }

    private List<CheckoutEvent> events(int... poll) {
        return Arrays.stream(poll).mapToObj(events::get).toList();
    }

    private Move move(Reaction<S> reaction) {
        return new Move(
                states.of(reaction.after()),
                reaction.said().stream().mapToInt(events::of).toArray(),
                reaction.fault());
    }
}
