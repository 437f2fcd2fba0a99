package duka.local;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Finds the longest time in which nothing came to an end. All times are since one beginning. */
final class Stalls {

    /** A stretch of time. */
    record Span(Duration from, Duration to) {

        Duration length() {
            return to.minus(from);
        }

        private Span within(Span other) {
            Duration begin = from.compareTo(other.from) > 0 ? from : other.from;
            Duration end = to.compareTo(other.to) < 0 ? to : other.to;
            return new Span(begin, end.compareTo(begin) > 0 ? end : begin);
        }
    }

    private Stalls() {}

    /**
     * @param ends of whatever comes to an end, in any order
     * @param spans those in which something should have
     */
    static Span longest(List<Duration> ends, List<Span> spans) {
        var longest = new Span(Duration.ZERO, Duration.ZERO);
        for (Span silence : silences(ends)) {
            for (Span span : spans) {
                Span both = silence.within(span);
                if (both.length().compareTo(longest.length()) > 0) {
                    longest = both;
                }
            }
        }
        return longest;
    }

    private static List<Span> silences(List<Duration> ends) {
        var silences = new ArrayList<Span>();
        Duration last = Duration.ZERO;
        for (Duration end : ends.stream().sorted().toList()) {
            silences.add(new Span(last, end));
            last = end;
        }
        silences.add(new Span(last, Duration.ofSeconds(Long.MAX_VALUE)));
        return silences;
    }
}
