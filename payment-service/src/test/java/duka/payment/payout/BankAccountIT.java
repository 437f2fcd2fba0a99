package duka.payment.payout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import duka.payment.PaymentIT;
import duka.web.Role;
import duka.web.TestTokens;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

@PaymentIT
class BankAccountIT {

    @Autowired MockMvcTester http;
    @Autowired JdbcClient jdbc;
    @Autowired BankAccounts accounts;
    @Autowired Banking banking;
    @Autowired Clock clock;

    final UUID vendor = UUID.randomUUID();
    final UUID another = UUID.randomUUID();
    final String number = "%010d".formatted(ThreadLocalRandom.current().nextLong(10_000_000_000L));

    @Test
    void a_number_is_shown_masked_and_stored_so_that_nobody_can_read_it() {
        assertThat(add(vendor, number, "gtb"))
                .hasStatus(201)
                .bodyJson()
                .isLenientlyEqualTo(
                        """
                        {"vendor_id": "%s", "number": "•••• %s", "bank_code": "058",
                         "bank_name": "Guaranty Trust Bank", "payouts_paused": false}"""
                                .formatted(vendor, number.substring(6)));

        assertThat(get(vendor, Role.VENDOR, "")).bodyText().doesNotContain(number);
        assertThat(get(UUID.randomUUID(), Role.ADMIN, "/" + id()))
                .hasStatusOk()
                .bodyText()
                .contains("•••• ")
                .doesNotContain(number);
        for (var table : List.of("bank_accounts", "bank_account_changes")) {
            assertThat(
                            jdbc.sql(
                                            "select t::text from %s t where vendor_id = ?"
                                                    .formatted(table))
                                    .param(vendor)
                                    .query(String.class)
                                    .single())
                    .doesNotContain(number);
        }
    }

    @Test
    void a_vendor_has_one_also_when_it_asks_many_times_at_once() throws Exception {
        var statuses = atOnce(6, i -> add(vendor, number.substring(0, 9) + i, "gtb"));

        assertThat(statuses.stream().filter(status -> status == 201)).hasSize(1);
        assertThat(statuses.stream().filter(status -> status == 409)).hasSize(5);
        assertProblem(add(vendor, number, "gtb"), "bank-account-exists");
    }

    @Test
    void a_number_belongs_to_one_vendor_also_when_many_want_it_at_once() throws Exception {
        var statuses = atOnce(6, _ -> add(UUID.randomUUID(), number, "gtb"));

        assertThat(statuses.stream().filter(status -> status == 201)).hasSize(1);
        assertThat(statuses.stream().filter(status -> status == 409)).hasSize(5);
        assertProblem(add(vendor, number, "gtbank"), "bank-account-taken");
        assertThat(add(vendor, number, "uba")).hasStatus(201);
    }

    @Test
    void one_field_is_changed_as_well_as_both_and_payouts_pause() {
        add(vendor, number, "gtb");
        var other = number.substring(0, 9) + (number.charAt(9) == '7' ? '8' : '7');

        assertThat(patch(vendor, "{\"name\": \"Wanjiru\"}"))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.payouts_paused")
                .isEqualTo(false);
        assertThat(patch(vendor, "{\"number\": \"%s\"}".formatted(other)))
                .hasStatusOk()
                .bodyJson()
                .isLenientlyEqualTo(
                        """
                        {"number": "•••• %s", "bank_name": "Guaranty Trust Bank", "name": "Wanjiru",
                         "payouts_paused": true}"""
                                .formatted(other.substring(6)));
        assertThat(patch(vendor, "{\"bank_name\": \"zenith\"}"))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.bank_name")
                .isEqualTo("Zenith Bank");

        var until = accounts.findByVendor(vendor).orElseThrow().pausedUntil();
        assertThat(Duration.between(clock.instant(), until))
                .isBetween(Duration.ofDays(7).minusMinutes(1), Duration.ofDays(7));
        assertThat(accounts.changes(UUID.fromString(id())))
                .extracting(BankAccountChange::act)
                .containsExactly(
                        BankAccountChange.Act.ADDED,
                        BankAccountChange.Act.CHANGED,
                        BankAccountChange.Act.CHANGED,
                        BankAccountChange.Act.CHANGED);
    }

    @Test
    void a_change_to_anothers_number_is_refused() {
        add(another, number, "gtb");
        add(vendor, number, "uba");

        assertProblem(patch(vendor, "{\"bank_name\": \"gtb\"}"), "bank-account-taken");
        assertThat(accounts.findByVendor(vendor).orElseThrow().bank().code()).isEqualTo("033");
    }

    @Test
    void null_removes_what_can_be_removed_and_nothing_else() {
        add(vendor, number, "gtb");
        patch(vendor, "{\"name\": \"Wanjiru\"}");

        assertThat(patch(vendor, "{\"name\": null}"))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.name")
                .isNull();
        assertThat(patch(vendor, "{\"number\": null}")).hasStatus(400);
        assertThat(patch(vendor, "{\"bank_name\": null}")).hasStatus(400);
        assertThat(banking.findByVendor(vendor)).get().returns(null, BankAccount::holder);
    }

    @Test
    void removing_and_adding_anew_pauses_payouts_like_any_change() {
        add(vendor, number, "gtb");
        var first = id();

        assertThat(call(HttpMethod.DELETE, vendor, Role.VENDOR, "/" + first, null)).hasStatus(204);
        assertThat(get(vendor, Role.VENDOR, "/" + first)).hasStatus(404);
        assertThat(add(vendor, number, "gtb"))
                .hasStatus(201)
                .bodyJson()
                .extractingPath("$.payouts_paused")
                .isEqualTo(true);
        assertThat(get(vendor, Role.VENDOR, "/" + first + "/changes"))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.results[1].act")
                .isEqualTo("REMOVED");
    }

    @Test
    void what_is_removed_is_noted_as_it_was_in_the_end() {
        add(vendor, number, "gtb");
        var seen = accounts.findByVendor(vendor).orElseThrow();
        patch(vendor, "{\"bank_name\": \"uba\"}");

        banking.remove(seen, vendor);

        var changes = accounts.changes(seen.id());
        assertThat(changes.getLast().act()).isEqualTo(BankAccountChange.Act.REMOVED);
        assertThat(changes.getLast().before()).isEqualTo(changes.get(1).after());
    }

    @Test
    void what_is_gone_cannot_be_changed() {
        add(vendor, number, "gtb");
        var gone = accounts.findByVendor(vendor).orElseThrow();
        banking.remove(gone, vendor);

        assertThatIllegalStateException().isThrownBy(() -> accounts.update(gone, "fingerprint"));
    }

    @Test
    void a_stale_change_is_refused() {
        add(vendor, number, "gtb");

        assertThat(
                        http.patch()
                                .uri("/api/v1/bank-accounts/" + id())
                                .header("Authorization", TestTokens.bearer(vendor, Role.VENDOR))
                                .header("If-Match", "\"7\"")
                                .contentType(MediaType.APPLICATION_JSON)
                                .content("{\"bank_name\": \"uba\"}"))
                .hasStatus(412);
    }

    @Test
    void anothers_account_is_not_there_and_only_vendors_have_one() {
        add(vendor, number, "gtb");

        assertThat(get(another, Role.VENDOR, "/" + id())).hasStatus(404);
        assertThat(get(another, Role.VENDOR, "/" + id() + "/changes")).hasStatus(404);
        assertThat(call(HttpMethod.PATCH, another, Role.VENDOR, "/" + id(), "{}")).hasStatus(404);
        assertThat(call(HttpMethod.DELETE, another, Role.VENDOR, "/" + id(), null)).hasStatus(404);
        assertThat(get(another, Role.VENDOR, ""))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.count")
                .isEqualTo(0);
        assertThat(get(vendor, Role.CUSTOMER, "")).hasStatus(403);
        assertThat(get(vendor, Role.STORE_MANAGER, "")).hasStatus(403);
        assertThat(call(HttpMethod.PATCH, another, Role.ADMIN, "/" + id(), "{}")).hasStatus(403);
        assertThat(http.get().uri("/api/v1/bank-accounts")).hasStatus(401);
        assertThat(get(another, Role.ADMIN, ""))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.count")
                .asNumber()
                .satisfies(count -> assertThat(count.intValue()).isPositive());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"number\": \"0123456789\", \"bank_name\": \"citi\"}",
                "{\"number\": \"0123456789\", \"bank_name\": \"one\"}",
                "{\"number\": \"0123456789\"}",
                "{\"number\": \"12\", \"bank_name\": \"gtb\"}",
                "{\"number\": \"01234567890123456789012\", \"bank_name\": \"gtb\"}",
                "{\"number\": \"01234x6789\", \"bank_name\": \"gtb\"}",
                "{\"number\": null, \"bank_name\": \"gtb\"}",
                "{}",
                "[]"
            })
    void what_makes_no_sense_is_a_bad_request(String body) {
        assertThat(call(HttpMethod.POST, vendor, Role.VENDOR, "", body)).hasStatus(400);
        assertThat(accounts.findByVendor(vendor)).isEmpty();
    }

    private interface Request {
        MvcTestResult make(int number);
    }

    private static List<Integer> atOnce(int times, Request request) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers =
                    IntStream.range(0, times)
                            .mapToObj(i -> threads.submit(() -> request.make(i)))
                            .toList();
            var statuses = new ArrayList<Integer>();
            for (var answer : answers) {
                statuses.add(answer.get().getResponse().getStatus());
            }
            return statuses;
        }
    }

    private String id() {
        return accounts.findByVendor(vendor).orElseThrow().id().toString();
    }

    private MvcTestResult add(UUID who, String number, String bank) {
        return call(
                HttpMethod.POST,
                who,
                Role.VENDOR,
                "",
                "{\"number\": \"%s\", \"bank_name\": \"%s\"}".formatted(number, bank));
    }

    private MvcTestResult patch(UUID who, String body) {
        return call(HttpMethod.PATCH, who, Role.VENDOR, "/" + id(), body);
    }

    private MvcTestResult get(UUID who, Role role, String path) {
        return call(HttpMethod.GET, who, role, path, null);
    }

    private MvcTestResult call(HttpMethod method, UUID who, Role role, String path, String body) {
        var request =
                http.method(method)
                        .uri("/api/v1/bank-accounts" + path)
                        .header("Authorization", TestTokens.bearer(who, role));
        return (body == null
                        ? request
                        : request.contentType(MediaType.APPLICATION_JSON).content(body))
                .exchange();
    }

    private static void assertProblem(MvcTestResult answer, String type) {
        assertThat(answer)
                .hasStatus(409)
                .bodyJson()
                .extractingPath("$.type")
                .isEqualTo("/problems/" + type);
    }
}
