package duka.payment;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import duka.events.LedgerEvent.MoneyMoved;
import duka.events.LedgerEvent.Movement;
import duka.events.Money;
import duka.events.OrderEvent.CancelReason;
import duka.events.OrderEvent.OrderAwaitingPayment;
import duka.events.OrderEvent.OrderCancelled;
import duka.events.OrderEvent.OrderConfirmed;
import duka.events.OrderEvent.OrderLinesCancelled;
import duka.events.OrderEvent.OrderReturned;
import duka.events.OrderEvent.VendorShare;
import duka.events.PaymentEvent.Asker;
import duka.events.PaymentEvent.PaymentCaptured;
import duka.events.PaymentEvent.PaymentRefunded;
import duka.events.PaymentMethod;
import duka.messaging.Conversation;
import duka.messaging.Sealer;
import duka.messaging.Uuid7;
import duka.payment.payout.PayingOut;
import duka.web.Role;
import duka.web.TestTokens;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

@PaymentIT
class RefundIT {

    @Autowired Conversation payment;
    @Autowired MockMvcTester http;
    @Autowired Payments payments;
    @Autowired Ledger ledger;
    @Autowired PayingOut payingOut;
    @Autowired Sealer tokenSealer;
    @Autowired PaymentMeters paymentMeters;
    @Autowired MeterRegistry meters;
    @Autowired Clock clock;

    final UUID order = Uuid7.mint(Clock.systemUTC());
    final UUID customer = UUID.randomUUID();
    final UUID vendor = UUID.randomUUID();
    final Provider provider = new Provider(order);

    @AfterEach
    void the_ledger_balances() {
        assertThat(ledger.imbalances()).isEmpty();
    }

    @Test
    void staff_give_back_a_part_and_then_the_rest() {
        capture();

        assertThat(refund("\"amount\": \"3.50\", \"reason\": \"broken\""))
                .hasStatus(201)
                .bodyJson()
                .isLenientlyEqualTo(
                        """
                        {"amount": "3.50", "currency": "KES", "reason": "broken", "status": "ASKED"}""");
        assertThat(refund("\"reason\": \"the rest\"")).hasStatus(201);

        await().until(() -> current().refunds().stream().allMatch(Refund::isDone));
        assertThat(current().status()).isEqualTo(PaymentStatus.CAPTURED);
        assertThat(refunded()).containsExactly("3.50", "6.50");
        assertThat(balance()).isEqualTo("0.00");
        assertThat(get(uri() + "?page_size=1"))
                .bodyJson()
                .isLenientlyEqualTo("{\"count\": 2, \"results\": [{\"amount\": \"3.50\"}]}");
        assertThat(refund("\"reason\": \"more\"")).hasStatus(409);
    }

    @Test
    void every_movement_of_money_is_said_once_and_balances() {
        capture();
        refund("\"amount\": \"3.50\", \"reason\": \"broken\"");
        await().until(() -> current().refunds().getFirst().isDone());

        assertThat(payment.said(current().id()))
                .singleElement()
                .isInstanceOfSatisfying(
                        MoneyMoved.class,
                        moved -> {
                            assertThat(moved.movement()).isEqualTo(Movement.CAPTURE);
                            assertThat(moved.orderId()).isEqualTo(order);
                            assertThat(moved.entries()).hasSize(3);
                        });
        assertThat(payment.said(current().refunds().getFirst().id()))
                .singleElement()
                .isInstanceOfSatisfying(
                        MoneyMoved.class,
                        moved -> assertThat(moved.movement()).isEqualTo(Movement.REFUND));
    }

    @Test
    void many_at_once_never_give_back_more_than_was_paid() throws Exception {
        capture();

        var answers = atOnce(8, () -> refund("\"amount\": \"3.00\", \"reason\": \"hurry\""));

        assertThat(answers.stream().filter(status -> status == 201)).hasSize(3);
        assertThat(answers.stream().filter(status -> status == 409)).hasSize(5);
        await().until(() -> current().refunds().stream().allMatch(Refund::isDone));
        assertThat(current().refunded()).isEqualTo(Money.of("9.00", "KES"));
        assertThat(provider.timesAsked("refunds")).isEqualTo(3);
    }

    @Test
    void a_repeated_request_gives_back_once() {
        capture();

        var first = refund("\"amount\": \"3.00\", \"reason\": \"once\"", "key-" + order);
        var again = refund("\"amount\": \"3.00\", \"reason\": \"once\"", "key-" + order);

        assertThat(first).hasStatus(201);
        assertThat(again).hasStatus(201).hasHeader("Idempotent-Replayed", "true");
        assertThat(current().refunds()).hasSize(1);
    }

    @Test
    void cancelled_lines_give_back_only_what_staff_have_left() {
        capture();
        refund("\"amount\": \"8.00\", \"reason\": \"goodwill\"");

        payment.hears(new OrderLinesCancelled(order, List.of(), Money.of("3.50", "KES")));

        await().untilAsserted(() -> assertThat(refunded()).containsExactly("8.00", "2.00"));
        assertThat(payment.said(order))
                .filteredOn(PaymentRefunded.class::isInstance)
                .extracting(event -> ((PaymentRefunded) event).askedBy())
                .containsExactly(Asker.STAFF, Asker.ORDER);
    }

    @Test
    void a_cancelled_line_takes_nothing_from_a_vendor_that_has_not_sold_it() {
        capture();
        var price = Money.of("3.50", "KES");

        payment.hears(
                new OrderLinesCancelled(
                        order, List.of(), price, List.of(new VendorShare(null, price))));

        await().untilAsserted(() -> assertThat(refunded()).containsExactly("3.50"));
        assertThat(balance()).isEqualTo("4.00");
        payment.hears(new OrderReturned(order));
        await().until(() -> current().status() == PaymentStatus.REFUNDED);
        assertThat(balance()).isEqualTo("0.00");
    }

    @Test
    void what_is_still_going_back_is_not_paid_out() {
        capture();
        assertThat(available()).isEqualTo("4.00");
        provider.refund(Provider.says("REFUSED", order, "CAPTURED", "card closed"));

        refund("\"amount\": \"5.00\", \"reason\": \"broken\"");

        assertThat(available()).isEqualTo("2.00");
        await().until(() -> current().needsStaff());
        assertThat(available()).isEqualTo("2.00");
        assertThat(staff("/" + refundId() + "/settle", "{\"how\": \"by hand\"}")).hasStatusOk();
        assertThat(available()).isEqualTo("2.00");
        assertThat(balance()).isEqualTo("2.00");
    }

    @Test
    void what_staff_wrote_is_not_told_to_others() {
        capture();

        refund("\"reason\": \"Wanjiru of 12 Hill Road complains\"");

        await().until(() -> !refunded().isEmpty());
        assertThat(payment.said(order))
                .last()
                .isInstanceOfSatisfying(
                        PaymentRefunded.class,
                        event -> assertThat(event.reason()).doesNotContain("Wanjiru"));
        assertThat(current().refunds().getFirst().reason()).contains("Wanjiru");
        assertThat(get(uri())).bodyText().contains("Wanjiru");
        for (var uri : List.of("/api/v1/payments", "/api/v1/payments/" + current().id(), uri())) {
            assertThat(get(uri, TestTokens.bearer(customer, Role.CUSTOMER)))
                    .hasStatusOk()
                    .bodyText()
                    .contains("refunded by the shop")
                    .doesNotContain("Wanjiru");
        }
    }

    @Test
    void how_a_refund_was_settled_is_for_staff_to_read() {
        capture();
        provider.refund(Provider.says("REFUSED", order, "CAPTURED", "card closed"));
        payment.hears(new OrderCancelled(order, CancelReason.STAFF, true));
        await().until(() -> current().needsStaff());

        staff("/" + refundId() + "/settle", "{\"how\": \"cash in hand\"}");

        assertThat(get(uri())).bodyText().contains("cash in hand");
        assertThat(get(uri(), TestTokens.bearer(customer, Role.CUSTOMER)))
                .hasStatusOk()
                .bodyText()
                .contains("SETTLED")
                .doesNotContain("cash in hand");
    }

    @Test
    void a_return_gives_back_only_what_staff_have_left() {
        capture();
        refund("\"amount\": \"10.00\", \"reason\": \"goodwill\"");
        await().until(() -> !refunded().isEmpty());

        payment.hears(new OrderReturned(order));

        await().until(() -> current().status() == PaymentStatus.REFUNDED);
        assertThat(refunded()).containsExactly("10.00", "0.00");
        assertThat(provider.timesAsked("refunds")).isOne();
    }

    @Test
    void a_refund_refused_for_good_waits_for_staff_and_is_asked_no_more() {
        capture();
        provider.refund(Provider.says("REFUSED", order, "CAPTURED", "card closed"), provider.yes());

        payment.hears(new OrderCancelled(order, CancelReason.STAFF, true));

        await().until(() -> current().needsStaff());
        assertThat(current().status()).isEqualTo(PaymentStatus.REFUNDING);
        assertThat(current().state().dueAt()).isNull();
        assertThat(refunded()).isEmpty();
        assertThat(get("/api/v1/payments?needs_staff=true&order_id=" + order))
                .bodyJson()
                .extractingPath("$.results[0].refunds[0].note")
                .isEqualTo("card closed");
        paymentMeters.measure();
        assertThat(meters.get("duka.payment.refunds.stuck").gauge().value()).isPositive();

        assertThat(staff("/" + refundId() + "/retry", "{}")).hasStatusOk();

        await().until(() -> current().status() == PaymentStatus.REFUNDED);
        assertThat(refunded()).containsExactly("10.00");
        assertThat(provider.timesAsked("refunds")).isEqualTo(2);
        assertThat(staff("/" + refundId() + "/retry", "{}")).hasStatus(409);
    }

    @Test
    void what_staff_have_settled_by_other_means_has_gone_back() {
        capture();
        provider.refund(Provider.says("REFUSED", order, "CAPTURED", "card closed"));
        payment.hears(new OrderCancelled(order, CancelReason.STAFF, true));
        await().until(() -> current().needsStaff());

        assertThat(staff("/" + refundId() + "/settle", "{\"how\": \"bank transfer\"}"))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.status")
                .isEqualTo("SETTLED");

        assertThat(current().status()).isEqualTo(PaymentStatus.REFUNDED);
        assertThat(current().needsStaff()).isFalse();
        assertThat(refunded()).containsExactly("10.00");
        assertThat(balance()).isEqualTo("0.00");
        assertThat(staff("/" + refundId() + "/settle", "{\"how\": \"again\"}")).hasStatus(409);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"amount\": \"0\", \"reason\": \"x\"",
                "\"amount\": \"-1\", \"reason\": \"x\"",
                "\"amount\": \"1.001\", \"reason\": \"x\"",
                "\"amount\": 1e40, \"reason\": \"x\"",
                "\"amount\": \"much\", \"reason\": \"x\"",
                "\"amount\": \"1.00\", \"reason\": \" \"",
                "\"amount\": \"1.00\""
            })
    void what_makes_no_sense_gives_nothing_back(String request) {
        capture();

        assertThat(refund(request)).hasStatus(400);
        assertThat(current().refunds()).isEmpty();
    }

    @Test
    void only_staff_give_back_and_only_what_was_captured() {
        provider.approvesEverything();
        payment.hears(awaitingPayment());
        await().until(() -> !payment.said(order).isEmpty());

        assertThat(refund("\"reason\": \"early\"")).hasStatus(409);
        assertThat(
                        post(
                                uri(),
                                "{\"reason\": \"mine\"}",
                                TestTokens.bearer(customer, Role.CUSTOMER),
                                null))
                .hasStatus(403);
        assertThat(
                        post(
                                "/api/v1/payments/" + UUID.randomUUID() + "/refunds",
                                "{\"reason\": \"whose\"}",
                                TestTokens.bearer(UUID.randomUUID(), Role.ADMIN),
                                null))
                .hasStatus(404);
        assertThat(
                        http.get()
                                .uri(uri())
                                .header(
                                        "Authorization",
                                        TestTokens.bearer(UUID.randomUUID(), Role.CUSTOMER)))
                .hasStatus(404);
    }

    private void capture() {
        provider.approvesEverything();
        payment.hears(awaitingPayment());
        await().atMost(20, SECONDS).until(() -> !payment.said(order).isEmpty());
        payment.hears(new OrderConfirmed(order));
        await().atMost(20, SECONDS)
                .until(() -> payment.said(order).getLast() instanceof PaymentCaptured);
    }

    private OrderAwaitingPayment awaitingPayment() {
        return new OrderAwaitingPayment(
                order,
                customer,
                Money.of("10.00", "KES"),
                List.of(new VendorShare(vendor, Money.of("4.00", "KES"))),
                PaymentMethod.CARD,
                tokenSealer.seal("tok_approve"),
                clock.instant().plus(Duration.ofMinutes(15)));
    }

    private Payment current() {
        return payments.findByOrder(order).orElseThrow();
    }

    private List<String> refunded() {
        return payment.said(order).stream()
                .filter(PaymentRefunded.class::isInstance)
                .map(event -> ((PaymentRefunded) event).amount().decimal())
                .toList();
    }

    private String balance() {
        return ledger.balances(vendor).getFirst().left().decimal();
    }

    private String available() {
        return payingOut.standings(vendor).getFirst().available().decimal();
    }

    private UUID refundId() {
        return current().refunds().getFirst().id();
    }

    private String uri() {
        return "/api/v1/payments/%s/refunds".formatted(current().id());
    }

    private MvcTestResult refund(String body) {
        return refund(body, null);
    }

    private MvcTestResult refund(String body, String key) {
        return post(uri(), "{" + body + "}", TestTokens.bearer(STAFF, Role.STORE_MANAGER), key);
    }

    private MvcTestResult staff(String path, String body) {
        return post(uri() + path, body, TestTokens.bearer(STAFF, Role.STORE_MANAGER), null);
    }

    private MvcTestResult post(String uri, String body, String token, String key) {
        var request =
                http.post()
                        .uri(uri)
                        .header("Authorization", token)
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(body);
        return (key == null ? request : request.header("Idempotency-Key", key)).exchange();
    }

    private MvcTestResult get(String uri) {
        return get(uri, TestTokens.bearer(STAFF, Role.STORE_MANAGER));
    }

    private MvcTestResult get(String uri, String token) {
        return http.get().uri(uri).header("Authorization", token).exchange();
    }

    private static List<Integer> atOnce(int times, Callable<MvcTestResult> request)
            throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = IntStream.range(0, times).mapToObj(_ -> threads.submit(request)).toList();
            var statuses = new ArrayList<Integer>();
            for (var answer : answers) {
                statuses.add(answer.get().getResponse().getStatus());
            }
            return statuses;
        }
    }

    private static final UUID STAFF = UUID.randomUUID();
}
