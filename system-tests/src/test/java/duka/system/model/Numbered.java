package duka.system.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Gives equal things one number, so that a state of the world is a few numbers. */
final class Numbered<T> {

    private final Map<T, Integer> numbers = new HashMap<>();
    private final List<T> things = new ArrayList<>();

    int of(T thing) {
        var number = numbers.putIfAbsent(thing, things.size());
        if (number != null) {
            return number;
        }
        things.add(thing);
        if (things.size() > Character.MAX_VALUE) {
            throw new IllegalStateException("more kinds of %s than fit".formatted(thing));
        }
        return things.size() - 1;
    }

    T get(int number) {
        return things.get(number);
    }
}
