package duka.payment;

import static org.assertj.core.api.Assertions.assertThat;

import duka.testing.Statements;
import duka.web.Role;
import duka.web.TestTokens;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

/**
 * What it costs to look at payments when there are many: what it costs to look at a page of them.
 * Only the rows that the database reads are counted, for time depends on the machine. That of all
 * which is listed is read for its count.
 */
@PaymentIT
@TestInstance(Lifecycle.PER_CLASS)
class GrowthIT {

    private static final int PAYMENTS = Integer.getInteger("duka.growth.rows", 30_000);

    private static final Set<String> LARGE = Set.of("payments", "refunds", "ledger_entries");

    private static final UUID BOSS = UUID.randomUUID();

    private static final int FOR_A_PAGE = 600;

    @Autowired MockMvcTester http;
    @Autowired JdbcTemplate jdbc;

    @BeforeAll
    void there_are_many_payments() {
        for (var sql :
                List.of(
                        """
                        insert into payments
                            (id, order_id, customer_id, amount, currency, shares, method, provider, status,
                             unwanted, reference, attempt, tries, created_at, updated_at)
                        select uuidv7(at - now()), uuidv7(), md5('customer' || n %% 1000)::uuid, 1000, 'KES', '[]',
                               'CARD', 'simulator', case when n %% 20 > 0 then 'CAPTURED' else 'REFUNDED' end,
                               false, 'growth-' || n, 1, 0, at, at
                        from generate_series(0, %d - 1) n
                        cross join lateral (select '2014-01-01'::timestamptz + n * interval '10 minutes') as t (at)
                        """
                                .formatted(PAYMENTS),
                        """
                        insert into refunds (id, payment_id, amount, reason, asked_at, status, attempt, done_at)
                        select uuidv7(), id, amount, 'CUSTOMER', created_at, 'DONE', 1, created_at
                        from payments where reference like 'growth-%' and status = 'REFUNDED'
                        """,
                        """
                        insert into ledger_entries
                            (posting_id, account, vendor_id, side, amount, currency, payment_id, order_id, movement, at)
                        select id, account,
                               case account when 'VENDOR' then
                                   md5('vendor' || substr(reference, 8)::int % 100)::uuid end,
                               case account when 'VENDOR' then 'CREDIT' else 'DEBIT' end,
                               amount, currency, id, order_id, 'CAPTURE', created_at
                        from payments, unnest(array['PROVIDER', 'VENDOR']) account
                        where reference like 'growth-%'
                        """,
                        "vacuum (analyze) payments",
                        "vacuum (analyze) refunds",
                        "vacuum (analyze) ledger_entries")) {
            jdbc.execute(sql);
        }
    }

    @AfterAll
    void there_are_few_again() {
        var these =
                " where payment_id in (select id from payments where reference like 'growth-%')";
        for (var sql :
                List.of(
                        "delete from ledger_entries" + these,
                        // No index leads from a payment to its entries: let there be few to look
                        // at.
                        "vacuum (analyze) ledger_entries",
                        "delete from refunds" + these,
                        "vacuum (analyze) refunds",
                        "delete from payments where reference like 'growth-%'",
                        "vacuum (analyze) payments")) {
            jdbc.execute(sql);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"payments?", "payments?status=REFUNDED", "payments?ordering=-amount"})
    void customers_have_a_page_read_for_them_and_no_more(String path) {
        look(path + "&page_size=20", id("customer7"), Role.CUSTOMER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "payments?",
                "payments?ordering=created_at",
                "payments?customer_id={customer}",
                "payments?created_from=2014-02-01T00:00:00Z&created_to=2014-03-01T00:00:00Z",
                "payments?provider=simulator&reference=growth-123",
                "payments?needs_staff=true",
                "ledger?",
                "ledger?vendor_id={vendor}",
                "ledger?from=2014-02-01T00:00:00Z&to=2014-02-02T00:00:00Z"
            })
    void staff_have_a_page_read_for_them_and_no_more(String path) {
        var asked =
                path.replace("{customer}", id("customer7").toString())
                        .replace("{vendor}", id("vendor7").toString());
        look(asked + "&page_size=20", BOSS, Role.ADMIN);
    }

    @Test
    void a_page_of_twenty_takes_as_many_statements_as_one_of_one() {
        for (var list :
                List.of(
                        "payments?ordering=created_at",
                        "payments?customer_id=" + id("customer0"),
                        "ledger?")) {
            var one = Statements.of(() -> ask(list + "&page_size=1", BOSS, Role.ADMIN));
            var twenty = Statements.of(() -> ask(list + "&page_size=20", BOSS, Role.ADMIN));

            assertThat(twenty).as(list).hasSameSizeAs(one).hasSizeLessThanOrEqualTo(3);
        }
    }

    private void look(String path, UUID who, Role role) {
        var plans = Statements.plansOf(() -> ask(path, who, role));

        assertThat(plans)
                .filteredOn(plan -> !plan.counts())
                .isNotEmpty()
                .allSatisfy(plan -> assertThat(plan.readsWhole(LARGE)).isEmpty())
                .allSatisfy(plan -> assertThat(plan.rowsRead()).isLessThan(FOR_A_PAGE));
    }

    private void ask(String path, UUID who, Role role) {
        assertThat(
                        http.get()
                                .uri("/api/v1/" + path)
                                .header("Authorization", TestTokens.bearer(who, role)))
                .hasStatusOk();
    }

    private UUID id(String name) {
        return jdbc.queryForObject("select md5(?)::uuid", UUID.class, name);
    }
}
