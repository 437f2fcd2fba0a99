package duka.local;

/** A command that makes no sense as it was given. */
final class Misuse extends RuntimeException {

    Misuse(String message) {
        super(message);
    }
}
