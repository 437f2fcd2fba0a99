package duka.order;

import static duka.order.OrderFixture.SHOES;
import static duka.order.OrderFixture.SOCKS;
import static duka.order.OrderFixture.TOTAL;
import static duka.order.OrderFixture.VENDOR;
import static duka.order.OrderFixture.checkedOut;
import static duka.order.OrderFixture.confirmedOrder;
import static duka.order.OrderFixture.move;
import static duka.order.OrderFixture.newId;
import static duka.order.OrderFixture.order;
import static duka.order.OrderFixture.placedOrder;
import static duka.order.OrderFixture.reserved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import duka.events.CartEvent;
import duka.events.CartEvent.CartCheckedOut;
import duka.events.Money;
import duka.events.OrderEvent.CancelReason;
import duka.events.OrderEvent.VendorShare;
import duka.events.PaymentEvent.Asker;
import duka.events.PaymentEvent.PaymentAuthorized;
import duka.events.PaymentEvent.PaymentCaptured;
import duka.events.PaymentEvent.PaymentDeclined;
import duka.events.PaymentEvent.PaymentRefunded;
import duka.events.PaymentEvent.PaymentVoided;
import duka.events.PaymentMethod;
import duka.events.Quantity;
import duka.events.ReservationEvent;
import duka.events.ReservationEvent.StockRejected;
import duka.events.ReservationEvent.StockReleased;
import duka.events.ReservationEvent.StockReserved;
import duka.events.ReservationEvent.StockReturned;
import duka.events.ReservationEvent.StockTaken;
import duka.events.Sealed;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OrderTest {

    final UUID id = newId();
    final UUID payment = newId();

    @Test
    void an_order_needs_a_line() {
        assertThatIllegalArgumentException().isThrownBy(() -> order(cart()));
    }

    @Test
    void an_order_names_a_product_once() {
        var line = new CartEvent.Line(SHOES, 1, Money.of("1.00", "KES"));

        assertThatIllegalArgumentException().isThrownBy(() -> order(cart(line, line)));
    }

    @Test
    void an_order_is_in_one_currency() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> order(cart(new CartEvent.Line(SHOES, 1, Money.of("1.00", "EUR")))));
    }

    @Test
    void a_line_has_a_unit_at_least_and_costs_nothing_at_least() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OrderLine(SHOES, 0, Money.of("1.00", "KES")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OrderLine(SHOES, 1, Money.of("-1.00", "KES")));
    }

    @Test
    void what_was_reserved_names_and_prices_the_lines() {
        var order = placedOrder(id, newId());

        order.note(reserved(id));

        assertThat(order.lines()).extracting(OrderLine::name).containsExactly("Shoes", "Socks");
        assertThat(order.total()).isEqualTo(TOTAL);
        assertThat(order.vendorShares())
                .containsExactly(
                        new VendorShare(VENDOR, Money.of("778.00", "KES")),
                        new VendorShare(null, Money.of("22.50", "KES")));
    }

    @Test
    void other_lines_than_were_asked_for_cannot_be_reserved() {
        var order = placedOrder(id, newId());
        var one = new ReservationEvent.Line(SHOES, "Shoes", VENDOR, 1, Money.of("389.00", "KES"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> order.note(new StockReserved(id, List.of(one))));
    }

    @Test
    void another_amount_than_the_total_cannot_be_authorized() {
        var order = placedOrder(id, newId());

        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                order.note(
                                        new PaymentAuthorized(
                                                id, payment, Money.of("1.00", "KES"))));
    }

    @Test
    void what_is_cancelled_stays_so() {
        var order = placedOrder(id, newId());
        move(order, order.at().cancelled(CancelReason.CUSTOMER));

        assertThatIllegalStateException()
                .isThrownBy(() -> move(order, order.at().to(OrderStatus.AWAITING_PAYMENT)));
        assertThat(order.deadline()).isNull();
        assertThat(order.paymentToken()).isNull();
    }

    @Test
    void a_payment_token_is_handed_over_once() {
        var order = placedOrder(id, newId());

        assertThat(order.handOverPaymentToken()).isEqualTo(new Sealed("token"));
        assertThat(order.handOverPaymentToken()).isNull();
    }

    @Test
    void a_placed_order_waits_for_stock_and_then_for_payment() {
        var order = placedOrder(id, newId());
        assertThat(order.waitsFor()).containsExactly(Awaited.STOCK);

        order.note(reserved(id));
        move(order, order.at().to(OrderStatus.AWAITING_PAYMENT));
        assertThat(order.waitsFor()).containsExactly(Awaited.PAYMENT);
    }

    @Test
    void a_confirmed_order_is_finished_once_its_stock_is_taken_and_its_money_captured() {
        var order = confirmedOrder(PaymentMethod.CARD);
        assertThat(order.waitsFor()).containsExactly(Awaited.STOCK_TAKEN, Awaited.PAYMENT_CAPTURED);

        order.note(new StockTaken(id));
        order.note(new PaymentCaptured(id, payment, TOTAL));

        assertThat(order.isFinished()).isTrue();
        assertThat(order.isOver()).isFalse();
    }

    @Test
    void cash_is_waited_for_once_the_order_is_delivered() {
        var order = confirmedOrder(PaymentMethod.CASH_ON_DELIVERY);
        order.note(new StockTaken(id));
        assertThat(order.isFinished()).isTrue();

        order.ship(order.open());
        move(order, order.at().to(OrderStatus.SHIPPED));
        move(order, order.at().to(OrderStatus.DELIVERED));

        assertThat(order.waitsFor()).containsExactly(Awaited.PAYMENT_CAPTURED);
        order.note(new PaymentCaptured(id, payment, TOTAL));
        assertThat(order.isOver()).isTrue();
    }

    @Test
    void a_cancelled_order_waits_for_its_stock_and_its_money() {
        var order = placedOrder(id, newId());
        order.note(reserved(id));
        move(order, order.at().to(OrderStatus.AWAITING_PAYMENT));
        move(order, order.at().cancelled(CancelReason.DEADLINE));
        assertThat(order.waitsFor()).containsExactly(Awaited.STOCK_RELEASED, Awaited.MONEY_BACK);

        order.note(new PaymentAuthorized(id, payment, TOTAL));
        order.note(new PaymentVoided(id, payment, TOTAL));
        order.note(new StockReleased(id));

        assertThat(order.isOver()).isTrue();
    }

    @Test
    void what_is_cancelled_before_catalog_answers_waits_for_that_answer_alone() {
        var order = placedOrder(id, newId());
        move(order, order.at().cancelled(CancelReason.CUSTOMER));
        assertThat(order.waitsFor()).containsExactly(Awaited.STOCK_RELEASED);

        order.note(new StockRejected(id, List.of()));

        assertThat(order.isOver()).isTrue();
    }

    @Test
    void a_declined_order_holds_no_money() {
        var order = placedOrder(id, newId());
        order.note(reserved(id));
        move(order, order.at().to(OrderStatus.AWAITING_PAYMENT));
        order.note(new PaymentDeclined(id, payment, TOTAL, "no funds"));
        move(order, order.at().cancelled(CancelReason.DECLINED));

        assertThat(order.waitsFor()).containsExactly(Awaited.STOCK_RELEASED);
    }

    @Test
    void an_order_cancelled_after_its_confirmation_waits_for_all_of_it_to_come_back() {
        var order = confirmedOrder(PaymentMethod.CARD);
        order.note(new StockTaken(id));
        order.note(new PaymentCaptured(id, payment, TOTAL));
        move(order, order.at().cancelled(CancelReason.CUSTOMER));
        assertThat(order.waitsFor()).containsExactly(Awaited.STOCK_RETURNED, Awaited.MONEY_BACK);

        order.note(refund("800.00"));
        order.note(new StockReturned(id, List.of(new Quantity(SHOES, 2))));
        assertThat(order.isFinished()).isFalse();

        order.note(refund("0.50"));
        order.note(new StockReturned(id, List.of(new Quantity(SOCKS, 1))));
        assertThat(order.isOver()).isTrue();
    }

    @Test
    void cancelled_lines_are_refunded_and_go_back_to_the_shelf() {
        var order = confirmedOrder(PaymentMethod.CARD);
        order.note(new StockTaken(id));
        order.note(new PaymentCaptured(id, payment, TOTAL));

        var amount = order.cancel(List.of(new Quantity(SHOES, 1)));

        assertThat(amount).isEqualTo(Money.of("389.00", "KES"));
        assertThat(order.at().whole()).isFalse();
        assertThat(order.rest()).isEqualTo(Order.Lines.OPEN);
        assertThat(order.waitsFor()).containsExactly(Awaited.STOCK_RETURNED, Awaited.REFUND);
        order.note(refund("389.00"));
        order.note(new StockReturned(id, List.of(new Quantity(SHOES, 1))));
        assertThat(order.isFinished()).isTrue();
    }

    @Test
    void what_staff_gave_back_is_no_refund_of_cancelled_lines() {
        var order = confirmedOrder(PaymentMethod.CARD);
        order.note(new StockTaken(id));
        order.note(new PaymentCaptured(id, payment, TOTAL));
        order.note(refund("400.00", Asker.STAFF));
        assertThat(order.isFinished()).isTrue();

        order.cancel(List.of(new Quantity(SHOES, 1)));
        order.note(new StockReturned(id, List.of(new Quantity(SHOES, 1))));
        assertThat(order.waitsFor()).containsExactly(Awaited.REFUND);

        order.note(refund("389.00"));
        assertThat(order.isFinished()).isTrue();
    }

    @Test
    void cancelled_lines_are_refunded_as_far_as_staff_have_left_something() {
        var order = confirmedOrder(PaymentMethod.CARD);
        order.note(new StockTaken(id));
        order.note(new PaymentCaptured(id, payment, TOTAL));
        order.note(refund("800.00", Asker.STAFF));
        order.cancel(List.of(new Quantity(SHOES, 1)));
        order.note(new StockReturned(id, List.of(new Quantity(SHOES, 1))));

        order.note(refund("0.50"));

        assertThat(order.isFinished()).isTrue();
    }

    @Test
    void cancelled_lines_are_their_vendors() {
        var order = confirmedOrder(PaymentMethod.CARD);

        assertThat(order.vendorShares(List.of(new Quantity(SHOES, 1))))
                .containsExactly(new VendorShare(VENDOR, Money.of("389.00", "KES")));
        assertThat(order.vendorShares(List.of(new Quantity(SOCKS, 1))))
                .containsExactly(new VendorShare(null, Money.of("22.50", "KES")));
    }

    @Test
    void only_what_is_open_can_be_shipped_or_cancelled() {
        var order = confirmedOrder(PaymentMethod.CASH_ON_DELIVERY);
        order.ship(List.of(new Quantity(SHOES, 1)));

        assertThat(order.open()).containsExactly(new Quantity(SHOES, 1), new Quantity(SOCKS, 1));
        assertThat(order.hasOpen(List.of(new Quantity(SHOES, 2)))).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> order.ship(List.of(new Quantity(SHOES, 2))));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> order.cancel(List.of(new Quantity(newId(), 1))));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> order.deliver(List.of(new Quantity(SOCKS, 1))));
    }

    @Test
    void an_order_that_is_not_what_was_decided_is_a_bug() {
        var order = confirmedOrder(PaymentMethod.CARD);

        assertThatIllegalStateException().isThrownBy(() -> move(order, order.at().paid()));
    }

    private PaymentRefunded refund(String amount) {
        return refund(amount, Asker.ORDER);
    }

    private PaymentRefunded refund(String amount, Asker askedBy) {
        return new PaymentRefunded(
                id, payment, newId(), Money.of(amount, "KES"), "given back", askedBy);
    }

    private CartCheckedOut cart(CartEvent.Line... lines) {
        var like = checkedOut(id, newId(), PaymentMethod.CARD, null);
        return new CartCheckedOut(
                id,
                like.cartId(),
                like.customerId(),
                List.of(lines),
                Currency.getInstance("KES"),
                like.paymentMethod(),
                null,
                like.address());
    }
}
