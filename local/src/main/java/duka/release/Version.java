package duka.release;

import java.util.Comparator;
import java.util.regex.Pattern;

/** A version of a program, as its tag bears it. */
public record Version(int major, int minor, int patch) implements Comparable<Version> {

    private static final String NUMBER = "(0|[1-9][0-9]{0,5})";
    private static final Pattern FORM = Pattern.compile("%1$s\\.%1$s\\.%1$s".formatted(NUMBER));

    private static final Comparator<Version> ORDER =
            Comparator.comparingInt(Version::major)
                    .thenComparingInt(Version::minor)
                    .thenComparingInt(Version::patch);

    public static Version of(String text) {
        var parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new Refused("\"%s\" is no version such as 1.4.0.".formatted(text));
        }
        return new Version(
                Integer.parseInt(parts.group(1)),
                Integer.parseInt(parts.group(2)),
                Integer.parseInt(parts.group(3)));
    }

    /** What is worked on once this one is out. */
    String snapshotAfter() {
        return new Version(major, minor + 1, 0) + "-SNAPSHOT";
    }

    @Override
    public int compareTo(Version other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return "%d.%d.%d".formatted(major, minor, patch);
    }
}
