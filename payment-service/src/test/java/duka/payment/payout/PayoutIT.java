package duka.payment.payout;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import duka.events.AccountEvent.Standing;
import duka.events.AccountEvent.VendorChanged;
import duka.events.LedgerEvent.MoneyMoved;
import duka.events.LedgerEvent.Movement;
import duka.events.Money;
import duka.events.OrderEvent.OrderAwaitingPayment;
import duka.events.OrderEvent.OrderConfirmed;
import duka.events.OrderEvent.OrderDelivered;
import duka.events.OrderEvent.OrderReturned;
import duka.events.OrderEvent.VendorShare;
import duka.events.PaymentMethod;
import duka.messaging.Conversation;
import duka.messaging.Uuid7;
import duka.payment.PaymentIT;
import duka.payment.Provider;
import duka.payment.Refunding;
import duka.payment.payout.PayingOut.Skipped;
import duka.testing.Parallel;
import duka.web.Role;
import duka.web.TestTokens;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.transaction.support.TransactionTemplate;

@PaymentIT
class PayoutIT {

    @Autowired Conversation payment;
    @Autowired PayingOut payingOut;
    @Autowired Refunding refunding;
    @Autowired TransactionTemplate transaction;
    @Autowired PayoutWorker worker;
    @Autowired Payouts payouts;
    @Autowired Banking banking;
    @Autowired Vendors vendors;
    @Autowired JdbcClient jdbc;
    @Autowired MockMvcTester http;
    @Autowired Clock clock;

    final UUID vendor = UUID.randomUUID();
    final String number = "%010d".formatted(ThreadLocalRandom.current().nextLong(10_000_000_000L));

    @Test
    void what_a_vendor_has_earned_is_paid_once_and_said() {
        provider(paid());
        earns("400.00");
        earns("100.50");
        hasAccount();

        assertThat(run(Role.ADMIN))
                .hasStatus(201)
                .bodyJson()
                .extractingPath("$.requested[0].amount")
                .isEqualTo("500.50");

        await().until(() -> latest().status() == Payout.Status.PAID);
        assertThat(latest().reference()).isEqualTo("payout_1");
        assertThat(standing().balance().left().minorUnits()).isZero();
        assertThat(standing().balance().paidOut()).isEqualTo(kes("500.50"));
        assertThat(payment.said(latest().id()))
                .singleElement()
                .isInstanceOfSatisfying(
                        MoneyMoved.class,
                        moved -> assertThat(moved.movement()).isEqualTo(Movement.PAYOUT));
        assertThat(payingOut.run(vendor).requested()).isEmpty();
        assertThat(timesAsked()).isOne();
    }

    @Test
    void many_runs_at_once_pay_once() throws Exception {
        provider(paid());
        earns("400.00");
        hasAccount();

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var runs =
                    IntStream.range(0, 8)
                            .mapToObj(_ -> threads.submit(() -> payingOut.run(vendor)))
                            .toList();
            for (var run : runs) {
                run.get();
            }
        }

        await().until(() -> latest().status() == Payout.Status.PAID);
        assertThat(list()).hasSize(1);
        assertThat(standing().balance().paidOut()).isEqualTo(kes("400.00"));
    }

    @Test
    void not_knowing_is_asked_again_by_the_same_key_and_counts_once() {
        provider(aResponse().withStatus(500), paid());
        earns("400.00");
        hasAccount();

        payingOut.run(vendor);

        await().atMost(20, SECONDS).until(() -> latest().status() == Payout.Status.PAID);
        assertThat(timesAsked()).isEqualTo(2);
        assertThat(standing().balance().paidOut()).isEqualTo(kes("400.00"));
    }

    @Test
    void what_a_crashed_process_has_left_is_paid_and_a_second_answer_changes_nothing() {
        provider(paid());
        earns("400.00");
        hasAccount();
        var payout = payingOut.run(vendor).requested().getFirst();
        await().until(() -> latest().status() == Payout.Status.PAID);

        jdbc.sql(
                        """
                        update payouts set status = 'REQUESTED', ended_at = null, due_at = now() - interval '1 second'
                         where id = ?
                        """)
                .param(payout.id())
                .update();

        // The books already have the posting: it cannot be made twice, whatever the state says.
        await().until(() -> timesAsked() >= 2);
        assertThat(standing().balance().paidOut()).isEqualTo(kes("400.00"));
        jdbc.sql("update payouts set status = 'PAID', ended_at = now(), due_at = null where id = ?")
                .param(payout.id())
                .update();
    }

    @Test
    void a_refusal_leaves_the_money_for_the_next_payout() {
        provider(refused("account closed"), paid());
        earns("400.00");
        hasAccount();

        payingOut.run(vendor);
        await().until(() -> latest().status() == Payout.Status.FAILED);

        assertThat(latest().reason()).isEqualTo("account closed");
        assertThat(standing().available()).isEqualTo(kes("400.00"));
        assertThat(payment.said(latest().id())).isEmpty();
        payingOut.run(vendor);
        await().until(() -> latest().status() == Payout.Status.PAID);
        assertThat(list()).hasSize(2);
    }

    @Test
    void a_refund_while_a_payout_is_under_way_is_owed_by_the_vendor() {
        provider(paid().withFixedDelay(800));
        var order = earns("400.00");
        earns("200.00");
        hasAccount();
        payingOut.run(vendor);

        payment.hears(new OrderReturned(order));

        await().atMost(20, SECONDS)
                .until(
                        () ->
                                latest().status() == Payout.Status.PAID
                                        && standing().balance().reversed().minorUnits() > 0);
        var balance = standing().balance();
        assertThat(balance.earned()).isEqualTo(kes("600.00"));
        assertThat(balance.reversed()).isEqualTo(kes("400.00"));
        assertThat(balance.paidOut()).isEqualTo(kes("600.00"));
        assertThat(balance.left()).isEqualTo(kes("-400.00"));
        assertThat(standing().available().minorUnits()).isZero();
        assertThat(payingOut.run(vendor).skipped()).containsOnlyKeys(Skipped.OVERPAID);
        earns("450.00");
        assertThat(payingOut.run(vendor).skipped()).containsKey(Skipped.BELOW_MINIMUM);
    }

    @Test
    void a_refund_asked_for_at_the_same_time_is_kept_from_the_next_payout() {
        provider(paid(), paid());
        var order = earns("400.00");
        hasAccount();

        transaction.executeWithoutResult(
                _ -> {
                    refunding.refund(order, kes("300.00"), "broken", UUID.randomUUID());
                    var run = Parallel.start(() -> payingOut.run(vendor)).join();
                    assertThat(run.requested()).hasSize(1);
                });

        await().atMost(20, SECONDS).until(() -> standing().balance().left().equals(kes("-300.00")));
        assertThat(payingOut.run(vendor).skipped()).containsOnlyKeys(Skipped.OVERPAID);
        earns("1000.00");
        assertThat(payingOut.run(vendor).requested())
                .extracting(Payout::amount)
                .containsExactly(kes("700.00"));
        await().until(() -> latest().status() == Payout.Status.PAID);
        assertThat(standing().balance().left()).isEqualTo(kes("0.00"));
    }

    @Test
    void nothing_is_paid_without_a_bank_account_to_a_changed_one_or_below_the_minimum() {
        earns("99.99");
        assertThat(payingOut.run(vendor).skipped()).containsOnlyKeys(Skipped.BELOW_MINIMUM);
        earns("100.00");
        assertThat(payingOut.run(vendor).skipped()).containsOnlyKeys(Skipped.NO_BANK_ACCOUNT);
        hasAccount();
        banking.change(
                banking.findByVendor(vendor).orElseThrow().id(),
                vendor,
                _ -> {},
                before ->
                        new Banking.Details(
                                Bank.called("uba").orElseThrow(),
                                before.number(),
                                before.holder()));
        assertThat(payingOut.run(vendor).skipped()).containsOnlyKeys(Skipped.PAUSED);
        assertThat(list()).isEmpty();
    }

    @Test
    void a_suspended_vendor_waits_until_it_is_approved_again() {
        provider(paid());
        earns("400.00");
        hasAccount();
        payment.hears(new VendorChanged(vendor, Standing.SUSPENDED));
        await().until(() -> vendors.isSuspended(vendor));

        assertThat(payingOut.run(vendor).skipped()).containsOnlyKeys(Skipped.SUSPENDED);

        payment.hears(new VendorChanged(vendor, Standing.APPROVED));
        await().until(() -> !vendors.isSuspended(vendor));
        assertThat(payingOut.run(vendor).requested()).hasSize(1);
        await().until(() -> latest().status() == Payout.Status.PAID);
    }

    @Test
    void a_vendor_sees_its_own_and_an_admin_everybodys() {
        provider(paid());
        earns("400.00");
        hasAccount();
        payingOut.run(vendor);
        var uri = "/api/v1/payouts/" + latest().id();

        assertThat(get(uri, vendor, Role.VENDOR))
                .hasStatusOk()
                .bodyText()
                .contains("•••• ")
                .doesNotContain(number);
        assertThat(get(uri, UUID.randomUUID(), Role.VENDOR)).hasStatus(404);
        assertThat(get(uri, UUID.randomUUID(), Role.ADMIN)).hasStatusOk();
        assertThat(get(uri, vendor, Role.CUSTOMER)).hasStatus(403);
        assertThat(get("/api/v1/payouts?ordering=amount", vendor, Role.VENDOR))
                .bodyJson()
                .extractingPath("$.count")
                .isEqualTo(1);
        assertThat(get("/api/v1/payouts?vendor_id=" + vendor, UUID.randomUUID(), Role.VENDOR))
                .bodyJson()
                .extractingPath("$.count")
                .isEqualTo(0);
        assertThat(get("/api/v1/payouts?status=LATE", vendor, Role.VENDOR)).hasStatus(400);
        assertThat(run(Role.STORE_MANAGER)).hasStatus(403);
        assertThat(run(Role.VENDOR)).hasStatus(403);
        assertThat(get("/api/v1/balance", vendor, Role.VENDOR))
                .bodyJson()
                .extractingPath("$.balances[0].earned")
                .isEqualTo("400.00");
        assertThat(get("/api/v1/balance?vendor_id=" + vendor, UUID.randomUUID(), Role.VENDOR))
                .bodyJson()
                .extractingPath("$.balances")
                .asArray()
                .isEmpty();
        assertThat(get("/api/v1/ledger?vendor_id=" + vendor, UUID.randomUUID(), Role.ADMIN))
                .bodyJson()
                .extractingPath("$.results[*].movement")
                .asArray()
                .contains("CAPTURE");
        await().until(() -> latest().status() == Payout.Status.PAID);
    }

    @Test
    void who_was_paid_this_week_waits_for_the_next() {
        provider(paid());
        earns("400.00");
        hasAccount();
        var before = clock.instant().minusSeconds(1);
        assertThat(payouts.vendorsUnpaidSince(before)).contains(vendor);

        payingOut.run(vendor);

        assertThat(payouts.vendorsUnpaidSince(before)).doesNotContain(vendor);
        assertThat(payouts.vendorsUnpaidSince(clock.instant().plusSeconds(60))).contains(vendor);
        await().until(() -> latest().status() == Payout.Status.PAID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"payments?created_from", "payouts?created_to", "ledger?from", "ledger?to"})
    void a_time_that_no_database_knows_is_a_bad_request(String list) {
        var uri = "/api/v1/%s=-1000000000-01-01T00:00:00Z".formatted(list);

        assertThat(get(uri, UUID.randomUUID(), Role.ADMIN)).hasStatus(400);
    }

    /** Cash at the door: the vendor has sold all of the order. */
    private UUID earns(String amount) {
        var order = Uuid7.mint(clock);
        var before = standingOrNothing();
        payment.hears(
                new OrderAwaitingPayment(
                        order,
                        UUID.randomUUID(),
                        kes(amount),
                        List.of(new VendorShare(vendor, kes(amount))),
                        PaymentMethod.CASH_ON_DELIVERY,
                        null,
                        clock.instant().plus(Duration.ofMinutes(15))));
        payment.hears(new OrderConfirmed(order));
        payment.hears(new OrderDelivered(order));
        await().atMost(20, SECONDS).until(() -> standingOrNothing() > before);
        return order;
    }

    private long standingOrNothing() {
        return payingOut.standings(vendor).stream()
                .mapToLong(standing -> standing.balance().earned().minorUnits())
                .sum();
    }

    private void hasAccount() {
        banking.add(vendor, Bank.called("gtb").orElseThrow(), new AccountNumber(number), null);
    }

    private void provider(ResponseDefinitionBuilder... answers) {
        for (var turn = 0; turn < answers.length; turn++) {
            var stub =
                    post(urlPathEqualTo("/v1/payouts"))
                            .withRequestBody(matchingJsonPath("$.account_number", equalTo(number)))
                            .inScenario("payouts " + vendor)
                            .whenScenarioStateIs(turn == 0 ? "Started" : "turn " + turn);
            if (turn < answers.length - 1) {
                stub.willSetStateTo("turn " + (turn + 1));
            }
            Provider.SERVER.stubFor(stub.willReturn(answers[turn]));
        }
    }

    private static ResponseDefinitionBuilder paid() {
        return aResponse()
                .withHeader("Content-Type", "application/json")
                .withBody("{\"status\": \"SUCCEEDED\", \"payout_id\": \"payout_1\"}");
    }

    private static ResponseDefinitionBuilder refused(String why) {
        return aResponse()
                .withHeader("Content-Type", "application/json")
                .withBody(
                        "{\"status\": \"REFUSED\", \"payout_id\": \"payout_1\", \"reason\": \"%s\"}"
                                .formatted(why));
    }

    private int timesAsked() {
        return Provider.SERVER
                .countRequestsMatching(
                        postRequestedFor(urlPathEqualTo("/v1/payouts"))
                                .withRequestBody(
                                        matchingJsonPath("$.account_number", equalTo(number)))
                                .withRequestBody(
                                        matchingJsonPath(
                                                "$.idempotency_key",
                                                equalTo(latest().id().toString())))
                                .build())
                .getCount();
    }

    private PayingOut.Standing standing() {
        return payingOut.standings(vendor).getFirst();
    }

    private List<Payout> list() {
        return payouts.list(
                new PayoutFilter(vendor, null, null, null, null), "requested_at desc", 0, 10);
    }

    private Payout latest() {
        return list().getFirst();
    }

    private static Money kes(String amount) {
        return Money.of(amount, "KES");
    }

    private MvcTestResult run(Role role) {
        return http.post()
                .uri("/api/v1/payouts")
                .header("Authorization", TestTokens.bearer(UUID.randomUUID(), role))
                .contentType(MediaType.APPLICATION_JSON)
                .content("{\"vendor_id\": \"%s\"}".formatted(vendor))
                .exchange();
    }

    private MvcTestResult get(String uri, UUID who, Role role) {
        return http.get().uri(uri).header("Authorization", TestTokens.bearer(who, role)).exchange();
    }
}
