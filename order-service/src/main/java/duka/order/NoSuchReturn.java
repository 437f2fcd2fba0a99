package duka.order;

import java.util.UUID;

/** There is no such return, or it is of somebody else's order. */
public class NoSuchReturn extends RuntimeException {

    NoSuchReturn(UUID id) {
        super("There is no return %s.".formatted(id));
    }
}
