package duka.payment.reconciliation;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import duka.events.LedgerEvent.Movement;
import duka.payment.NoAnswer;
import duka.payment.PaymentIT;
import duka.payment.Provider;
import duka.web.Role;
import duka.web.TestTokens;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

@PaymentIT
class ReconcilingIT {

    static final AtomicInteger DAYS = new AtomicInteger();

    @Autowired Reconciling reconciling;
    @Autowired Reconciliations reconciliations;
    @Autowired OurBooks ours;
    @Autowired ProviderBooks books;
    @Autowired CircuitBreakerRegistry breakers;
    @Autowired JdbcClient jdbc;
    @Autowired MeterRegistry meters;
    @Autowired MockMvcTester http;

    /** A day of its own for each test, long ago. */
    final LocalDate day = LocalDate.of(2021, 1, 1).plusDays(10L * DAYS.incrementAndGet());

    final UUID order = UUID.randomUUID();

    @BeforeEach
    void the_breaker_has_forgotten_earlier_tests() {
        breaker().reset();
    }

    @BeforeEach
    void the_provider_has_done_nothing() {
        theyHave("/v1/payouts/log", "");
        theyHave("/v1/log", "");
    }

    @Test
    void books_that_say_the_same_agree() {
        weHave(order, 1000, "10:00");
        theyHave("/v1/log", captured(order, 1000, "10:00") + line("AUTHORIZED", order, "a", 1000));

        assertThat(reconciling.reconcile(day))
                .singleElement()
                .returns(1L, Reconciliation::ours)
                .returns(1L, Reconciliation::theirs)
                .satisfies(done -> assertThat(done.differences()).isEmpty());
    }

    @Test
    void what_only_one_side_has_or_has_otherwise_is_a_difference() {
        var onlyOurs = UUID.randomUUID();
        var onlyTheirs = UUID.randomUUID();
        weHave(order, 1000, "10:00");
        weHave(onlyOurs, 200, "11:00");
        theyHave("/v1/log", captured(order, 999, "10:00") + captured(onlyTheirs, 300, "12:00"));

        var done = reconciling.reconcile(day).getFirst();

        assertThat(done.differences())
                .extracting(
                        Difference::key,
                        difference -> String.valueOf(difference.ours()),
                        difference -> String.valueOf(difference.theirs()))
                .containsExactlyInAnyOrder(
                        tuple(order + ":capture:1", "10.00 KES", "9.99 KES"),
                        tuple(onlyOurs + ":capture:1", "2.00 KES", "null"),
                        tuple(onlyTheirs + ":capture:1", "null", "3.00 KES"));
        assertThat(meters.get("duka.payment.reconciliation.differences").gauge().value())
                .isGreaterThanOrEqualTo(3);
    }

    @Test
    void a_day_is_missing_until_it_is_done_with_every_provider() {
        var first = day.minusDays(1);
        var last = day.plusDays(1);
        reconciling.reconcile(day);

        assertThat(reconciliations.missing(List.of("simulator"), first, last, 9))
                .containsExactly(first, last);
        assertThat(reconciliations.missing(List.of("simulator", "another"), first, last, 2))
                .containsExactly(first, day);
        assertThat(reconciliations.missing(List.of("simulator"), last, first, 9)).isEmpty();
    }

    @Test
    void the_oldest_entry_begins_our_books() {
        weHave(order, 1000, "00:00");

        assertThat(ours.since())
                .hasValueSatisfying(first -> assertThat(first).isBeforeOrEqualTo(day));
    }

    @Test
    void a_day_of_books_may_take_longer_than_another_answer() {
        weHave(order, 1000, "10:00");
        Provider.SERVER.stubFor(
                theLog(day, "/v1/log")
                        .willReturn(
                                aResponse()
                                        .withBody(captured(order, 1000, "10:00"))
                                        .withChunkedDribbleDelay(5, 5000)));

        assertThat(reconciling.reconcile(day).getFirst().differences()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"401, ALARMING", "429, PASSING", "503, PASSING"})
    void whether_a_person_is_needed_to_get_at_the_books(int status, NoAnswer.Kind kind) {
        Provider.SERVER.stubFor(theLog(day, "/v1/log").willReturn(aResponse().withStatus(status)));

        assertThatExceptionOfType(NoAnswer.class)
                .isThrownBy(() -> reconciling.reconcile(day))
                .returns(kind, NoAnswer::kind);
    }

    @Test
    void nobody_asks_for_books_while_the_provider_is_away() {
        weHave(order, 1000, "10:00");
        breaker().transitionToOpenState();
        try {
            assertThatExceptionOfType(NoAnswer.class)
                    .isThrownBy(() -> reconciling.reconcile(day))
                    .returns(NoAnswer.Kind.PASSING, NoAnswer::kind);
            assertThatExceptionOfType(NoAnswer.class)
                    .isThrownBy(() -> books.find(Movement.CAPTURE, order + ":capture:1"))
                    .returns(NoAnswer.Kind.PASSING, NoAnswer::kind);
        } finally {
            breaker().reset();
        }
    }

    @Test
    void what_was_booked_on_the_other_side_of_midnight_agrees() {
        var early = UUID.randomUUID();
        weHave(order, 1000, "00:00");
        weHaveOn(day.plusDays(1), early, 500, "00:00");
        theyHave("/v1/log", captured(early, 500, "23:59"));
        Provider.SERVER.stubFor(
                get(urlPathEqualTo("/v1/operations/" + order + "%3Acapture%3A1"))
                        .willReturn(operation(1000)));
        Provider.SERVER.stubFor(
                get(urlPathEqualTo("/v1/operations/" + order + ":capture:1"))
                        .willReturn(operation(1000)));

        assertThat(reconciling.reconcile(day).getFirst().differences()).isEmpty();
    }

    @Test
    void a_difference_that_has_gone_is_gone_when_it_is_done_again() {
        weHave(order, 1000, "10:00");
        assertThat(reconciling.reconcile(day).getFirst().differences()).hasSize(1);

        theyHave("/v1/log", captured(order, 1000, "10:00"));

        assertThat(reconciling.reconcile(day).getFirst().differences()).isEmpty();
        assertThat(
                        jdbc.sql("select count(*) from reconciliation_differences where day = ?")
                                .param(day)
                                .query(Long.class)
                                .single())
                .isZero();
    }

    @Test
    void admins_see_and_start_it_and_nobody_else() {
        weHave(order, 1000, "10:00");

        assertThat(call("PUT", "/" + day, Role.ADMIN))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$[0].differences[0].ours")
                .isEqualTo("10.00 KES");
        assertThat(call("GET", "?different=true&page_size=100", Role.ADMIN))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.results[*].day")
                .asArray()
                .contains(day.toString());
        assertThat(call("GET", "", Role.STORE_MANAGER)).hasStatus(403);
        assertThat(call("PUT", "/" + day, Role.CUSTOMER)).hasStatus(403);
        assertThat(call("PUT", "/2999-01-01", Role.ADMIN)).hasStatus(400);
        assertThat(call("PUT", "/+999999999-12-31", Role.ADMIN)).hasStatus(400);
        assertThat(call("PUT", "/soon", Role.ADMIN)).hasStatus(400);
    }

    @Test
    void a_provider_that_is_away_changes_nothing() {
        Provider.SERVER.stubFor(
                get(urlPathEqualTo("/v1/log"))
                        .withQueryParam("from", equalTo(day + "T00:00:00Z"))
                        .willReturn(aResponse().withStatus(503)));

        assertThat(call("PUT", "/" + day, Role.ADMIN)).hasStatus(503).hasHeader("Retry-After", "5");
        assertThat(
                        jdbc.sql("select count(*) from reconciliations where day = ?")
                                .param(day)
                                .query(Long.class)
                                .single())
                .isZero();
    }

    private CircuitBreaker breaker() {
        return breakers.circuitBreaker("simulator");
    }

    private MvcTestResult call(String method, String path, Role role) {
        return http.method(HttpMethod.valueOf(method))
                .uri("/api/v1/payments/reconciliation" + path)
                .header("Authorization", TestTokens.bearer(UUID.randomUUID(), role))
                .exchange();
    }

    private void weHave(UUID orderId, long amount, String time) {
        weHaveOn(day, orderId, amount, time);
    }

    private void weHaveOn(LocalDate day, UUID orderId, long amount, String time) {
        var at = day + "T" + time + ":00Z";
        jdbc.sql(
                        """
                        with payment as (
                            insert into payments (id, order_id, customer_id, amount, currency, shares, method, provider, status,
                                unwanted, attempt, tries, created_at, updated_at)
                            values (gen_random_uuid(), :order, gen_random_uuid(), :amount, 'KES', '[]', 'CARD', 'simulator',
                                'CAPTURED', false, 1, 0, :at::timestamptz, :at::timestamptz) returning id)
                        insert into ledger_entries (posting_id, account, side, amount, currency, payment_id, order_id, movement, at)
                        select id, account, side, :amount, 'KES', id, :order, 'CAPTURE', :at::timestamptz
                          from payment, (values ('PROVIDER', 'DEBIT'), ('SHOP', 'CREDIT')) entry (account, side)
                        """)
                .param("order", orderId)
                .param("amount", amount)
                .param("at", at)
                .update();
    }

    private void theyHave(String log, String lines) {
        theyHaveOn(day, log, lines);
    }

    private static void theyHaveOn(LocalDate that, String log, String lines) {
        Provider.SERVER.stubFor(theLog(that, log).willReturn(aResponse().withBody(lines)));
    }

    private static MappingBuilder theLog(LocalDate that, String log) {
        return get(urlPathEqualTo(log))
                .withQueryParam("from", equalTo(that + "T00:00:00Z"))
                .withQueryParam("until", equalTo(that.plusDays(1) + "T00:00:00Z"));
    }

    private String captured(UUID orderId, long amount, String time) {
        return line("CAPTURED", orderId, orderId + ":capture:1", amount).replace("10:00", time);
    }

    private String line(String kind, UUID orderId, String key, long amount) {
        return """
               {"number": 1, "at": "%sT10:00:00Z", "kind": "%s", "authorization_id": "auth_1", "key": "%s", "reference": "%s", "amount_minor": %d, "currency": "KES"}
               """
                .formatted(day, kind, key, orderId, amount);
    }

    private ResponseDefinitionBuilder operation(long amount) {
        return aResponse()
                .withHeader("Content-Type", "application/json")
                .withBody(
                        """
                        {"status": "SUCCEEDED", "amount_minor": %d, "currency": "KES", "at": "%sT10:00:00Z"}"""
                                .formatted(amount, day));
    }
}
