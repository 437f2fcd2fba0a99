package duka.cart;

import java.util.UUID;

public class NoSuchItem extends RuntimeException {

    public NoSuchItem(UUID id) {
        super("There is no item %s in your cart.".formatted(id));
    }
}
