package duka.cart;

import java.util.UUID;

public class NoSuchProduct extends RuntimeException {

    NoSuchProduct(UUID id) {
        super("There is no product %s.".formatted(id));
    }
}
