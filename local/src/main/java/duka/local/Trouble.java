package duka.local;

/** What keeps a command from doing its work, in one line for whoever gave it. */
public class Trouble extends RuntimeException {

    Trouble(String message) {
        super(message);
    }

    Trouble(String message, Throwable cause) {
        super(message, cause);
    }
}
