package duka.simulator;

/** The same idempotency key came with something else to do. */
class KeyReused extends RuntimeException {

    KeyReused(String key) {
        super("The key %s was used for something else.".formatted(key));
    }
}
