package duka.release;

import java.time.LocalDate;

/** What has changed in a program, newest first; what is not out yet is under "Unreleased". */
record Changelog(String text) {

    static final String FILE = "CHANGELOG.md";

    private static final String UNRELEASED = "## Unreleased\n";
    private static final String NEXT_HEADING = "\n## ";

    boolean hasNews() {
        return text.contains(UNRELEASED) && !unreleased().isBlank();
    }

    boolean tellsOf(Version version) {
        return text.contains(NEXT_HEADING + version + " (");
    }

    Changelog release(Version version, LocalDate on) {
        return new Changelog(
                text.replace(UNRELEASED, "%s\n## %s (%s)\n".formatted(UNRELEASED, version, on)));
    }

    private String unreleased() {
        int start = text.indexOf(UNRELEASED) + UNRELEASED.length();
        int end = text.indexOf(NEXT_HEADING, start - 1);
        return text.substring(start, end < 0 ? text.length() : Math.max(start, end));
    }
}
