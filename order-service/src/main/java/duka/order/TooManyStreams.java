package duka.order;

/** As many streams are open as one customer, or all of them, may have. */
public class TooManyStreams extends RuntimeException {

    TooManyStreams() {
        super("Too many streams are open; close one, or come back soon.");
    }
}
