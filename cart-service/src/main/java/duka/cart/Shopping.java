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
        return StartingOver.until(() -> tryToAdd(shopper, productId, quantity));
    }

    /**
     * Also acknowledges whatever has changed about the line.
     *
     * @param wanted how many of it are wanted, 0 for none; throws if it asks for something else
     * @param seen is told the cart's version, and throws if the customer has seen another
     */
    public Wish change(
            Shopper shopper, UUID itemId, ToIntFunction<CartLine> wanted, LongConsumer seen) {
        return StartingOver.until(() -> tryToChange(shopper, itemId, wanted, seen));
    }

    public void remove(Shopper shopper, UUID itemId, LongConsumer seen) {
        change(shopper, itemId, _ -> 0, seen);
    }

    public void empty(Shopper shopper, LongConsumer seen) {
        StartingOver.until(() -> tryToEmpty(shopper, seen));
    }

    /** Nothing, too, if catalog had to be asked: the shopper's cart may be another by now. */
    private Optional<Wish> tryToAdd(Shopper shopper, UUID productId, int quantity) {
        var wanted = carts.wanted(shopper.id(), productId);
        if (wanted.isEmpty()) {
            assortment.learn(productId);
            return Optional.empty();
        }
        var product = wanted.get().product();
        var cart = wanted.get().cart().orElseGet(() -> newCart(shopper));
        var inCart = cart.quantityOf(productId);
        var refusal = refusal(product, inCart + quantity);
        if (refusal.isPresent()) {
            return refusal;
        }
        if (cart.isFull() && inCart == 0) {
            return Optional.of(new Wish.CartFull(cart.mostLines()));
        }
        var line = cart.add(Uuid7.mint(clock), product, quantity);
        return ifWritten(cart, new Wish.Granted(cart, line));
    }

    private Optional<Wish> tryToChange(
            Shopper shopper, UUID itemId, ToIntFunction<CartLine> wanted, LongConsumer seen) {
        var cart = cartWith(itemId, shopper);
        var line = cart.line(itemId).orElseThrow();
        var quantity = wanted.applyAsInt(line);
        seen.accept(cart.seenAs());
        if (quantity == 0) {
            cart.remove(line);
            return ifWritten(cart, new Wish.Removed());
        }
        var refusal = refusal(line.product(), quantity);
        if (refusal.isPresent()) {
            return refusal;
        }
        var changed = cart.change(line, quantity);
        return ifWritten(cart, new Wish.Granted(cart, changed));
    }

    private Optional<Wish> tryToEmpty(Shopper shopper, LongConsumer seen) {
        var open = carts.open(shopper.id());
        if (open.isEmpty()) {
            return Optional.of(new Wish.Removed());
        }
        seen.accept(open.get().seenAs());
        open.get().empty();
        return ifWritten(open.get(), new Wish.Removed());
    }

    private Optional<Wish> ifWritten(Cart cart, Wish end) {
        return carts.write(cart) ? Optional.of(end) : Optional.empty();
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
