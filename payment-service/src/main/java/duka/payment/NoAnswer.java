package duka.payment;

/**
 * The provider may or may not have done what it was asked for. It has to be asked again, until it
 * answers.
 */
class NoAnswer extends RuntimeException {

    enum Kind {
        /** It is away, slow or faulty; it will pass. */
        PASSING,
        /**
         * We do not get along until somebody changes something: credentials, or a contradiction.
         */
        ALARMING
    }

    private final Kind kind;

    NoAnswer(Kind kind, String why) {
        super(why, null, false, false);
        this.kind = kind;
    }

    Kind kind() {
        return kind;
    }
}
