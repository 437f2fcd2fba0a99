package duka.cart;

/** Only catalog could have told, and it cannot be reached. */
public class CatalogAway extends RuntimeException {

    CatalogAway(Throwable cause) {
        super("The catalog cannot be asked about this product just now.", cause);
    }
}
