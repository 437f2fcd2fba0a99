package duka.payment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import duka.events.Event;
import duka.events.Money;
import duka.events.OrderEvent.CancelReason;
import duka.events.OrderEvent.OrderAwaitingPayment;
import duka.events.OrderEvent.OrderCancelled;
import duka.events.OrderEvent.OrderConfirmed;
import duka.events.OrderEvent.OrderDelivered;
import duka.events.OrderEvent.OrderLinesCancelled;
import duka.events.OrderEvent.OrderReturned;
import duka.events.OrderEvent.VendorShare;
import duka.events.PaymentEvent.Action;
import duka.events.PaymentEvent.PaymentActionRequired;
import duka.events.PaymentEvent.PaymentAuthorized;
import duka.events.PaymentEvent.PaymentCaptured;
import duka.events.PaymentEvent.PaymentDeclined;
import duka.events.PaymentEvent.PaymentFailed;
import duka.events.PaymentEvent.PaymentRefunded;
import duka.events.PaymentEvent.PaymentVoided;
import duka.events.PaymentMethod;
import duka.messaging.Conversation;
import duka.messaging.Sealer;
import duka.messaging.Uuid7;
import duka.web.Role;
import duka.web.TestTokens;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

@PaymentIT
class CheckoutIT {

    @Autowired Conversation payment;
    @Autowired Charging charging;
    @Autowired SimulatorProperties simulator;
    @Autowired MockMvcTester http;
    @Autowired Payments payments;
    @Autowired Ledger ledger;
    @Autowired Sealer sealer;
    @Autowired Clock clock;
    @Autowired MeterRegistry meters;

    final UUID order = Uuid7.mint(Clock.systemUTC());
    final UUID customer = UUID.randomUUID();
    final UUID vendor = UUID.randomUUID();
    final Provider provider = new Provider(order);

    @AfterEach
    void the_ledger_balances() {
        assertThat(ledger.imbalances()).isEmpty();
    }

    @Test
    void an_order_is_paid_when_it_is_confirmed_and_not_before() {
        provider.approvesEverything();

        payment.hears(awaitingPayment("tok_approve"));
        endsBySaying(PaymentAuthorized.class);
        assertThat(provider.timesAsked("capture")).isZero();

        payment.hears(new OrderConfirmed(order));
        endsBySaying(PaymentCaptured.class);
        assertThat(ledger.balances(vendor))
                .extracting(Balance::left)
                .containsExactly(Money.of("4.00", "KES"));
        assertThat(provider.things("authorize")).isOne();
        assertThat(provider.things("capture")).isOne();
    }

    @Test
    void a_decline_says_why() {
        provider.authorize(provider.no("insufficient funds"));

        payment.hears(awaitingPayment("tok_insufficient_funds"));

        endsBySaying(PaymentDeclined.class);
        assertThat(((PaymentDeclined) payment.said(order).getLast()).reason())
                .isEqualTo("insufficient funds");
        payment.hears(new OrderCancelled(order, CancelReason.DECLINED, false));
        theNextOrderIsHeard();
        assertThat(payment.said(order)).hasSize(1);
    }

    @Test
    void what_was_authorized_for_a_cancelled_order_is_voided() {
        provider.approvesEverything();
        payment.hears(awaitingPayment("tok_approve"));
        endsBySaying(PaymentAuthorized.class);

        payment.hears(new OrderCancelled(order, CancelReason.CUSTOMER, false));

        endsBySaying(PaymentVoided.class);
        assertThat(provider.things("void")).isOne();
    }

    @Test
    void what_was_captured_for_a_cancelled_order_is_refunded_less_what_went_back_before() {
        capture();

        payment.hears(new OrderLinesCancelled(order, List.of(), Money.of("3.50", "KES")));
        endsBySaying(PaymentRefunded.class);
        assertThat(status()).isEqualTo(PaymentStatus.CAPTURED);
        payment.hears(new OrderCancelled(order, CancelReason.STAFF, true));

        await().until(() -> status() == PaymentStatus.REFUNDED);
        assertThat(payment.said(order).stream().filter(PaymentRefunded.class::isInstance))
                .extracting(event -> ((PaymentRefunded) event).amount().decimal())
                .containsExactly("3.50", "6.50");
        assertThat(ledger.balances(vendor))
                .extracting(Balance::left)
                .containsExactly(Money.of("0.00", "KES"));
    }

    @Test
    void a_returned_order_is_refunded() {
        capture();
        payment.hears(new OrderDelivered(order));

        payment.hears(new OrderReturned(order));

        endsBySaying(PaymentRefunded.class);
    }

    @Test
    void a_capture_refused_for_good_fails_the_order_and_releases_the_authorization() {
        provider.approvesEverything()
                .capture(Provider.says("REFUSED", order, "AUTHORIZED", "account closed"));
        payment.hears(awaitingPayment("tok_capture_refused"));
        endsBySaying(PaymentAuthorized.class);

        payment.hears(new OrderConfirmed(order));
        endsBySaying(PaymentFailed.class);
        payment.hears(new OrderCancelled(order, CancelReason.PAYMENT_FAILED, true));

        endsBySaying(PaymentVoided.class);
    }

    @Test
    void a_customer_gives_the_token_later() {
        provider.approvesEverything();
        payment.hears(awaitingPayment(null));
        endsBySaying(PaymentActionRequired.class);
        assertThat(((PaymentActionRequired) payment.said(order).getLast()).action())
                .isEqualTo(Action.INITIATE);

        assertThat(initiate("tok_approve")).hasStatus(201);
        assertThat(initiate("tok_approve")).hasStatus(201).hasHeader("Idempotent-Replayed", "true");

        endsBySaying(PaymentAuthorized.class);
        assertThat(provider.things("authorize")).isOne();
    }

    @Test
    void a_payment_nobody_initiated_is_voided_without_asking_anybody() {
        payment.hears(awaitingPayment(null));
        endsBySaying(PaymentActionRequired.class);

        payment.hears(new OrderCancelled(order, CancelReason.DEADLINE, false));

        endsBySaying(PaymentVoided.class);
        assertThat(provider.timesAsked("void")).isZero();
    }

    @Test
    void an_approval_is_asked_for_once_and_a_webhook_makes_us_ask() {
        provider.authorize(provider.pending())
                .knows("authorize", provider.pending(), provider.yes());
        payment.hears(awaitingPayment("tok_3ds"));
        endsBySaying(PaymentActionRequired.class);
        assertThat(((PaymentActionRequired) payment.said(order).getLast()).url())
                .isEqualTo("http://approve");
        await().until(() -> !isLeased());

        assertThat(webhook(simulator.webhookSecret())).hasStatus(204);
        await().until(() -> provider.timesAskedAbout("authorize") == 1 && !isLeased());
        assertThat(payment.said(order)).hasSize(1);
        assertThat(webhook("a guessed secret")).hasStatus(401);
        assertThat(
                        meters.get("duka.payment.webhooks")
                                .tags("provider", "simulator", "outcome", "not_proven")
                                .counter()
                                .count())
                .isPositive();
        assertThat(webhook(simulator.webhookSecret())).hasStatus(204);

        endsBySaying(PaymentAuthorized.class);
        assertThat(webhook(simulator.webhookSecret())).hasStatus(204);
        assertThat(provider.timesAskedAbout("authorize")).isEqualTo(2);
        assertThat(provider.timesAsked("authorize")).isOne();
    }

    @Test
    void a_customer_who_confirms_has_the_provider_asked_at_once() {
        provider.authorize(provider.pending()).knows("authorize", provider.yes());
        payment.hears(awaitingPayment("tok_3ds"));
        endsBySaying(PaymentActionRequired.class);
        await().until(() -> !isLeased());

        var confirmed = charging.confirm(charging.findByOrder(order).orElseThrow());

        assertThat(confirmed.status()).isEqualTo(PaymentStatus.AUTHORIZED);
    }

    @Test
    void cash_is_taken_at_the_door() {
        payment.hears(awaitingPayment(null, PaymentMethod.CASH_ON_DELIVERY));
        endsBySaying(PaymentAuthorized.class);
        payment.hears(new OrderConfirmed(order));
        payment.hears(new OrderDelivered(order));
        endsBySaying(PaymentCaptured.class);

        payment.hears(new OrderReturned(order));

        endsBySaying(PaymentRefunded.class);
        assertThat(payment.said(order)).hasSize(3);
    }

    @Test
    void cash_for_a_cancelled_order_is_never_taken() {
        payment.hears(awaitingPayment(null, PaymentMethod.CASH_ON_DELIVERY));
        endsBySaying(PaymentAuthorized.class);

        payment.hears(new OrderCancelled(order, CancelReason.CUSTOMER, false));

        endsBySaying(PaymentVoided.class);
    }

    @Test
    void an_order_cancelled_before_it_was_to_be_paid_needs_nothing() {
        payment.hears(new OrderCancelled(order, CancelReason.DEADLINE, false));

        theNextOrderIsHeard();
        assertThat(payment.said(order)).isEmpty();
    }

    @Test
    void an_order_is_heard_of_once_however_often_it_is_told() {
        provider.approvesEverything();
        var id = UUID.randomUUID();
        var event = awaitingPayment("tok_approve");

        payment.hears(id, event);
        payment.hears(id, event);
        endsBySaying(PaymentAuthorized.class);

        theNextOrderIsHeard();
        assertThat(payment.said(order)).hasSize(1);
        assertThat(provider.things("authorize")).isOne();
    }

    private MvcTestResult initiate(String token) {
        return http.post()
                .uri("/api/v1/payments/initiate")
                .header("Authorization", TestTokens.bearer(customer, Role.CUSTOMER))
                .header("Idempotency-Key", order.toString())
                .contentType(MediaType.APPLICATION_JSON)
                .content(
                        "{\"order_id\": \"%s\", \"payment_token\": \"%s\"}".formatted(order, token))
                .exchange();
    }

    private MvcTestResult webhook(String secret) {
        var body = "{\"reference\": \"%s\"}".formatted(order).getBytes(UTF_8);
        return http.post()
                .uri("/api/v1/webhooks/simulator")
                .header(
                        "Simulator-Signature",
                        SimulatorWebhookReaderTest.signature(secret, clock.instant(), body))
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
    }

    private void capture() {
        provider.approvesEverything();
        payment.hears(awaitingPayment("tok_approve"));
        endsBySaying(PaymentAuthorized.class);
        payment.hears(new OrderConfirmed(order));
        endsBySaying(PaymentCaptured.class);
    }

    /** To show that something does not happen, something after it has to. */
    private void theNextOrderIsHeard() {
        var next = Uuid7.mint(clock);
        payment.hears(awaitingPayment(next, null, PaymentMethod.CASH_ON_DELIVERY));
        await().atMost(20, SECONDS).until(() -> !payment.said(next).isEmpty());
    }

    private OrderAwaitingPayment awaitingPayment(String token) {
        return awaitingPayment(token, PaymentMethod.CARD);
    }

    private OrderAwaitingPayment awaitingPayment(String token, PaymentMethod method) {
        return awaitingPayment(order, token, method);
    }

    private OrderAwaitingPayment awaitingPayment(UUID orderId, String token, PaymentMethod method) {
        return new OrderAwaitingPayment(
                orderId,
                customer,
                Money.of("10.00", "KES"),
                List.of(
                        new VendorShare(vendor, Money.of("4.00", "KES")),
                        new VendorShare(null, Money.of("6.00", "KES"))),
                method,
                token == null ? null : sealer.seal(token),
                clock.instant().plus(Duration.ofMinutes(15)));
    }

    private PaymentStatus status() {
        return payments.findByOrder(order).orElseThrow().status();
    }

    private boolean isLeased() {
        return payments.findByOrder(order).orElseThrow().state().leasedUntil() != null;
    }

    private void endsBySaying(Class<? extends Event> type) {
        await().atMost(20, SECONDS)
                .untilAsserted(() -> assertThat(payment.said(order)).last().isInstanceOf(type));
    }
}
