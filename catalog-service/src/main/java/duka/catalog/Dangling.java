package duka.catalog;

import java.util.UUID;

/** Somebody wants something to belong to a category that is not there. */
public class Dangling extends RuntimeException {

    private final String what;

    Dangling(String what, UUID category) {
        super("there is no category %s".formatted(category));
        this.what = what;
    }

    public String what() {
        return what;
    }
}
