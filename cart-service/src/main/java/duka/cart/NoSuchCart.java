package duka.cart;

import java.util.UUID;

public class NoSuchCart extends RuntimeException {

    NoSuchCart(UUID id) {
        super("You have no cart %s.".formatted(id));
    }
}
