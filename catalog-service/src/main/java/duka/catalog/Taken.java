package duka.catalog;

/** Another product or category has it already, and no two may. */
public class Taken extends RuntimeException {

    private final String what;

    Taken(String what, String value) {
        super("The %s %s is taken.".formatted(what, value));
        this.what = what;
    }

    public String what() {
        return what;
    }
}
