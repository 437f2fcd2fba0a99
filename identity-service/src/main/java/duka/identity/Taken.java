package duka.identity;

/** Somebody else has this username or email address. */
public class Taken extends RuntimeException {

    private final String field;

    Taken(String field) {
        super("This %s is taken.".formatted(field), null, false, false);
        this.field = field;
    }

    public String field() {
        return field;
    }
}
