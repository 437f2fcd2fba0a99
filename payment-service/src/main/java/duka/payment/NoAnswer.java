package duka.payment;

/**
 * The provider may or may not have done what it was asked for. It has to be asked again, until it
 * answers.
 */
public class NoAnswer extends RuntimeException {

    public enum Kind {
        /** It is away, slow or faulty; it will pass. */
        PASSING,
        /**
         * We do not get along until somebody changes something: credentials, or a contradiction.
         */
        ALARMING
    }

    private final Kind kind;

    public NoAnswer(Kind kind, String why) {
        super(why, null, false, false);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
