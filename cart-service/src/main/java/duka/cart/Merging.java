package duka.cart;

import duka.messaging.Uuid7;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** How a guest's cart becomes part of a customer's. */
@Service
public class Merging {

    private static final Logger log = LoggerFactory.getLogger(Merging.class);

    private final Carts carts;
    private final Clock clock;

    Merging(Carts carts, Clock clock) {
        this.carts = carts;
        this.clock = clock;
    }

    /**
     * The token that the guest has if it is one of ours, else a new one: nobody shall have a cart
     * by a token that others might guess.
     */
    public CartToken ours(Optional<CartToken> token) {
        return token.filter(its -> carts.knows(Shopper.guest(its))).orElseGet(CartToken::mint);
    }

    /**
     * Once, however often it is asked for, and by whomever.
     *
     * @return whether the guest's cart is in the customer's, by now or since before
     */
    @Transactional
    public boolean merge(UUID customerId, CartToken token) {
        return StartingOver.until(() -> tryToMerge(customerId, Shopper.guest(token)));
    }

    private Optional<Boolean> tryToMerge(UUID customerId, Shopper guest) {
        var guests = carts.open(guest.id());
        if (guests.isPresent() && !carts.handOver(guests.get(), customerId)) {
            return Optional.empty();
        }
        // From here on nobody else can have it, and it stays as it is.
        guests.filter(cart -> !cart.isEmpty()).ifPresent(cart -> takeOver(customerId, cart));
        return Optional.of(guests.isPresent() || carts.hasTaken(guest, customerId));
    }

    private void takeOver(UUID customerId, Cart guests) {
        var mine = StartingOver.until(() -> tryToTakeOver(customerId, guests));
        log.info("guest's cart {} merged into {}", guests.id(), mine.id());
    }

    private Optional<Cart> tryToTakeOver(UUID customerId, Cart guests) {
        var mine =
                carts.open(customerId)
                        .orElseGet(
                                () -> Cart.open(Uuid7.mint(clock), Shopper.customer(customerId)));
        mine.takeOver(guests, () -> Uuid7.mint(clock));
        return carts.write(mine) ? Optional.of(mine) : Optional.empty();
    }
}
