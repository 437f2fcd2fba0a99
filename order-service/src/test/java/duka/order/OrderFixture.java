package duka.order;

import duka.events.CartEvent;
import duka.events.CartEvent.CartCheckedOut;
import duka.events.Money;
import duka.events.PaymentEvent.PaymentAuthorized;
import duka.events.PaymentEvent.PaymentCaptured;
import duka.events.PaymentMethod;
import duka.events.ReservationEvent;
import duka.events.ReservationEvent.StockReserved;
import duka.events.ReservationEvent.StockTaken;
import duka.events.Sealed;
import duka.messaging.Uuid7;
import java.time.Clock;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Orders for tests: two of one product at 389.00 and one of another at 22.50. */
public final class OrderFixture {

    public static final UUID SHOES = UUID.fromString("0192d5c0-0000-7000-8000-000000000001");
    public static final UUID SOCKS = UUID.fromString("0192d5c0-0000-7000-8000-000000000002");
    public static final UUID VENDOR = UUID.fromString("0192d5c0-0000-7000-8000-0000000000aa");
    public static final Money TOTAL = Money.of("800.50", "KES");
    public static final Instant THEN = Instant.parse("2026-03-01T10:00:00Z");

    public static Order placedOrder(UUID id, UUID customer) {
        return order(checkedOut(id, customer, PaymentMethod.CARD, new Sealed("token")));
    }

    public static Order rejectedOrder(UUID id, UUID customer) {
        var order = placedOrder(id, customer);
        move(order, order.at().to(OrderStatus.REJECTED));
        return order;
    }

    static Order order(CartCheckedOut cart) {
        var order = new Order(cart, THEN);
        order.begin(THEN, THEN.plusSeconds(120));
        return order;
    }

    static Order confirmedOrder(PaymentMethod method) {
        var order = order(checkedOut(newId(), newId(), method, null));
        var id = order.id().value();
        order.note(reserved(id));
        move(order, order.at().to(OrderStatus.AWAITING_PAYMENT));
        order.note(new PaymentAuthorized(id, newId(), TOTAL));
        move(order, order.at().to(OrderStatus.CONFIRMED));
        return order;
    }

    /** Confirmed at this moment, and paid unless it is cash; the shoes are this vendor's. */
    static Order soldOrder(CartCheckedOut cart, UUID vendor, Instant at) {
        var id = cart.orderId();
        var order = new Order(cart, at);
        order.begin(at, at.plusSeconds(120));
        order.note(reserved(id, vendor));
        order.become(order.at().to(OrderStatus.AWAITING_PAYMENT), "StockReserved", null, at);
        order.note(new PaymentAuthorized(id, newId(), TOTAL));
        order.become(order.at().to(OrderStatus.CONFIRMED), "PaymentAuthorized", null, at);
        order.note(new StockTaken(id));
        if (cart.paymentMethod() == PaymentMethod.CARD) {
            order.note(new PaymentCaptured(id, newId(), TOTAL));
        }
        return order;
    }

    static void move(Order order, OrderAt next) {
        order.become(next, "test", null, THEN);
    }

    static CartCheckedOut checkedOut(
            UUID id, UUID customer, PaymentMethod method, @Nullable Sealed token) {
        return checkedOut(id, customer, method, token, new Sealed("address"));
    }

    static CartCheckedOut checkedOut(
            UUID id, UUID customer, PaymentMethod method, @Nullable Sealed token, Sealed address) {
        return new CartCheckedOut(
                id,
                newId(),
                customer,
                List.of(
                        new CartEvent.Line(SHOES, 2, Money.of("389.00", "KES")),
                        new CartEvent.Line(SOCKS, 1, Money.of("22.50", "KES"))),
                Currency.getInstance("KES"),
                method,
                token,
                address);
    }

    /** The same cart, confirmed again. */
    static CartCheckedOut again(UUID id, CartCheckedOut cart) {
        return new CartCheckedOut(
                id,
                cart.cartId(),
                cart.customerId(),
                cart.lines(),
                cart.currency(),
                cart.paymentMethod(),
                cart.paymentToken(),
                cart.address());
    }

    static StockReserved reserved(UUID order) {
        return reserved(order, VENDOR);
    }

    static StockReserved reserved(UUID order, UUID vendor) {
        return new StockReserved(
                order,
                List.of(
                        new ReservationEvent.Line(
                                SHOES, "Shoes", vendor, 2, Money.of("389.00", "KES")),
                        new ReservationEvent.Line(
                                SOCKS, "Socks", null, 1, Money.of("22.50", "KES"))));
    }

    static UUID newId() {
        return Uuid7.mint(Clock.systemUTC());
    }

    private OrderFixture() {}
}
