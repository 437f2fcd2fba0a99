package duka.order;

import static duka.order.OrderFixture.SHOES;
import static duka.order.OrderFixture.SOCKS;
import static duka.order.OrderFixture.TOTAL;
import static duka.order.OrderFixture.VENDOR;
import static duka.order.OrderFixture.reserved;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.springframework.http.HttpHeaders.AUTHORIZATION;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import duka.events.Event;
import duka.events.Money;
import duka.events.OrderEvent.CancelReason;
import duka.events.OrderEvent.Line;
import duka.events.OrderEvent.OrderAwaitingPayment;
import duka.events.OrderEvent.OrderCancelled;
import duka.events.OrderEvent.OrderConfirmed;
import duka.events.OrderEvent.OrderDelivered;
import duka.events.OrderEvent.OrderLinesCancelled;
import duka.events.OrderEvent.OrderPaymentReminded;
import duka.events.OrderEvent.OrderPlaced;
import duka.events.OrderEvent.OrderRejected;
import duka.events.OrderEvent.OrderReturned;
import duka.events.OrderEvent.OrderShipped;
import duka.events.OrderEvent.VendorShare;
import duka.events.PaymentEvent.Action;
import duka.events.PaymentEvent.Asker;
import duka.events.PaymentEvent.PaymentActionRequired;
import duka.events.PaymentEvent.PaymentAuthorized;
import duka.events.PaymentEvent.PaymentCaptured;
import duka.events.PaymentEvent.PaymentDeclined;
import duka.events.PaymentEvent.PaymentFailed;
import duka.events.PaymentEvent.PaymentRefunded;
import duka.events.PaymentEvent.PaymentVoided;
import duka.events.PaymentMethod;
import duka.events.Quantity;
import duka.events.Refusal;
import duka.events.ReservationEvent.StockRejected;
import duka.events.ReservationEvent.StockReleased;
import duka.events.ReservationEvent.StockReturned;
import duka.events.ReservationEvent.StockTaken;
import duka.testing.Parallel;
import duka.web.Role;
import duka.web.TestTokens;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.ResultActions;

class CheckoutIT extends OrderServiceIT {

    static final Viewer STAFF = new Viewer(new CustomerId(OrderFixture.newId()), true);

    @Autowired CheckoutDeadline deadline;
    @Autowired Ordering ordering;
    @Autowired Returning returning;
    @Autowired MeterRegistry meters;
    @Autowired Shipping shipping;

    @Test
    void a_checkout_that_goes_well_ends_in_a_confirmed_order() {
        confirmed();
        order.hears(new StockTaken(id));
        order.hears(new PaymentCaptured(id, payment, TOTAL));

        await().atMost(20, SECONDS).until(() -> order().isFinished());
        var awaiting = (OrderAwaitingPayment) order.said(id).get(1);
        assertThat(order.said(id))
                .containsExactly(
                        new OrderPlaced(
                                id,
                                customer,
                                List.of(
                                        new Line(SHOES, 2, Money.of("389.00", "KES")),
                                        new Line(SOCKS, 1, Money.of("22.50", "KES"))),
                                TOTAL),
                        new OrderAwaitingPayment(
                                id,
                                customer,
                                TOTAL,
                                List.of(
                                        new VendorShare(VENDOR, Money.of("778.00", "KES")),
                                        new VendorShare(null, Money.of("22.50", "KES"))),
                                PaymentMethod.CARD,
                                token,
                                awaiting.deadline()),
                        new OrderConfirmed(id));
        assertThat(order().status()).isEqualTo(OrderStatus.CONFIRMED);
        assertThat(order().isCaptured()).isTrue();
        assertThat(order().paymentToken()).isNull();
        assertThat(order().lines()).extracting(OrderLine::name).containsExactly("Shoes", "Socks");
    }

    @Test
    void refused_stock_rejects_the_order_and_says_which_lines() {
        var refusal = new Refusal(SHOES, Refusal.Why.OUT_OF_STOCK, 1, Money.of("389.00", "KES"));
        placed();

        order.hears(new StockRejected(id, List.of(refusal)));
        endsBySaying(OrderRejected.class);

        assertThat(order.said(id)).last().isEqualTo(new OrderRejected(id, List.of(refusal)));
        assertThat(order().reason()).isEqualTo("OUT_OF_STOCK");
        assertThat(order().lines())
                .extracting(OrderLine::refused)
                .containsExactly(Refusal.Why.OUT_OF_STOCK, null);
        assertThat(order().isOver()).isTrue();
    }

    @Test
    void a_declined_payment_cancels_the_order_and_says_why() {
        awaitingPayment();

        order.hears(new PaymentDeclined(id, payment, TOTAL, "card expired"));
        endsBySaying(OrderCancelled.class);

        assertThat(order.said(id))
                .last()
                .isEqualTo(new OrderCancelled(id, CancelReason.DECLINED, false));
        assertThat(orders.timeline(new OrderId(id)))
                .last()
                .extracting(TimelineEntry::note)
                .isEqualTo("card expired");
    }

    @Test
    void a_customer_cancels_before_stock_has_answered() throws Exception {
        placed();

        cancels().andExpect(status().isOk());

        endsBySaying(OrderCancelled.class);
        order.hears(reserved(id));
        order.hears(new StockReleased(id));
        await().atMost(20, SECONDS).until(() -> order().isOver());
        assertThat(order.said(id))
                .last()
                .isEqualTo(new OrderCancelled(id, CancelReason.CUSTOMER, false));
    }

    @Test
    void an_authorization_that_comes_after_the_cancel_changes_nothing() throws Exception {
        awaitingPayment();
        cancels().andExpect(status().isOk());

        order.hears(authorized());
        order.hears(new PaymentVoided(id, payment, TOTAL));
        order.hears(new StockReleased(id));

        await().atMost(20, SECONDS).until(() -> order().isOver());
        assertThat(order.said(id)).last().isInstanceOf(OrderCancelled.class);
        assertThat(order().status()).isEqualTo(OrderStatus.CANCELLED);
    }

    @Test
    void a_customer_cancels_after_the_confirmation_and_gets_the_money_back() throws Exception {
        confirmed();

        cancels().andExpect(status().isOk());

        assertThat(order.said(id))
                .last()
                .isEqualTo(new OrderCancelled(id, CancelReason.CUSTOMER, true));
        order.hears(new StockTaken(id));
        order.hears(new StockReturned(id, List.of(new Quantity(SHOES, 2), new Quantity(SOCKS, 1))));
        order.hears(new PaymentCaptured(id, payment, TOTAL));
        order.hears(
                new PaymentRefunded(
                        id, payment, OrderFixture.newId(), TOTAL, "order cancelled", Asker.ORDER));
        await().atMost(20, SECONDS).until(() -> order().isOver());
        assertThat(order.said(id)).last().isInstanceOf(OrderCancelled.class);
    }

    @Test
    void a_second_cancel_comes_too_late() throws Exception {
        placed();

        cancels().andExpect(status().isOk());
        cancels().andExpect(status().isConflict());

        assertThat(order.said(id)).filteredOn(OrderCancelled.class::isInstance).hasSize(1);
    }

    @Test
    void a_capture_that_is_refused_for_good_cancels_the_order() {
        confirmed();

        order.hears(new PaymentFailed(id, payment, TOTAL, "authorization expired"));
        endsBySaying(OrderCancelled.class);

        assertThat(order.said(id))
                .last()
                .isEqualTo(new OrderCancelled(id, CancelReason.PAYMENT_FAILED, true));
    }

    @Test
    void what_waits_for_stock_too_long_is_cancelled() {
        placed();

        clock.ahead(Duration.ofMinutes(1).plusSeconds(50));
        deadline.sweep();
        assertThat(order().status()).isEqualTo(OrderStatus.PLACED);

        clock.ahead(Duration.ofMinutes(2));
        deadline.sweep();
        endsBySaying(OrderCancelled.class);
        assertThat(order.said(id))
                .last()
                .isEqualTo(new OrderCancelled(id, CancelReason.DEADLINE, false));
    }

    @Test
    void what_no_sweep_comes_to_is_overdue() {
        placed();

        transaction.executeWithoutResult(
                _ -> {
                    var deadline = orders.lock(new OrderId(id)).deadline();
                    assertThat(orders.countOverdue(deadline))
                            .isGreaterThan(orders.countOverdue(deadline.minusMillis(1)));
                    clock.ahead(Duration.ofMinutes(4));
                    assertThat(meters.get("duka.orders.overdue").gauge().value()).isPositive();
                });
    }

    @Test
    void what_waits_for_its_payment_too_long_is_cancelled() {
        awaitingPayment();

        clock.ahead(Duration.ofMinutes(14));
        deadline.sweep();
        assertThat(order().status()).isEqualTo(OrderStatus.AWAITING_PAYMENT);

        clock.ahead(Duration.ofMinutes(15));
        deadline.sweep();
        endsBySaying(OrderCancelled.class);
    }

    @Test
    void a_customer_who_has_to_approve_is_given_more_time() {
        awaitingPayment();
        order.hears(new PaymentActionRequired(id, payment, TOTAL, Action.APPROVE, "http://bank/x"));
        hasHeard("PaymentActionRequired");

        clock.ahead(Duration.ofMinutes(29));
        deadline.sweep();
        assertThat(order().status()).isEqualTo(OrderStatus.AWAITING_PAYMENT);

        clock.ahead(Duration.ofMinutes(30));
        deadline.sweep();
        endsBySaying(OrderCancelled.class);
    }

    @Test
    void a_customer_who_has_not_paid_yet_is_given_more_time_too() {
        order.hears(checkedOut(PaymentMethod.CARD, null));
        endsBySaying(OrderPlaced.class);
        order.hears(reserved(id));
        endsBySaying(OrderAwaitingPayment.class);

        clock.ahead(Duration.ofMinutes(29));
        deadline.sweep();

        assertThat(order().status()).isEqualTo(OrderStatus.AWAITING_PAYMENT);
        assertThat(order().deadline()).isEqualTo(order().createdAt().plus(Duration.ofMinutes(30)));
    }

    @Test
    void a_customer_who_has_to_pay_is_reminded_at_half_and_at_four_fifths_of_the_time() {
        order.hears(checkedOut(PaymentMethod.CARD, null));
        endsBySaying(OrderPlaced.class);
        order.hears(reserved(id));
        endsBySaying(OrderAwaitingPayment.class);
        var until = order().deadline();

        assertThat(remindersAfter(14)).isEmpty();
        assertThat(remindersAfter(15)).containsExactly(reminder(1, until));
        assertThat(remindersAfter(23)).containsExactly(reminder(1, until));
        assertThat(remindersAfter(24)).containsExactly(reminder(1, until), reminder(2, until));
        assertThat(remindersAfter(29)).hasSize(2);
        assertThat(remindersAfter(30)).hasSize(2);
        assertThat(order.said(id)).last().isInstanceOf(OrderCancelled.class);
    }

    @Test
    void of_two_reminders_that_were_missed_the_second_is_said() {
        awaitingPayment();
        order.hears(new PaymentActionRequired(id, payment, TOTAL, Action.APPROVE, "http://bank/x"));
        hasHeard("PaymentActionRequired");

        assertThat(remindersAfter(25)).containsExactly(reminder(2, order().deadline()));
        assertThat(remindersAfter(26)).hasSize(1);
    }

    @Test
    void nobody_is_reminded_of_what_is_paid_or_cancelled_or_needs_nothing() throws Exception {
        awaitingPayment();
        assertThat(remindersAfter(14)).isEmpty();
        clock.ahead(Duration.ZERO);
        order.hears(new PaymentActionRequired(id, payment, TOTAL, Action.APPROVE, "http://bank/x"));
        hasHeard("PaymentActionRequired");
        order.hears(authorized());
        endsBySaying(OrderConfirmed.class);

        assertThat(remindersAfter(25)).isEmpty();
        cancels().andExpect(status().isOk());
        assertThat(remindersAfter(25)).isEmpty();
    }

    @Test
    void several_sweeps_at_once_remind_once() {
        order.hears(checkedOut(PaymentMethod.CARD, null));
        endsBySaying(OrderPlaced.class);
        order.hears(reserved(id));
        endsBySaying(OrderAwaitingPayment.class);
        clock.ahead(Duration.ofMinutes(16));

        Parallel.begin(4, deadline::sweep).join();

        assertThat(reminders()).hasSize(1);
    }

    @Test
    void an_order_that_was_confirmed_has_no_deadline() {
        confirmed();

        clock.ahead(Duration.ofDays(1));
        deadline.sweep();

        assertThat(order().status()).isEqualTo(OrderStatus.CONFIRMED);
        assertThat(order.said(id)).last().isInstanceOf(OrderConfirmed.class);
    }

    @Test
    void what_is_heard_twice_counts_once() {
        var twice = OrderFixture.newId();
        var cart = checkedOut();
        order.hears(twice, cart);
        order.hears(twice, cart);
        order.hears(cart);
        hasHeard("CartCheckedOut");
        order.hears(reserved(id));
        endsBySaying(OrderAwaitingPayment.class);

        assertThat(order.said(id))
                .extracting(Event::getClass)
                .containsExactly(OrderPlaced.class, OrderAwaitingPayment.class);
        await().atMost(20, SECONDS).until(() -> order().steps() == 3);
    }

    @Test
    void many_orders_at_once_each_go_their_way() {
        var ids = IntStream.range(0, 50).mapToObj(_ -> OrderFixture.newId()).toList();
        var address = address();

        ids.forEach(
                each ->
                        order.hears(
                                OrderFixture.checkedOut(
                                        each, customer, PaymentMethod.CARD, token, address)));
        eachEndsBySaying(ids, OrderPlaced.class);
        ids.forEach(each -> order.hears(reserved(each)));
        eachEndsBySaying(ids, OrderAwaitingPayment.class);
        ids.forEach(each -> order.hears(new PaymentAuthorized(each, payment, TOTAL)));
        eachEndsBySaying(ids, OrderConfirmed.class);

        assertThat(ids).allSatisfy(each -> assertThat(order.said(each)).hasSize(3));
    }

    @Test
    void what_cannot_be_is_parked_and_others_go_on() {
        var unknown = OrderFixture.newId();
        placed();

        order.hears(new StockTaken(unknown));
        order.hears(new StockTaken(id));
        order.hears(reserved(id));
        var other = OrderFixture.newId();
        order.hears(OrderFixture.checkedOut(other, customer, PaymentMethod.CARD, token, address()));
        await().atMost(20, SECONDS).until(() -> !order.said(other).isEmpty());
        order.hears(reserved(other));

        await().atMost(20, SECONDS)
                .untilAsserted(
                        () ->
                                assertThat(order.said(other))
                                        .last()
                                        .isInstanceOf(OrderAwaitingPayment.class));
        assertThat(order().status()).isEqualTo(OrderStatus.PLACED);
        assertThat(
                        jdbc.sql("select count(*) from dead_letters where key in (?, ?)")
                                .params(unknown.toString(), id.toString())
                                .query(Integer.class)
                                .single())
                .isEqualTo(3);
    }

    @Test
    void an_order_is_shipped_in_parts_delivered_and_returned() {
        confirmed();
        assertThat(shipping.ship(new OrderId(id), parcel(List.of()), STAFF))
                .isInstanceOf(Shipping.Attempt.NotNow.class);
        order.hears(new PaymentCaptured(id, payment, TOTAL));
        hasHeard("PaymentCaptured");

        var first = ship(List.of(new Quantity(SHOES, 1)));
        var second = ship(List.of());
        deliver(second);
        deliver(second);
        assertThat(order().status()).isEqualTo(OrderStatus.SHIPPED);
        deliver(first);
        returning.takeBack(new OrderId(id), ReturnReason.OTHER, null);

        assertThat(order.said(id).subList(3, 7))
                .containsExactly(
                        new OrderShipped(id, first.id(), first.lines(), false),
                        new OrderShipped(id, second.id(), second.lines(), true),
                        new OrderDelivered(id),
                        new OrderReturned(id));
        assertThat(second.lines()).containsExactly(new Quantity(SHOES, 1), new Quantity(SOCKS, 1));
        assertThat(order().status()).isEqualTo(OrderStatus.RETURNED);
    }

    @Test
    void the_rest_of_a_delivered_order_is_cancelled() {
        confirmed();
        order.hears(new PaymentCaptured(id, payment, TOTAL));
        hasHeard("PaymentCaptured");
        var shipment = ship(List.of(new Quantity(SHOES, 2)));
        deliver(shipment);

        ordering.cancelLines(new OrderId(id), List.of(new Quantity(SOCKS, 1)), STAFF);

        assertThat(order.said(id))
                .endsWith(
                        new OrderLinesCancelled(
                                id,
                                List.of(new Quantity(SOCKS, 1)),
                                Money.of("22.50", "KES"),
                                List.of(new VendorShare(null, Money.of("22.50", "KES")))),
                        new OrderDelivered(id));
        assertThat(order().status()).isEqualTo(OrderStatus.DELIVERED);
    }

    @Test
    void an_order_whose_lines_are_all_cancelled_is_cancelled() {
        confirmed();
        order.hears(new PaymentCaptured(id, payment, TOTAL));
        hasHeard("PaymentCaptured");

        ordering.cancelLines(
                new OrderId(id), order().open(), new Viewer(new CustomerId(customer), false));

        assertThat(order.said(id)).last().isInstanceOf(OrderLinesCancelled.class);
        assertThat(order().status()).isEqualTo(OrderStatus.CANCELLED);
        assertThat(order().reason()).isEqualTo("CUSTOMER");
    }

    @Test
    void of_a_cancel_and_an_authorization_at_once_exactly_one_wins() {
        for (int round = 0; round < 10; round++) {
            var each = OrderFixture.newId();
            order.hears(
                    OrderFixture.checkedOut(each, customer, PaymentMethod.CARD, token, address()));
            eachEndsBySaying(List.of(each), OrderPlaced.class);
            order.hears(reserved(each));
            eachEndsBySaying(List.of(each), OrderAwaitingPayment.class);

            var cancels =
                    Stream.generate(() -> Parallel.start(() -> cancel(each))).limit(4).toList();
            order.hears(new PaymentAuthorized(each, payment, TOTAL));
            var answers = cancels.stream().map(CompletableFuture::join).toList();
            await().atMost(20, SECONDS)
                    .until(
                            () ->
                                    orders.timeline(new OrderId(each)).stream()
                                            .anyMatch(e -> e.heard().equals("PaymentAuthorized")));

            var said = order.said(each).stream().skip(2).map(Event::getClass).toList();
            assertThat(answers).containsOnlyOnce(200);
            assertThat(said)
                    .isIn(
                            List.of(OrderCancelled.class),
                            List.of(OrderConfirmed.class, OrderCancelled.class));
        }
    }

    private List<Event> remindersAfter(int minutes) {
        clock.ahead(Duration.ofMinutes(minutes));
        deadline.sweep();
        return reminders();
    }

    private List<Event> reminders() {
        return order.said(id).stream().filter(OrderPaymentReminded.class::isInstance).toList();
    }

    private Event reminder(int number, Instant until) {
        return new OrderPaymentReminded(id, customer, TOTAL, number, until);
    }

    private int cancel(UUID each) {
        try {
            return http.perform(
                            post("/api/v1/orders/{id}/cancel", each)
                                    .header(
                                            AUTHORIZATION,
                                            TestTokens.bearer(customer, Role.CUSTOMER)))
                    .andReturn()
                    .getResponse()
                    .getStatus();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private ResultActions cancels() throws Exception {
        return http.perform(
                post("/api/v1/orders/{id}/cancel", id)
                        .header(AUTHORIZATION, TestTokens.bearer(customer, Role.CUSTOMER)));
    }

    private Shipment ship(List<Quantity> lines) {
        return ((Shipping.Attempt.Shipped) shipping.ship(new OrderId(id), parcel(lines), STAFF))
                .shipment();
    }

    private void deliver(Shipment shipment) {
        shipping.change(shipment.id(), new Shipping.Report(true, null, null), STAFF);
    }

    private static Shipping.Parcel parcel(List<Quantity> lines) {
        return new Shipping.Parcel(lines, null, null);
    }

    private void eachEndsBySaying(List<UUID> ids, Class<? extends Event> type) {
        await().atMost(20, SECONDS)
                .untilAsserted(
                        () ->
                                assertThat(new ArrayList<>(ids))
                                        .allSatisfy(
                                                each ->
                                                        assertThat(order.said(each))
                                                                .last()
                                                                .isInstanceOf(type)));
    }
}
