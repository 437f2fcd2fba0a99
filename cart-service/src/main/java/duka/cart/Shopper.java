package duka.cart;

import java.util.UUID;

/**
 * Whose cart it is.
 *
 * @param id the customer's, or of a guest the hash of its token
 */
public record Shopper(UUID id, boolean isGuest) {

    public static Shopper customer(UUID id) {
        return new Shopper(id, false);
    }

    public static Shopper guest(CartToken token) {
        return new Shopper(token.hash(), true);
    }
}
