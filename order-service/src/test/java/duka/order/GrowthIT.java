package duka.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.jayway.jsonpath.JsonPath;
import duka.testing.Plan;
import duka.testing.Statements;
import duka.web.Role;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
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
import org.springframework.test.web.servlet.ResultActions;

/**
 * What it costs to look at orders when there are many: what it costs to look at a page of them.
 * Only the rows that the database reads are counted, for time depends on the machine.
 */
@TestInstance(Lifecycle.PER_CLASS)
class GrowthIT extends OrderServiceIT {

    private static final int ORDERS = Integer.getInteger("duka.growth.rows", 30_000);

    private static final Set<String> LARGE = Set.of("orders", "order_lines", "timeline");

    /** Long before any other test's. */
    private static final Instant FIRST = Instant.parse("2014-01-01T00:00:00Z");

    private static final Duration APART = Duration.ofMinutes(10);

    private static final int FOR_A_PAGE = 600;

    /** So many orders are placed in a week, and as many have been in the one before it. */
    private static final long FOR_A_WEEK = 8 * Duration.ofDays(7).dividedBy(APART);

    private UUID somebody;
    private UUID seller;

    @BeforeAll
    void there_are_many_orders() {
        for (var sql :
                List.of(
                        """
                        insert into orders
                            (id, cart_id, customer_id, status, reason, stock, payment, payment_method, currency,
                             total, refunded, units_returned, finished, steps, since, confirmed_at,
                             created_at, updated_at, address)
                        select uuidv7(placed - now()), uuidv7(), md5('customer' || n %% 1000)::uuid,
                               case when n %% 20 > 0 then 'DELIVERED' else 'CANCELLED' end,
                               case when n %% 20 = 0 then 'CUSTOMER' end,
                               case when n %% 20 > 0 then 'TAKEN' else 'RELEASED' end,
                               case when n %% 20 > 0 then 'CAPTURED' else 'ENDED' end,
                               'CARD', 'KES', 1000 + n %% 7919, 0, 0, true, 5,
                               placed, case when n %% 20 > 0 then placed end, placed, placed, '%s'
                        from generate_series(0, %d - 1) n
                        cross join lateral (select '%s'::timestamptz + n * interval '%d seconds') as t (placed)
                        """
                                .formatted(
                                        address().ciphertext(), ORDERS, FIRST, APART.toSeconds()),
                        """
                        insert into order_lines
                            (order_id, position, product_id, name, vendor_id, quantity, unit_price,
                             shipped, delivered, cancelled)
                        select id, position, md5('product' || total % 500 || position)::uuid, 'Chair',
                               case position when 1 then md5('vendor' || total % 100)::uuid end,
                               1, total / 2, 0, 0, 0
                        from orders, generate_series(1, 2) position where created_at < '2024-01-01'
                        """,
                        """
                        insert into timeline (order_id, position, at, heard, to_status)
                        select id, position, created_at, 'test', status
                        from orders, generate_series(1, 5) position where created_at < '2024-01-01'
                        """,
                        "vacuum (analyze) orders",
                        "vacuum (analyze) order_lines",
                        "vacuum (analyze) timeline")) {
            jdbc.sql(sql).update();
        }
        somebody = one("select md5('customer7')::uuid");
        seller = one("select md5('vendor7')::uuid");
    }

    @AfterAll
    void there_are_few_again() {
        var these = " where order_id in (select id from orders where created_at < '2024-01-01')";
        for (var sql :
                List.of(
                        "delete from timeline" + these,
                        "delete from order_lines" + these,
                        "delete from orders where created_at < '2024-01-01'",
                        "vacuum (analyze) orders",
                        "vacuum (analyze) order_lines",
                        "vacuum (analyze) timeline")) {
            jdbc.sql(sql).update();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "orders?",
                "orders?status=DELIVERED",
                "orders?ordering=total",
                "orders?created_from=2014-02-01T00:00:00Z&created_to=2014-03-01T00:00:00Z",
                "orders?cursor=",
                "returns?"
            })
    void customers_have_a_page_read_for_them_and_no_more(String path) {
        look(path + "&page_size=20", somebody, Role.CUSTOMER, FOR_A_PAGE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "orders/sold?",
                "orders/sold?cursor=",
                "orders/sold?status=DELIVERED",
                "orders/sold?created_from=2014-02-01T00:00:00Z&created_to=2014-02-08T00:00:00Z",
                "orders/sold?ordering=total"
            })
    void vendors_have_what_they_sold_read_for_them_and_no_more(String path) {
        look(path + "&page_size=20", seller, Role.VENDOR, 5 * FOR_A_PAGE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "orders?",
                "orders?ordering=created_at",
                "orders?customer_id={customer}",
                "orders?vendor_id={vendor}",
                "orders?search=013",
                "orders?status=CANCELLED&created_from=2014-02-01T00:00:00Z&created_to=2014-02-03T00:00:00Z",
                "sagas?",
                "sagas?state=AWAITING_PAYMENT&older_than=5m",
                "returns?status=REQUESTED"
            })
    void staff_have_a_page_read_for_them_and_no_more(String path) {
        var asked =
                path.replace("{customer}", somebody.toString())
                        .replace("{vendor}", seller.toString());
        look(asked + "&page_size=20", newId(), Role.ADMIN, 5 * FOR_A_PAGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"day", "product", "vendor"})
    void a_report_of_a_week_reads_that_week(String by) {
        var from = LocalDate.ofInstant(FIRST.plus(Duration.ofDays(60)), ZoneOffset.UTC);
        var path = "reports/sales?by=%s&from=%s&to=%s".formatted(by, from, from.plusDays(6));

        look(path, newId(), Role.ADMIN, FOR_A_WEEK);
        look(path, seller, Role.VENDOR, FOR_A_WEEK);
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders?", "orders?created_to=2014-04-01T00:00:00Z"})
    void reading_on_deep_in_a_list_costs_a_page_and_counts_nothing(String path) throws Exception {
        var next = "/api/v1/" + path + "&page_size=100&cursor=";
        for (int page = 0; page < 5; page++) {
            next = read(staff(get(URI.create(next))), "$.next");
        }

        var plans = look(next.substring("/api/v1/".length()), newId(), Role.ADMIN, 5 * FOR_A_PAGE);

        assertThat(plans).noneMatch(Plan::counts);
    }

    @Test
    void who_reads_on_is_told_the_count_that_there_was_at_the_beginning() throws Exception {
        var first = "/api/v1/orders?cursor=&page_size=2&customer_id=" + somebody;
        var answer = staff(get(first)).andExpect(status().isOk());
        Integer count = JsonPath.read(body(answer), "$.count");
        var next = read(answer, "$.next");

        assertThat(JsonPath.<Integer>read(body(staff(get(URI.create(next)))), "$.count"))
                .isEqualTo(count);
        var asEverBefore = next.substring(0, next.lastIndexOf('.'));
        assertThat(JsonPath.<Integer>read(body(staff(get(URI.create(asEverBefore)))), "$.count"))
                .isEqualTo(count);
    }

    @Test
    void a_page_of_twenty_takes_as_many_statements_as_one_of_one() {
        for (var list : List.of("orders?customer_id=" + somebody, "orders?vendor_id=" + seller)) {
            var one = Statements.of(() -> ask(list + "&page_size=1", newId(), Role.ADMIN));
            var twenty = Statements.of(() -> ask(list + "&page_size=20", newId(), Role.ADMIN));

            assertThat(twenty).as(list).hasSameSizeAs(one).hasSizeLessThanOrEqualTo(3);
        }
    }

    private List<Plan> look(String path, UUID who, Role role, long rowsAtMost) {
        var plans = Statements.plansOf(() -> ask(path, who, role));

        assertThat(plans)
                .isNotEmpty()
                .allSatisfy(plan -> assertThat(plan.readsWhole(LARGE)).isEmpty());
        assertThat(plans)
                .filteredOn(plan -> !plan.counts())
                .allSatisfy(plan -> assertThat(plan.rowsRead()).isLessThan(rowsAtMost));
        return plans;
    }

    private void ask(String path, UUID who, Role role) throws Exception {
        as(who, role, get(URI.create("/api/v1/" + path))).andExpect(status().isOk());
    }

    private UUID one(String sql) {
        return jdbc.sql(sql).query(UUID.class).single();
    }

    private static UUID newId() {
        return OrderFixture.newId();
    }

    private static String body(ResultActions answer) throws Exception {
        return answer.andReturn().getResponse().getContentAsString();
    }
}
