package duka.payment.web;

import static duka.payment.PaymentFixture.CUSTOMER;
import static duka.payment.PaymentFixture.payment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

import duka.messaging.Uuid7;
import duka.payment.Charging;
import duka.payment.Payment;
import duka.payment.PaymentFilter;
import duka.payment.PaymentStatus;
import duka.web.Role;
import duka.web.TestTokens;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

@WebMvcTest(PaymentController.class)
@Import(TestTokens.class)
class PaymentControllerTest {

    static final UUID STRANGER = UUID.randomUUID();

    @Autowired MockMvcTester http;
    @MockitoBean Charging charging;

    final Payment waiting = payment(PaymentStatus.PENDING);

    @Test
    void a_payment_is_shown_to_its_customer_and_never_with_its_token() {
        given(charging.find(waiting.id())).willReturn(Optional.of(waiting));

        var answer = get("/api/v1/payments/" + waiting.id(), CUSTOMER, Role.CUSTOMER);

        assertThat(answer).hasStatusOk().bodyText().doesNotContain("token", "secret");
        assertThat(answer)
                .bodyJson()
                .isLenientlyEqualTo(
                        """
                        {"id": "%s", "order_id": "%s", "amount": "10.00", "currency": "KES", "method": "CARD",
                         "provider": "simulator", "status": "PENDING", "action": {"type": "INITIATE"}, "refunds": []}"""
                                .formatted(waiting.id(), waiting.orderId()));
    }

    @Test
    void a_strangers_payment_is_not_there_but_staff_sees_it() {
        given(charging.find(waiting.id())).willReturn(Optional.of(waiting));

        assertProblem(
                get("/api/v1/payments/" + waiting.id(), STRANGER, Role.CUSTOMER),
                404,
                "no-such-payment");
        assertThat(get("/api/v1/payments/" + waiting.id(), STRANGER, Role.STORE_MANAGER))
                .hasStatusOk();
    }

    @Test
    void customers_list_their_own_and_staff_everybodys() {
        var page = new Charging.Page<>(List.of(waiting), 1);
        given(charging.list(filter(CUSTOMER, null, null), "created_at desc", 0, 10))
                .willReturn(page);
        given(charging.list(filter(null, waiting.orderId(), PaymentStatus.PENDING), "amount", 0, 5))
                .willReturn(page);

        assertThat(get("/api/v1/payments", CUSTOMER, Role.CUSTOMER))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.count")
                .isEqualTo(1);
        assertThat(
                        get(
                                "/api/v1/payments?status=PENDING&ordering=amount&page_size=5&order_id="
                                        + waiting.orderId(),
                                STRANGER,
                                Role.ADMIN))
                .hasStatusOk();
    }

    @Test
    void what_makes_no_sense_is_a_bad_request() {
        assertThat(get("/api/v1/payments?status=paid", CUSTOMER, Role.CUSTOMER)).hasStatus(400);
        assertThat(get("/api/v1/payments?ordering=token", CUSTOMER, Role.CUSTOMER)).hasStatus(400);
        assertThat(get("/api/v1/payments?created_from=soon", CUSTOMER, Role.CUSTOMER))
                .hasStatus(400);
        assertThat(get("/api/v1/payments?order_id=7", CUSTOMER, Role.CUSTOMER)).hasStatus(400);
        assertThat(get("/api/v1/payments/7", CUSTOMER, Role.CUSTOMER)).hasStatus(400);
        assertThat(post("/api/v1/payments/initiate", "{}")).hasStatus(400);
        assertThat(post("/api/v1/payments/confirm", "{}")).hasStatus(400);
    }

    @Test
    void guests_have_no_payments() {
        assertThat(http.get().uri("/api/v1/payments")).hasStatus(401);
    }

    @Test
    void a_token_begins_the_payment() {
        var begun = payment(PaymentStatus.AUTHORIZING);
        given(charging.findByOrder(waiting.orderId())).willReturn(Optional.of(waiting));
        given(charging.initiate(waiting, "tok_approve")).willReturn(begun);

        assertThat(initiate(waiting.orderId(), "\"payment_token\": \"tok_approve\""))
                .hasStatus(201)
                .bodyJson()
                .extractingPath("$.status")
                .isEqualTo("AUTHORIZING");
    }

    @Test
    void without_a_token_the_answer_is_what_to_do_next() {
        given(charging.findByOrder(waiting.orderId())).willReturn(Optional.of(waiting));

        assertThat(initiate(waiting.orderId(), "\"provider\": null"))
                .hasStatus(201)
                .bodyJson()
                .extractingPath("$.action.type")
                .isEqualTo("INITIATE");
        verify(charging, never()).initiate(any(), any());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "tok approve", "tök", "tok\\n"})
    void a_token_that_can_be_none_is_a_bad_request(String token) {
        assertThat(initiate(waiting.orderId(), "\"payment_token\": \"%s\"".formatted(token)))
                .hasStatus(400);
        verify(charging, never()).initiate(any(), any());
    }

    @Test
    void what_is_over_cannot_be_paid() {
        var declined = payment(PaymentStatus.DECLINED);
        given(charging.findByOrder(declined.orderId())).willReturn(Optional.of(declined));

        assertProblem(
                initiate(declined.orderId(), "\"payment_token\": \"tok\""), 409, "payment-over");
    }

    @Test
    void an_unknown_provider_is_refused() {
        assertProblem(
                initiate(waiting.orderId(), "\"provider\": \"paypal\""), 400, "unknown-provider");
    }

    @Test
    void a_young_order_may_not_be_known_yet_and_an_old_one_is_not_there() {
        var young = Uuid7.mint(Clock.systemUTC());
        var old = Uuid7.mint(Clock.offset(Clock.systemUTC(), Duration.ofMinutes(-2)));
        given(charging.findByOrder(any())).willReturn(Optional.empty());

        var answer = initiate(young, "\"provider\": null");
        assertProblem(answer, 404, "payment-not-known-yet");
        assertThat(answer).hasHeader("Retry-After", "1");
        assertProblem(initiate(old, "\"provider\": null"), 404, "no-such-payment");
        assertProblem(initiate(UUID.randomUUID(), "\"provider\": null"), 404, "no-such-payment");
    }

    @Test
    void a_strangers_order_cannot_be_paid_or_confirmed_even_by_staff() {
        var foreign = payment(PaymentStatus.PENDING);
        given(charging.findByOrder(foreign.orderId())).willReturn(Optional.of(foreign));
        given(charging.findByReference("auth_1")).willReturn(Optional.of(foreign));

        assertThat(
                        http.post()
                                .uri("/api/v1/payments/initiate")
                                .header("Authorization", TestTokens.bearer(STRANGER, Role.ADMIN))
                                .contentType(MediaType.APPLICATION_JSON)
                                .content(
                                        "{\"order_id\": \"%s\", \"payment_token\": \"tok\"}"
                                                .formatted(foreign.orderId())))
                .hasStatus(404);
        assertThat(
                        http.post()
                                .uri("/api/v1/payments/confirm")
                                .header("Authorization", TestTokens.bearer(STRANGER, Role.CUSTOMER))
                                .contentType(MediaType.APPLICATION_JSON)
                                .content("{\"reference\": \"auth_1\"}"))
                .hasStatus(404);
        verify(charging, never()).confirm(any());
    }

    @Test
    void confirming_asks_the_provider_by_whatever_name() {
        given(charging.find(waiting.id())).willReturn(Optional.of(waiting));
        given(charging.findByOrder(waiting.orderId())).willReturn(Optional.of(waiting));
        given(charging.findByReference("auth_1")).willReturn(Optional.of(waiting));
        given(charging.confirm(waiting)).willReturn(waiting);

        assertThat(confirm("\"reference\": \"auth_1\"")).hasStatusOk();
        assertThat(confirm("\"payment_id\": \"%s\"".formatted(waiting.id()))).hasStatusOk();
        assertThat(confirm("\"order_id\": \"%s\"".formatted(waiting.orderId()))).hasStatusOk();
    }

    private static PaymentFilter filter(UUID viewer, UUID order, PaymentStatus status) {
        return new PaymentFilter(viewer, null, order, status, null, null, null, null, null, null);
    }

    private MvcTestResult initiate(UUID order, String more) {
        return post(
                "/api/v1/payments/initiate", "{\"order_id\": \"%s\", %s}".formatted(order, more));
    }

    private MvcTestResult confirm(String name) {
        return post("/api/v1/payments/confirm", "{%s}".formatted(name));
    }

    private MvcTestResult post(String uri, String body) {
        return http.post()
                .uri(uri)
                .header("Authorization", TestTokens.bearer(CUSTOMER, Role.CUSTOMER))
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
    }

    private MvcTestResult get(String uri, UUID user, Role role) {
        return http.get()
                .uri(uri)
                .header("Authorization", TestTokens.bearer(user, role))
                .exchange();
    }

    private static void assertProblem(MvcTestResult answer, int status, String type) {
        assertThat(answer)
                .hasStatus(status)
                .bodyJson()
                .extractingPath("$.type")
                .isEqualTo("/problems/" + type);
    }
}
