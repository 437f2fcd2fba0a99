package duka.system.model;

import duka.events.CheckoutEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * Goes wherever a world can go from its first state, breadth first, so that what it finds is found
 * by a shortest way, and holds each state to the invariants.
 */
final class Explorer {

    /**
     * What it has found.
     *
     * @param ends how many states have nothing to come any more
     * @param violations by the invariant, the way to the first state that violates it
     */
    record Findings(int states, long moves, int ends, Map<Invariant, String> violations) {}

    private final World world;
    private final Invariants invariants;
    private final StateTable states;
    private final Ints parents = new Ints();
    private final Ints from = new Ints();
    private final Ints to = new Ints();
    private final Map<Invariant, String> violations = new EnumMap<>(Invariant.class);
    private long moves;
    private int current;

    Explorer(World world) {
        this.world = world;
        this.invariants = new Invariants(world);
        this.states = new StateTable(world.initial().length);
    }

    /** All there is. */
    Findings explore() {
        return explore(null);
    }

    /** Up to the first state that violates this one. */
    Findings exploreUntil(Invariant expected) {
        return explore(expected);
    }

    private Findings explore(Invariant expected) {
        states.add(world.initial());
        parents.add(-1);
        for (current = 0; current < states.size(); current++) {
            if (expected != null && violations.containsKey(expected)) {
                return findings(0);
            }
            var at = states.get(current);
            check(at);
            world.moves(at, this::go);
        }
        return findings(checkThatAllCanEnd());
    }

    private void go(char[] next, String what, Object about, boolean comesByItself) {
        moves++;
        var number = states.add(next);
        if (number == parents.size()) {
            parents.add(current);
        }
        if (comesByItself && number != current) {
            from.add(current);
            to.add(number);
        }
    }

    private void check(char[] at) {
        for (var violated : invariants.violated(at)) {
            violations.computeIfAbsent(violated, _ -> way(current));
        }
    }

    /**
     * From wherever the world is, what comes by itself must be able to bring it to where everything
     * has ended. Goes back from there along these moves.
     *
     * @return how many states have ended
     */
    private int checkThatAllCanEnd() {
        var first = new int[states.size() + 1];
        for (var edge = 0; edge < to.size(); edge++) {
            first[to.get(edge) + 1]++;
        }
        for (var number = 0; number < states.size(); number++) {
            first[number + 1] += first[number];
        }
        var before = new int[to.size()];
        var filled = first.clone();
        for (var edge = 0; edge < to.size(); edge++) {
            before[filled[to.get(edge)]++] = from.get(edge);
        }

        var ends = new BitSet(states.size());
        var toDo = new int[states.size()];
        var last = 0;
        for (var number = 0; number < states.size(); number++) {
            if (world.isQuiet(states.get(number))) {
                ends.set(number);
                toDo[last++] = number;
            }
        }
        var finished = last;
        for (var next = 0; next < last; next++) {
            for (var edge = first[toDo[next]]; edge < first[toDo[next] + 1]; edge++) {
                if (!ends.get(before[edge])) {
                    ends.set(before[edge]);
                    toDo[last++] = before[edge];
                }
            }
        }
        var stuck = ends.nextClearBit(0);
        if (stuck < states.size()) {
            violations.computeIfAbsent(Invariant.ENDING, _ -> way(stuck));
        }
        return finished;
    }

    /** How the world came there, move by move. */
    private String way(int number) {
        var steps = new ArrayList<String>();
        for (var at = number; parents.get(at) >= 0; at = parents.get(at)) {
            steps.add(step(parents.get(at), at));
        }
        Collections.reverse(steps);
        return String.join("\n", steps) + "\n" + world.show(states.get(number));
    }

    private String step(int before, int after) {
        var found = new ArrayList<String>();
        var next = states.get(after);
        world.moves(
                states.get(before),
                (state, what, about, _) -> {
                    if (found.isEmpty() && Arrays.equals(state, next)) {
                        found.add("%s: %s".formatted(what, words(about)));
                        if (world.isImpossible(next) && !world.isImpossible(states.get(before))) {
                            found.add(world.lastFault());
                        }
                    }
                });
        return String.join("\n    ", found);
    }

    private static Object words(Object about) {
        return about instanceof CheckoutEvent event ? event.getClass().getSimpleName() : about;
    }

    private Findings findings(int finished) {
        return new Findings(states.size(), moves, finished, violations);
    }
}
