package duka.local;

/** Nobody knows whether what was asked for has been done. */
final class Unanswered extends Trouble {

    Unanswered(String request, Throwable cause) {
        super("%s was not answered: %s".formatted(request, cause), cause);
    }
}
