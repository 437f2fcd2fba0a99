package duka.identity;

/** Why a password was not changed. */
public class PasswordRefused extends RuntimeException {

    public enum Why {
        WRONG_CURRENT,
        SAME_AS_CURRENT,
        NO_CODE,
        WRONG_CODE,
        NOT_ALLOWED
    }

    private final Why why;

    PasswordRefused(Why why) {
        super(why.name(), null, false, false);
        this.why = why;
    }

    public Why why() {
        return why;
    }
}
