package duka.identity;

/** What was mailed to somebody does not prove anything, or not any more. */
public class BadToken extends RuntimeException {

    private final boolean expired;

    BadToken(boolean expired) {
        super("bad token", null, false, false);
        this.expired = expired;
    }

    public boolean isExpired() {
        return expired;
    }
}
