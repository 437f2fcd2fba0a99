package duka.local;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How often a shop has answered what; no answer at all counts too. */
final class Answers {

    private static final String NONE = "none";

    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

    void count(int status) {
        count(Integer.toString(status));
    }

    void countNone() {
        count(NONE);
    }

    private void count(String answer) {
        counts.computeIfAbsent(answer, _ -> new LongAdder()).increment();
    }

    Map<String, Long> counts() {
        var sums = new TreeMap<String, Long>();
        counts.forEach((answer, count) -> sums.put(answer, count.sum()));
        return sums;
    }
}
