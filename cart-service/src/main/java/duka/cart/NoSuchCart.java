package duka.cart;

import java.util.UUID;

public class NoSuchCart extends RuntimeException {

    public NoSuchCart(UUID id) {
        super("You have no cart %s.".formatted(id));
    }

    private NoSuchCart(String message) {
        super(message);
    }

    /** Never was, has been pruned, or is somebody else's by now: who asks is not told which. */
    public static NoSuchCart ofToken() {
        return new NoSuchCart("No cart is to be had for this token.");
    }
}
