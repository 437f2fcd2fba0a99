package duka.messaging;

/**
 * Something was heard that cannot be true of its subject as it is: a bug, for a person to look at.
 * The record is parked.
 */
public class Impossible extends IllegalStateException {

    public Impossible(String heard, Object at) {
        super("heard: %s, of something that is %s".formatted(heard, at));
    }
}
