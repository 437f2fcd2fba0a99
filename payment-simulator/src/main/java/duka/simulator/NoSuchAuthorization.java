package duka.simulator;

class NoSuchAuthorization extends RuntimeException {

    NoSuchAuthorization(String id) {
        super("There is no authorization %s.".formatted(id));
    }
}
