package duka.payment;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.jayway.jsonpath.JsonPath;
import duka.events.Money;
import duka.events.OrderEvent.CancelReason;
import duka.events.OrderEvent.OrderAwaitingPayment;
import duka.events.OrderEvent.OrderCancelled;
import duka.events.PaymentEvent.PaymentAuthorized;
import duka.events.PaymentEvent.PaymentVoided;
import duka.events.PaymentMethod;
import duka.messaging.Conversation;
import duka.messaging.Sealer;
import duka.messaging.Uuid7;
import duka.web.Role;
import duka.web.TestTokens;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** What a shop before this one got wrong when its customers paid. */
@PaymentIT
class PayingIT {

    @Autowired Conversation payment;
    @Autowired MockMvcTester http;
    @Autowired Payments payments;
    @Autowired Sealer tokenSealer;
    @Autowired Clock clock;

    final UUID order = Uuid7.mint(Clock.systemUTC());
    final UUID customer = UUID.randomUUID();
    final UUID stranger = UUID.randomUUID();
    final Provider provider = new Provider(order);

    @Test
    void nobodys_word_but_the_providers_makes_a_payment_paid() {
        provider.authorize(provider.pending()).knows("authorize", provider.pending());
        waits("tok_3ds");
        await().atMost(20, SECONDS).until(() -> current().reference() != null);
        var reference = current().reference();

        assertThat(confirm(stranger, reference)).hasStatus(404);
        assertThat(confirm(customer, reference))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.status")
                .isEqualTo("PENDING");
        assertThat(confirm(customer, "no such reference")).hasStatus(404);
    }

    @Test
    void a_provider_that_is_away_is_no_fault_of_ours() {
        provider.authorize(aResponse().withStatus(500));
        waits("tok_approve");

        assertThat(confirm(customer, current().id().toString()))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.status")
                .isEqualTo("AUTHORIZING");
        provider.approvesEverything();
    }

    @Test
    void many_who_begin_to_pay_at_once_begin_once_and_get_the_same_payment() throws Exception {
        provider.approvesEverything();
        waits(null);

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers =
                    IntStream.range(0, 8)
                            .mapToObj(_ -> threads.submit(() -> initiate(customer, order)))
                            .toList();
            var locations = new HashSet<String>();
            for (var answer : answers) {
                assertThat(answer.get()).hasStatus(201);
                locations.add(answer.get().getResponse().getHeader("Location"));
            }
            assertThat(locations).containsExactly("/api/v1/payments/" + current().id());
        }

        await().atMost(20, SECONDS)
                .until(() -> payment.said(order).getLast() instanceof PaymentAuthorized);
        assertThat(initiate(customer, order)).hasStatus(201);
        assertThat(provider.timesAsked("authorize")).isOne();
    }

    @Test
    void an_order_cancelled_while_its_customer_pays_keeps_no_money() throws Exception {
        provider.approvesEverything();
        waits(null);

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var paying = threads.submit(() -> initiate(customer, order));
            payment.hears(new OrderCancelled(order, CancelReason.DEADLINE, false));
            assertThat(paying.get().getResponse().getStatus()).isIn(201, 409);
        }

        await().atMost(20, SECONDS)
                .until(() -> payment.said(order).getLast() instanceof PaymentVoided);
        assertThat(current().status()).isEqualTo(PaymentStatus.VOIDED);
        assertThat(initiate(customer, order)).hasStatus(409);
    }

    @ParameterizedTest
    @ValueSource(strings = {"internal", "Simulator"})
    void an_older_client_may_name_a_provider(String named) {
        waits(null);

        assertThat(
                        call(
                                HttpMethod.POST,
                                "/api/v1/payments/initiate",
                                customer,
                                "{\"order_id\": \"%s\", \"provider\": \"%s\"}"
                                        .formatted(order, named)))
                .hasStatus(201)
                .bodyJson()
                .extractingPath("$.provider")
                .isEqualTo("simulator");
    }

    @Test
    void an_order_that_is_unknown_or_anothers_is_not_found() {
        waits(null);

        assertThat(initiate(stranger, order)).hasStatus(404);
        assertThat(initiate(customer, UUID.randomUUID())).hasStatus(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    GET   | /api/v1/payments/7         |                                | 400
                    POST  | /api/v1/payments           | {}                             | 405
                    POST  | /api/v1/payments/initiate  | {"order_id": "seven"}          | 400
                    POST  | /api/v1/payments/initiate  | {"order_id": 7}                | 400
                    POST  | /api/v1/payments/initiate  | {}                             | 400
                    POST  | /api/v1/payments/confirm   | {"reference": ""}              | 404
                    POST  | /api/v1/payments/confirm   | {"reference": {"a": 1}}        | 400
                    GET   | /api/v1/payments?page=0    |                                | 400
                    GET   | /api/v1/payments?method=X  |                                | 400
                    """)
    void what_makes_no_sense_is_no_fault_of_ours(
            String method, String uri, String body, int status) {
        assertThat(call(HttpMethod.valueOf(method), uri, customer, body)).hasStatus(status);
    }

    @Test
    void a_customer_lists_and_filters_its_own() {
        waits(null);
        var all = "/api/v1/payments";

        assertThat(count(all + "?status=PENDING&method=CARD&provider=simulator", customer)).isOne();
        assertThat(count(all + "?reference=" + UUID.randomUUID(), customer)).isZero();
        assertThat(count(all + "?created_from=2999-01-01T00:00:00Z", customer)).isZero();
        assertThat(count(all + "?created_to=2999-01-01T00:00:00Z", customer)).isOne();
        assertThat(count(all + "?ordering=-amount,status&needs_staff=false", customer)).isOne();
        assertThat(count(all + "?customer_id=" + customer, stranger)).isZero();
        assertThat(count(all, stranger)).isZero();
    }

    private int count(String uri, UUID who) {
        var answer = call(HttpMethod.GET, uri, who, null);
        assertThat(answer).hasStatusOk();
        return JsonPath.read(
                new String(answer.getResponse().getContentAsByteArray(), UTF_8), "$.count");
    }

    private void waits(String token) {
        payment.hears(
                new OrderAwaitingPayment(
                        order,
                        customer,
                        Money.of("10.00", "KES"),
                        List.of(),
                        PaymentMethod.CARD,
                        token == null ? null : tokenSealer.seal(token),
                        clock.instant().plus(Duration.ofMinutes(15))));
        await().atMost(20, SECONDS).until(() -> payments.findByOrder(order).isPresent());
    }

    private Payment current() {
        return payments.findByOrder(order).orElseThrow();
    }

    private MvcTestResult initiate(UUID who, UUID orderId) {
        return call(
                HttpMethod.POST,
                "/api/v1/payments/initiate",
                who,
                "{\"order_id\": \"%s\", \"payment_token\": \"tok_approve\", \"provider\": \"simulator\"}"
                        .formatted(orderId));
    }

    private MvcTestResult confirm(UUID who, String reference) {
        return call(
                HttpMethod.POST,
                "/api/v1/payments/confirm",
                who,
                "{\"reference\": \"%s\"}".formatted(reference));
    }

    private MvcTestResult call(HttpMethod method, String uri, UUID who, String body) {
        var request =
                http.method(method)
                        .uri(uri)
                        .header("Authorization", TestTokens.bearer(who, Role.CUSTOMER));
        return (body == null
                        ? request
                        : request.contentType(MediaType.APPLICATION_JSON).content(body))
                .exchange();
    }
}
