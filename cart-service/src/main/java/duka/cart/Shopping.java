package duka.cart;

import duka.messaging.Uuid7;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongConsumer;
import java.util.function.ToIntFunction;
import org.springframework.stereotype.Service;

/**
 * What a customer, or a guest, can do with the cart.
 *
 * <p>Nothing is locked and no transaction is held open, because catalog may have to be asked, and
 * nobody should wait for it with a database connection in hand. A cart that has changed while we
 * thought about it is thought about again.
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
    private final Assortment assortment;
    private final Clock clock;

    Shopping(Carts carts, Assortment assortment, Clock clock) {
        this.carts = carts;
        this.assortment = assortment;
        this.clock = clock;
    }

    public Optional<Cart> cart(Shopper shopper) {
        return carts.open(shopper.id());
    }

    public List<Cart> history(UUID customerId, int size, long offset) {
        return carts.history(customerId, size, offset).stream().map(Cart::settled).toList();
    }

    public long historySize(UUID customerId) {
        return carts.count(customerId);
    }

    public Wish add(Shopper shopper, UUID productId, int quantity) {
        while (true) {
            var wanted = carts.wanted(shopper.id(), productId);
            if (wanted.isEmpty()) {
                assortment.learn(productId);
                continue;
            }
            var product = wanted.get().product();
            var cart = wanted.get().cart().orElseGet(() -> newCart(shopper));
            var inCart = cart.quantityOf(productId);
            var refusal = refusal(product, inCart + quantity);
            if (refusal.isPresent()) {
                return refusal.get();
            }
            if (cart.isFull() && inCart == 0) {
                return new Wish.CartFull(cart.mostLines());
            }
            var line = cart.add(Uuid7.mint(clock), product, quantity);
            if (carts.write(cart)) {
                return new Wish.Granted(cart, line);
            }
        }
    }

    /**
     * Also acknowledges whatever has changed about the line.
     *
     * @param wanted how many of it are wanted, 0 for none; throws if it asks for something else
     * @param seen is told the cart's version, and throws if the customer has seen another
     */
    public Wish change(
            Shopper shopper, UUID itemId, ToIntFunction<CartLine> wanted, LongConsumer seen) {
        while (true) {
            var cart = cartWith(itemId, shopper);
            var line = cart.line(itemId).orElseThrow();
            var quantity = wanted.applyAsInt(line);
            seen.accept(cart.seenAs());
            if (quantity == 0) {
                cart.remove(line);
                if (carts.write(cart)) {
                    return new Wish.Removed();
                }
                continue;
            }
            var refusal = refusal(line.product(), quantity);
            if (refusal.isPresent()) {
                return refusal.get();
            }
            var changed = cart.change(line, quantity);
            if (carts.write(cart)) {
                return new Wish.Granted(cart, changed);
            }
        }
    }

    public void remove(Shopper shopper, UUID itemId, LongConsumer seen) {
        change(shopper, itemId, _ -> 0, seen);
    }

    public void empty(Shopper shopper, LongConsumer seen) {
        Optional<Cart> open;
        do {
            open = carts.open(shopper.id());
            open.ifPresent(
                    cart -> {
                        seen.accept(cart.seenAs());
                        cart.empty();
                    });
        } while (open.isPresent() && !carts.write(open.get()));
    }

    private Cart newCart(Shopper shopper) {
        return Cart.open(Uuid7.mint(clock), shopper);
    }

    private Cart cartWith(UUID itemId, Shopper shopper) {
        return carts.open(shopper.id())
                .filter(open -> open.line(itemId).isPresent())
                .orElseThrow(() -> new NoSuchItem(itemId));
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
                : assortment
                        .available(product)
                        .filter(available -> available < quantity)
                        .map(Wish.NotEnoughStock::new);
    }
}
