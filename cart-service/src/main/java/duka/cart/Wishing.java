package duka.cart;

import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/** What a customer can do with the wishlist. */
@Service
public class Wishing {

    /** How a wish for a product ends. */
    public sealed interface Wished {

        record Added(WishlistItem item) implements Wished {}

        record ThereAlready(WishlistItem item) implements Wished {}

        record Withdrawn() implements Wished {}

        record ListFull(int most) implements Wished {}
    }

    static final int MOST = 200;

    private final Wishlists wishlists;
    private final Assortment assortment;
    private final TransactionOperations transaction;

    Wishing(Wishlists wishlists, Assortment assortment, TransactionOperations transaction) {
        this.wishlists = wishlists;
        this.assortment = assortment;
        this.transaction = transaction;
    }

    public List<WishlistItem> wishlist(UUID customerId, int size, long offset) {
        return wishlists.of(customerId, size, offset);
    }

    public long size(UUID customerId) {
        return wishlists.count(customerId);
    }

    public WishlistItem item(UUID customerId, UUID productId) {
        return wishlists.find(customerId, productId).orElseThrow(() -> new NoSuchWish(productId));
    }

    /** Catalog may have to be asked, which must not hold up others: so the lock comes after it. */
    public Wished add(UUID customerId, UUID productId) {
        var product = assortment.product(productId);
        return transaction.execute(
                _ -> {
                    wishlists.lock(customerId);
                    return wishlists
                            .find(customerId, productId)
                            .<Wished>map(Wished.ThereAlready::new)
                            .orElseGet(() -> added(customerId, product));
                });
    }

    public void remove(UUID customerId, UUID productId) {
        if (!wishlists.remove(customerId, productId)) {
            throw new NoSuchWish(productId);
        }
    }

    private Wished added(UUID customerId, Product product) {
        if (!product.active()) {
            return new Wished.Withdrawn();
        }
        return wishlists.count(customerId) < MOST
                ? new Wished.Added(wishlists.add(customerId, product))
                : new Wished.ListFull(MOST);
    }
}
