package duka.local;

/** What many measured times come to. */
final class Times {

    private Times() {}

    /** One of the times, in whatever unit; 0 of none. */
    static long percentile(long[] sorted, int percent) {
        if (sorted.length == 0) {
            return 0;
        }
        return sorted[Math.max(0, (int) Math.ceil(percent / 100.0 * sorted.length) - 1)];
    }
}
