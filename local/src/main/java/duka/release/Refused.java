package duka.release;

/** Why there is no release, for whoever asked for it. */
public final class Refused extends RuntimeException {

    Refused(String message) {
        super(message);
    }

    Refused(String message, Throwable cause) {
        super(message, cause);
    }
}
