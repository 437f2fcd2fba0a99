package duka.cart;

import duka.events.CartEvent.CartCheckedOut;
import duka.events.Sealed;
import duka.messaging.Outbox;
import duka.messaging.Uuid7;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongConsumer;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** How a customer turns the cart into an order. */
@Service
@Transactional
public class CheckingOut {

    /** How a confirmation ends. */
    public sealed interface Confirmation {

        record Begun(Checkout checkout) implements Confirmation {}

        /** There is nothing to confirm, because it has become this order before. */
        record AlreadyCheckedOut(UUID orderId) implements Confirmation {}

        record EmptyCart() implements Confirmation {}

        record Incomplete(Map<String, List<String>> missing) implements Confirmation {}

        /** The customer has yet to acknowledge what is no longer as it was. */
        record Changed(Cart cart) implements Confirmation {}
    }

    private static final Logger log = LoggerFactory.getLogger(CheckingOut.class);

    private final Carts carts;
    private final Drafts drafts;
    private final Checkouts checkouts;
    private final Outbox outbox;
    private final Clock clock;

    CheckingOut(Carts carts, Drafts drafts, Checkouts checkouts, Outbox outbox, Clock clock) {
        this.carts = carts;
        this.drafts = drafts;
        this.checkouts = checkouts;
        this.outbox = outbox;
        this.clock = clock;
    }

    @Transactional(readOnly = true)
    public Draft draft(UUID customerId) {
        return drafts.of(customerId);
    }

    public Draft update(UUID customerId, UnaryOperator<Draft> change) {
        var before = drafts.lock(customerId);
        var after = change.apply(before);
        if (!after.equals(before)) {
            drafts.save(customerId, after);
        }
        return after;
    }

    public Sealed seal(String paymentToken) {
        return drafts.sealed(paymentToken);
    }

    /**
     * @param change of the draft, kept with whatever confirmation this ends in; an exception, or
     *     the rollback of the transaction that this is part of, undoes it
     * @param cartId which cart the customer means; the open one when empty
     * @param acceptChanges whether the customer takes the cart as it now is
     * @param seen is told the cart's version, and throws if the customer has seen another
     */
    public Confirmation confirm(
            UUID customerId,
            UnaryOperator<Draft> change,
            Optional<UUID> cartId,
            boolean acceptChanges,
            LongConsumer seen) {
        var draft = update(customerId, change); // always locked before carts
        var open = carts.lockOpen(customerId);
        if (cartId.isPresent() && !cartId.equals(open.map(Cart::id))) {
            return checkouts
                    .latestOrderOf(cartId.get(), customerId)
                    .<Confirmation>map(Confirmation.AlreadyCheckedOut::new)
                    .orElseThrow(() -> new NoSuchCart(cartId.get()));
        }
        if (open.isEmpty()) {
            return checkouts
                    .latest(customerId)
                    .<Confirmation>map(last -> new Confirmation.AlreadyCheckedOut(last.orderId()))
                    .orElseGet(Confirmation.EmptyCart::new);
        }
        var cart = open.get();
        seen.accept(cart.seenAs());
        if (cart.isEmpty()) {
            return new Confirmation.EmptyCart();
        }
        if (!draft.missing().isEmpty()) {
            return new Confirmation.Incomplete(draft.missing());
        }
        if (cart.hasUnacknowledgedChanges()) {
            if (!acceptChanges) {
                return new Confirmation.Changed(cart);
            }
            cart.acceptChanges();
            if (cart.isEmpty()) {
                carts.save(cart);
                return new Confirmation.EmptyCart();
            }
        }
        return new Confirmation.Begun(checkOut(cart, draft));
    }

    @Transactional(readOnly = true)
    public List<Checkout> history(UUID customerId, int size, long offset) {
        return checkouts.history(customerId, size, offset);
    }

    @Transactional(readOnly = true)
    public long historySize(UUID customerId) {
        return checkouts.count(customerId);
    }

    private Checkout checkOut(Cart cart, Draft draft) {
        var method = Objects.requireNonNull(draft.paymentMethod());
        var orderId = Uuid7.mint(clock);
        cart.checkOut(orderId);
        var checkout = Checkout.of(cart, orderId, method, clock.instant());
        carts.save(cart);
        checkouts.add(checkout);
        outbox.add(
                new CartCheckedOut(
                        orderId,
                        cart.id(),
                        cart.customerId(),
                        cart.ordered(),
                        checkout.total().currency(),
                        method,
                        draft.paymentToken(),
                        drafts.sealedAddress(draft)));
        log.info("order {}: confirmed, cart {} OPEN -> {}", orderId, cart.id(), cart.status());
        return checkout;
    }
}
