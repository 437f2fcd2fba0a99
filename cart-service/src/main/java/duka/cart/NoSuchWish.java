package duka.cart;

import java.util.UUID;

public class NoSuchWish extends RuntimeException {

    NoSuchWish(UUID productId) {
        super("Product %s is not on your wishlist.".formatted(productId));
    }
}
