package duka.cart;

import duka.events.CartEvent.CartCheckedOut;
import duka.events.Sealed;
import duka.messaging.Outbox;
import duka.messaging.Uuid7;
import duka.tracing.Traces;
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

        /** There is nothing to confirm, because it was left alone for too long. */
        record Expired() implements Confirmation {}

        record EmptyCart() implements Confirmation {}

        /** More has come back into it than can be ordered at once. */
        record TooManyLines(int most) implements Confirmation {}

        record Incomplete(Map<String, List<String>> missing) implements Confirmation {}

        /** The customer has yet to acknowledge what is no longer as it was. */
        record Changed(Cart cart) implements Confirmation {}
    }

    private static final Logger log = LoggerFactory.getLogger(CheckingOut.class);

    private final Desks desks;
    private final Carts carts;
    private final Drafts drafts;
    private final Checkouts checkouts;
    private final Outbox outbox;
    private final Clock clock;

    CheckingOut(
            Desks desks,
            Carts carts,
            Drafts drafts,
            Checkouts checkouts,
            Outbox outbox,
            Clock clock) {
        this.desks = desks;
        this.carts = carts;
        this.drafts = drafts;
        this.checkouts = checkouts;
        this.outbox = outbox;
        this.clock = clock;
    }

    @Transactional(readOnly = true)
    public Draft draft(UUID customerId) {
        return drafts.of(customerId).draft();
    }

    public Draft update(UUID customerId, UnaryOperator<Draft> change) {
        return drafts.update(customerId, change);
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
        return StartingOver.until(() -> attempt(customerId, change, cartId, acceptChanges, seen));
    }

    /**
     * Why a cart that is not the open one cannot be confirmed, or prepared for it.
     *
     * @throws NoSuchCart if it is not even the customer's
     */
    @Transactional(readOnly = true)
    public Confirmation standing(UUID customerId, UUID cartId) {
        return checkouts
                .latestOrderOf(cartId, customerId)
                .<Confirmation>map(Confirmation.AlreadyCheckedOut::new)
                .or(() -> carts.status(cartId, customerId).map(_ -> new Confirmation.Expired()))
                .orElseThrow(() -> new NoSuchCart(cartId));
    }

    @Transactional(readOnly = true)
    public List<Checkout> history(UUID customerId, int size, long offset) {
        return checkouts.history(customerId, size, offset);
    }

    @Transactional(readOnly = true)
    public long historySize(UUID customerId) {
        return checkouts.count(customerId);
    }

    /** Nothing if the cart is no longer as it was read, and has to be looked at anew. */
    private Optional<Confirmation> attempt(
            UUID customerId,
            UnaryOperator<Draft> change,
            Optional<UUID> cartId,
            boolean acceptChanges,
            LongConsumer seen) {
        var desk = desks.of(customerId);
        var before = desk.draft();
        var draft = change.apply(before.draft());
        var refusal = refusal(customerId, draft, desk.cart(), cartId, acceptChanges, seen);
        if (refusal.isPresent()) {
            keep(customerId, change, draft, before);
            return refusal;
        }
        var cart = desk.cart().orElseThrow();
        if (cart.hasUnacknowledgedChanges()) {
            cart.acceptChanges();
        }
        if (cart.isEmpty()) {
            if (!carts.write(cart)) {
                return Optional.empty();
            }
            keep(customerId, change, draft, before);
            return Optional.of(new Confirmation.EmptyCart());
        }
        var checkout = checkOut(cart, draft);
        checkout.ifPresent(_ -> spend(customerId, change, draft, before));
        return checkout.map(Confirmation.Begun::new);
    }

    private Optional<Confirmation> refusal(
            UUID customerId,
            Draft draft,
            Optional<Cart> open,
            Optional<UUID> cartId,
            boolean acceptChanges,
            LongConsumer seen) {
        if (cartId.isPresent() && !cartId.equals(open.map(Cart::id))) {
            return Optional.of(standing(customerId, cartId.get()));
        }
        if (open.isEmpty()) {
            return Optional.of(
                    checkouts
                            .latestOrder(customerId)
                            .<Confirmation>map(Confirmation.AlreadyCheckedOut::new)
                            .orElseGet(Confirmation.EmptyCart::new));
        }
        var cart = open.get();
        seen.accept(cart.seenAs());
        if (cart.isEmpty()) {
            return Optional.of(new Confirmation.EmptyCart());
        }
        if (cart.lines().size() > Cart.MOST_LINES) {
            return Optional.of(new Confirmation.TooManyLines(Cart.MOST_LINES));
        }
        if (!draft.missing().isEmpty()) {
            return Optional.of(new Confirmation.Incomplete(draft.missing()));
        }
        return cart.hasUnacknowledgedChanges() && !acceptChanges
                ? Optional.of(new Confirmation.Changed(cart))
                : Optional.empty();
    }

    /** Nothing if the cart is no longer as it was read. */
    private Optional<Checkout> checkOut(Cart cart, Draft draft) {
        var method = Objects.requireNonNull(draft.paymentMethod());
        var orderId = Uuid7.mint(clock);
        cart.checkOut(orderId);
        var checkout = Checkout.of(cart, orderId, method, clock.instant());
        if ((cart.linesHaveChanged() && !carts.write(cart)) || !checkouts.begin(checkout, cart)) {
            return Optional.empty();
        }
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
        log.atInfo()
                .addKeyValue(Traces.ORDER, orderId)
                .log("order {}: confirmed, cart {} OPEN -> {}", orderId, cart.id(), cart.status());
        return Optional.of(checkout);
    }

    private void keep(
            UUID customerId, UnaryOperator<Draft> change, Draft draft, Drafts.Read before) {
        if (!draft.equals(before.draft())) {
            drafts.update(customerId, change);
        }
    }

    /** The next order needs another payment token; the rest is remembered for it. */
    private void spend(
            UUID customerId, UnaryOperator<Draft> change, Draft draft, Drafts.Read before) {
        var left = draft.spent();
        if (!left.equals(before.draft()) && !drafts.write(customerId, left, before)) {
            drafts.update(customerId, meanwhile -> change.apply(meanwhile).spent());
        }
    }
}
