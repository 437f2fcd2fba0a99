package duka.identity;

import java.time.Duration;

/** Something that could be guessed has been tried too often. */
public class TooManyTries extends RuntimeException {

    private final Duration wait;

    TooManyTries(Duration wait) {
        super("too many tries", null, false, false);
        this.wait = wait;
    }

    public Duration waitFor() {
        return wait;
    }
}
