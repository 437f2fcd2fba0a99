package duka.payment;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import duka.events.Event;
import duka.events.Money;
import duka.events.OrderEvent.CancelReason;
import duka.events.OrderEvent.OrderAwaitingPayment;
import duka.events.OrderEvent.OrderCancelled;
import duka.events.OrderEvent.OrderConfirmed;
import duka.events.PaymentEvent.PaymentAuthorized;
import duka.events.PaymentEvent.PaymentCaptured;
import duka.events.PaymentEvent.PaymentDeclined;
import duka.events.PaymentEvent.PaymentRefunded;
import duka.events.PaymentEvent.PaymentVoided;
import duka.events.PaymentMethod;
import duka.messaging.Conversation;
import duka.messaging.Sealer;
import duka.messaging.Uuid7;
import duka.tracing.Traces;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

@PaymentIT
class ProviderWorkerIT {

    static final String TRACEPARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    @Autowired Conversation payment;
    @Autowired ProviderWorker worker;
    @Autowired List<PaymentProvider> providers;
    @Autowired Traces traces;
    @Autowired Payments payments;
    @Autowired CheckoutSaga saga;
    @Autowired TransactionTemplate transaction;
    @Autowired PaymentProperties properties;
    @Autowired CircuitBreakerRegistry breakers;
    @Autowired Sealer sealer;
    @Autowired Clock clock;

    final UUID order = Uuid7.mint(Clock.systemUTC());
    final Provider provider = new Provider(order);

    @BeforeEach
    void the_breaker_has_forgotten_earlier_tests() {
        breakers.circuitBreaker(SimulatedProvider.NAME).reset();
    }

    @Test
    void a_dropped_connection_is_followed_by_a_question_and_not_by_another_charge() {
        provider.authorize(aResponse().withFault(Fault.EMPTY_RESPONSE))
                .knows("authorize", provider.yes());

        payment.hears(awaitingPayment(order));

        endsBySaying(PaymentAuthorized.class);
        assertThat(provider.timesAsked("authorize")).isOne();
    }

    @Test
    void what_the_provider_does_not_know_is_sent_again_with_the_same_key() {
        provider.authorize(aResponse().withStatus(500), aResponse().withStatus(503), provider.yes())
                .knows("authorize", aResponse().withStatus(404));

        payment.hears(awaitingPayment(order));

        endsBySaying(PaymentAuthorized.class);
        assertThat(provider.timesAsked("authorize")).isEqualTo(3);
        assertThat(provider.timesAskedAbout("authorize")).isEqualTo(2);
    }

    @Test
    void an_answer_that_comes_too_late_is_asked_for() {
        provider.authorize(slowly(provider.no("late"), 6)).knows("authorize", provider.no("late"));

        payment.hears(awaitingPayment(order));

        endsBySaying(PaymentDeclined.class);
        assertThat(provider.timesAsked("authorize")).isOne();
    }

    @Test
    void a_provider_that_does_not_let_us_in_has_not_declined() {
        provider.authorize(aResponse().withStatus(401), aResponse().withStatus(403), provider.yes())
                .knows("authorize", aResponse().withStatus(403), aResponse().withStatus(404));

        payment.hears(awaitingPayment(order));

        endsBySaying(PaymentAuthorized.class);
        assertThat(payment.said(order)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 422})
    void what_the_provider_will_not_consider_is_declined(int status) {
        provider.authorize(aResponse().withStatus(status))
                .knows("authorize", aResponse().withStatus(404));

        payment.hears(awaitingPayment(order));

        endsBySaying(PaymentDeclined.class);
    }

    @Test
    void a_key_that_the_provider_knows_counts_more_than_its_refusal() {
        provider.authorize(aResponse().withStatus(422)).knows("authorize", provider.yes());

        payment.hears(awaitingPayment(order));

        endsBySaying(PaymentAuthorized.class);
    }

    @Test
    void an_order_cancelled_while_it_is_authorized_is_voided_after_the_yes() {
        provider.authorize(slowly(provider.yes(), 0.7)).voidIt(provider.yes());
        payment.hears(awaitingPayment(order));
        await().until(() -> provider.timesAsked("authorize") == 1);

        payment.hears(new OrderCancelled(order, CancelReason.CUSTOMER, false));
        await().until(() -> payments.findByOrder(order).orElseThrow().at().unwanted());

        endsBySaying(PaymentVoided.class);
        assertThat(payment.said(order)).hasSize(1);
        assertThat(provider.whenAsked("void"))
                .isAfterOrEqualTo(provider.whenAsked("authorize").plusMillis(700));
    }

    @Test
    void an_order_cancelled_while_it_is_captured_is_refunded_after_the_yes() {
        provider.authorize(provider.yes())
                .capture(slowly(provider.yes(), 0.7))
                .refund(provider.yes());
        payment.hears(awaitingPayment(order));
        endsBySaying(PaymentAuthorized.class);
        payment.hears(new OrderConfirmed(order));
        await().until(() -> provider.timesAsked("capture") == 1);

        payment.hears(new OrderCancelled(order, CancelReason.CUSTOMER, true));

        endsBySaying(PaymentRefunded.class);
        assertThat(payment.said(order))
                .extracting(Event::getClass)
                .containsExactly(
                        (Class) PaymentAuthorized.class,
                        PaymentCaptured.class,
                        PaymentRefunded.class);
    }

    @Test
    void what_a_crashed_process_had_leased_is_taken_over_and_asked_about_first() {
        worker.stop();
        try {
            provider.authorize(provider.yes()).knows("authorize", aResponse().withStatus(404));
            payment.hears(awaitingPayment(order), TRACEPARENT);
            await().atMost(20, SECONDS).until(() -> payments.findByOrder(order).isPresent());
            var leaseEnd = payments.findByOrder(order).orElseThrow().state().leasedUntil();

            var another = anotherProcess();
            another.start();
            try {
                endsBySaying(PaymentAuthorized.class);
            } finally {
                another.stop();
            }

            assertThat(clock.instant()).isAfter(leaseEnd);
            assertThat(payment.traceparents(order)).containsExactly(TRACEPARENT);
            assertThat(provider.timesAskedAbout("authorize")).isOne();
            assertThat(provider.timesAsked("authorize")).isOne();
        } finally {
            worker.start();
        }
    }

    @Test
    void two_processes_never_ask_twice_at_once() {
        var orders = Stream.generate(() -> Uuid7.mint(clock)).limit(30).toList();
        orders.forEach(
                id -> {
                    var slow = new Provider(id);
                    slow.authorize(slowly(slow.yes(), 0.5));
                });
        var another = anotherProcess();
        another.start();
        try {
            orders.forEach(id -> payment.hears(awaitingPayment(id)));
            await().atMost(20, SECONDS)
                    .until(() -> orders.stream().noneMatch(id -> payment.said(id).isEmpty()));
        } finally {
            another.stop();
        }

        assertThat(orders).allMatch(id -> new Provider(id).timesAsked("authorize") == 1);
    }

    private ProviderWorker anotherProcess() {
        return new ProviderWorker(
                providers,
                new CallQueue(properties),
                payments,
                saga,
                transaction,
                properties,
                new SimpleMeterRegistry(),
                traces,
                clock);
    }

    private static ResponseDefinitionBuilder slowly(
            ResponseDefinitionBuilder answer, double seconds) {
        return answer.withFixedDelay((int) (seconds * 1000));
    }

    private OrderAwaitingPayment awaitingPayment(UUID id) {
        return new OrderAwaitingPayment(
                id,
                UUID.randomUUID(),
                Money.of("10.00", "KES"),
                List.of(),
                PaymentMethod.CARD,
                sealer.seal("tok_approve"),
                clock.instant().plus(Duration.ofMinutes(15)));
    }

    private void endsBySaying(Class<? extends Event> type) {
        await().atMost(20, SECONDS)
                .untilAsserted(() -> assertThat(payment.said(order)).last().isInstanceOf(type));
    }
}
