package duka.web;

/**
 * The version of a thing as HTTP shows it. Where JPA counts the version, flush before reading it: a
 * POST with an {@code Idempotency-Key} commits only after its answer has been made.
 */
public final class ETags {

    public static String of(long version) {
        return "\"" + version + "\"";
    }

    private ETags() {}
}
