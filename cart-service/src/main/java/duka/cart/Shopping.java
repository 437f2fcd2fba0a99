package duka.cart;

import duka.messaging.Uuid7;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/**
 * What a customer can do with the cart.
 *
 * <p>Transactions are opened here by hand and late, because catalog may have to be asked first, and
 * nobody else should wait for it with a database connection in hand.
 */
@Service
public class Shopping {

    /** How a wish for so many of a product ends. */
    public sealed interface Wish {

        record Granted(Cart cart, CartLine line) implements Wish {}

        /** The customer wants none of it any more. */
        record Removed() implements Wish {}

        record NotEnoughStock(int available) implements Wish {}

        record TooMany(int most) implements Wish {}

        record Withdrawn() implements Wish {}

        record CartFull(int most) implements Wish {}
    }

    private final Carts carts;
    private final Products products;
    private final Catalog catalog;
    private final TransactionOperations transaction;
    private final Clock clock;

    Shopping(
            Carts carts,
            Products products,
            Catalog catalog,
            TransactionOperations transaction,
            Clock clock) {
        this.carts = carts;
        this.products = products;
        this.catalog = catalog;
        this.transaction = transaction;
        this.clock = clock;
    }

    public Optional<Cart> cart(UUID customerId) {
        return carts.open(customerId);
    }

    public List<Cart> history(UUID customerId, int size, long offset) {
        return carts.history(customerId, size, offset);
    }

    public long historySize(UUID customerId) {
        return carts.count(customerId);
    }

    public Wish add(UUID customerId, UUID productId, int quantity) {
        var wanted =
                products.wanted(productId, customerId)
                        .orElseGet(() -> new Products.Wanted(unheardOf(productId), 0));
        return refusal(wanted.product(), wanted.inCart() + quantity)
                .orElseGet(
                        () ->
                                transaction.execute(
                                        _ -> put(customerId, wanted.product(), quantity)));
    }

    /**
     * Also acknowledges whatever has changed about the line.
     *
     * @param quantity none of it when it is 0
     * @param seen is told the cart's version, and throws if the customer has seen another
     */
    public Wish change(UUID customerId, UUID itemId, int quantity, LongConsumer seen) {
        if (quantity == 0) {
            remove(customerId, itemId, seen);
            return new Wish.Removed();
        }
        var line =
                carts.open(customerId)
                        .flatMap(cart -> cart.line(itemId))
                        .orElseThrow(() -> new NoSuchItem(itemId));
        return refusal(line.product(), quantity)
                .orElseGet(
                        () ->
                                inCart(
                                        customerId,
                                        itemId,
                                        seen,
                                        cart -> {
                                            var changed =
                                                    cart.change(
                                                            cart.line(itemId).orElseThrow(),
                                                            quantity);
                                            carts.save(cart);
                                            return new Wish.Granted(cart, changed);
                                        }));
    }

    public void remove(UUID customerId, UUID itemId, LongConsumer seen) {
        inCart(
                customerId,
                itemId,
                seen,
                cart -> {
                    cart.remove(cart.line(itemId).orElseThrow());
                    carts.save(cart);
                    return new Wish.Removed();
                });
    }

    public void empty(UUID customerId, LongConsumer seen) {
        transaction.executeWithoutResult(
                _ ->
                        carts.lockOpen(customerId)
                                .ifPresent(
                                        cart -> {
                                            seen.accept(cart.seenAs());
                                            cart.empty();
                                            carts.save(cart);
                                        }));
    }

    private Wish put(UUID customerId, Product product, int quantity) {
        while (true) {
            var open = carts.lockOpen(customerId);
            var cart = open.orElseGet(() -> Cart.open(Uuid7.mint(clock), customerId));
            if (cart.quantityOf(product.id()) + quantity > CartLine.MOST_OF_ONE) {
                return new Wish.TooMany(CartLine.MOST_OF_ONE);
            }
            if (cart.isFull() && cart.quantityOf(product.id()) == 0) {
                return new Wish.CartFull(Cart.MOST_LINES);
            }
            var line = cart.add(Uuid7.mint(clock), product, quantity);
            if (open.isPresent()) {
                carts.save(cart);
                return new Wish.Granted(cart, line);
            }
            if (carts.create(cart)) {
                return new Wish.Granted(cart, line);
            }
            // Another request has opened a cart first; now it can be seen.
        }
    }

    private Wish inCart(
            UUID customerId, UUID itemId, LongConsumer seen, Function<Cart, Wish> change) {
        return transaction.execute(
                _ -> {
                    var cart =
                            carts.lockOpen(customerId)
                                    .filter(open -> open.line(itemId).isPresent())
                                    .orElseThrow(() -> new NoSuchItem(itemId));
                    seen.accept(cart.seenAs());
                    return change.apply(cart);
                });
    }

    private Optional<Wish> refusal(Product product, int quantity) {
        if (!product.active()) {
            return Optional.of(new Wish.Withdrawn());
        }
        if (quantity > CartLine.MOST_OF_ONE) {
            return Optional.of(new Wish.TooMany(CartLine.MOST_OF_ONE));
        }
        return product.surelyHas(quantity)
                ? Optional.empty()
                : catalog.available(product.id())
                        .filter(available -> available < quantity)
                        .map(Wish.NotEnoughStock::new);
    }

    private Product unheardOf(UUID productId) {
        var product = catalog.product(productId).orElseThrow(() -> new NoSuchProduct(productId));
        products.learn(List.of(product));
        return product;
    }
}
