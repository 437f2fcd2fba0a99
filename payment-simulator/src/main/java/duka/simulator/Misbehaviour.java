package duka.simulator;

/** The simulator was told by a test token not to answer properly. */
class Misbehaviour extends RuntimeException {

    enum Kind {
        DROPPED_CONNECTION,
        FAULT
    }

    private final Kind kind;

    Misbehaviour(Kind kind) {
        super("misbehaves as its token asks for: " + kind, null, false, false);
        this.kind = kind;
    }

    Kind kind() {
        return kind;
    }
}
