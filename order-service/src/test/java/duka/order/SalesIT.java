package duka.order;

import static duka.order.OrderFixture.SHOES;
import static duka.order.OrderFixture.SOCKS;
import static duka.order.OrderFixture.newId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.jayway.jsonpath.JsonPath;
import duka.events.Money;
import duka.events.PaymentMethod;
import duka.events.ReportEvent.ProductSales;
import duka.events.ReportEvent.SalesReported;
import duka.testing.Parallel;
import duka.web.Role;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** What vendors and staff see of what was sold. */
class SalesIT extends OrderServiceIT {

    private static final Instant NOON = Instant.parse("2024-05-06T12:00:00Z"); // a Monday

    private static final Duration WEEK = Duration.ofDays(7);

    @Autowired Reporting reporting;
    @Autowired Ordering ordering;

    @Test
    void a_vendor_sees_its_lines_and_where_to_ship_them_and_nothing_of_its_customer()
            throws Exception {
        sold();

        var seen =
                asVendor(get("/api/v1/orders/sold/{id}", id))
                        .andExpect(status().isOk())
                        .andExpect(jsonPath("$.share").value("778.00"))
                        .andExpect(jsonPath("$.lines", hasSize(1)))
                        .andExpect(jsonPath("$.lines[0].product_id").value(SHOES.toString()))
                        .andExpect(jsonPath("$.shipping_address").value("1 Moi Avenue"))
                        .andReturn()
                        .getResponse()
                        .getContentAsString();

        assertThat(seen).doesNotContain(customer.toString(), "2 Moi Avenue", SOCKS.toString());
        asVendor(post("/api/v1/orders/{id}/shipments", id)).andExpect(status().isCreated());
        asVendor(get("/api/v1/orders/sold/{id}", id))
                .andExpect(jsonPath("$.status").value("PARTLY_SHIPPED"))
                .andExpect(jsonPath("$.shipping_address").value(nullValue()));
    }

    @Test
    void a_vendor_sees_only_what_it_has_sold() throws Exception {
        sold();
        var other = newId();
        var undecided =
                new Order(
                        OrderFixture.checkedOut(
                                other, customer, PaymentMethod.CARD, null, address()),
                        clock.instant());
        undecided.begin(clock.instant(), clock.instant().plusSeconds(120));
        undecided.note(OrderFixture.reserved(other, vendor));
        transaction.executeWithoutResult(_ -> orders.save(List.of(undecided)));

        asVendor(get("/api/v1/orders/sold"))
                .andExpect(jsonPath("$.results[*].id", contains(id.toString())));
        asVendor(get("/api/v1/orders/sold?status=SHIPPED")).andExpect(jsonPath("$.count").value(0));
        asVendor(get("/api/v1/orders/sold?status=LOST")).andExpect(status().isBadRequest());
        asVendor(get("/api/v1/orders/sold/{id}", other)).andExpect(status().isNotFound());
        asVendor(get("/api/v1/orders/{id}", id)).andExpect(status().isNotFound());
        as(newId(), Role.VENDOR, get("/api/v1/orders/sold"))
                .andExpect(jsonPath("$.count").value(0));
        as(newId(), Role.VENDOR, get("/api/v1/orders/sold/{id}", id))
                .andExpect(status().isNotFound());
        asCustomer(get("/api/v1/orders/sold")).andExpect(status().isForbidden());
        staff(get("/api/v1/orders").param("vendor_id", vendor.toString()))
                .andExpect(jsonPath("$.count").value(2));
    }

    @Test
    void a_vendor_reads_on_to_the_end_by_a_cursor() throws Exception {
        var all = new ArrayList<String>();
        for (int each = 0; each < 5; each++) {
            all.addFirst(sold(newId(), clock.instant()).id().toString());
        }

        var read = new ArrayList<String>();
        var next = "/api/v1/orders/sold?cursor=&page_size=2";
        while (next != null) {
            var page = asVendor(get(next)).andReturn().getResponse().getContentAsString();
            read.addAll(JsonPath.<List<String>>read(page, "$.results[*].id"));
            next = JsonPath.read(page, "$.next");
        }

        assertThat(read).isEqualTo(all);
    }

    @Test
    void sales_are_summed_up_by_day() throws Exception {
        sold(id, NOON);
        sold(newId(), NOON.plusSeconds(3600));
        sold(newId(), NOON.plus(Duration.ofDays(1)));
        sold(newId(), NOON.plus(Duration.ofDays(2)));

        asVendor(sales("2024-05-06", "2024-05-07", "day"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.results[*].day", contains("2024-05-06", "2024-05-07")))
                .andExpect(jsonPath("$.results[*].orders", contains(2, 1)))
                .andExpect(jsonPath("$.results[*].units", contains(4, 2)))
                .andExpect(jsonPath("$.results[*].revenue", contains("1556.00", "778.00")))
                .andExpect(jsonPath("$.results[0].currency").value("KES"));
    }

    @Test
    void what_is_cancelled_or_returned_is_no_revenue() throws Exception {
        sold(id, NOON);
        var cancelled = sold(newId(), NOON).id();
        asCustomer(json(post("/api/v1/orders/{id}/lines/cancel", id), units(SHOES, 1)))
                .andExpect(status().isOk());
        staff(post("/api/v1/orders/{id}/cancel", cancelled)).andExpect(status().isOk());

        asVendor(sales("2024-05-06", "2024-05-06", "product"))
                .andExpect(jsonPath("$.results", hasSize(1)))
                .andExpect(jsonPath("$.results[0].name").value("Shoes"))
                .andExpect(jsonPath("$.results[0].orders").value(2))
                .andExpect(jsonPath("$.results[0].cancelled").value(1))
                .andExpect(jsonPath("$.results[0].units").value(1))
                .andExpect(jsonPath("$.results[0].revenue").value("389.00"));
    }

    @Test
    void staff_see_what_each_vendor_and_the_shop_have_sold() throws Exception {
        var day = Instant.parse("2023-03-03T03:03:03Z");
        sold(id, day);

        staff(sales("2023-03-03", "2023-03-03", "vendor"))
                .andExpect(jsonPath("$.results[*].revenue", contains("778.00", "22.50")))
                .andExpect(jsonPath("$.results[*].vendor_id", contains(vendor.toString())));
        staff(sales("2023-03-03", "2023-03-03", "vendor").param("vendor_id", vendor.toString()))
                .andExpect(jsonPath("$.count").value(1));
        asVendor(sales("2023-03-03", "2023-03-03", "vendor"))
                .andExpect(jsonPath("$.results[*].revenue", contains("778.00")));
        asVendor(sales("2023-03-03", "2023-03-03", "day").param("vendor_id", newId().toString()))
                .andExpect(status().isForbidden());
        asCustomer(sales("2023-03-03", "2023-03-03", "day")).andExpect(status().isForbidden());
    }

    @Test
    void a_report_is_csv_for_who_wants_that() throws Exception {
        sold(id, NOON);
        var expected =
                "day,orders,cancelled,units,revenue,currency\r\n2024-05-06,1,0,2,778.00,KES\r\n";

        asVendor(sales("2024-05-06", "2024-05-06", "day").param("format", "csv"))
                .andExpect(content().contentTypeCompatibleWith("text/csv"))
                .andExpect(header().string("Content-Disposition", containsString("sales.csv")))
                .andExpect(content().string(expected));
        asVendor(sales("2024-05-06", "2024-05-06", "day").header("Accept", "text/csv"))
                .andExpect(content().string(expected));
        asVendor(sales("2024-05-06", "2024-05-06", "product").param("format", "csv"))
                .andExpect(content().string(containsString(SHOES + ",\"Shoes\",1,0,2,778.00,KES")));
    }

    @Test
    void who_likes_json_better_than_csv_gets_that() throws Exception {
        staff(get("/api/v1/reports/sales").header("Accept", "text/csv;q=0.5, application/json"))
                .andExpect(status().isOk())
                .andExpect(content().contentType("application/json"));
    }

    @Test
    void who_accepts_nonsense_cannot_be_answered_unless_the_format_is_said() throws Exception {
        staff(get("/api/v1/reports/sales").header("Accept", "nonsense"))
                .andExpect(status().isNotAcceptable());
        staff(get("/api/v1/reports/sales?format=csv").header("Accept", "nonsense"))
                .andExpect(status().isOk())
                .andExpect(content().contentTypeCompatibleWith("text/csv"));
    }

    @Test
    void more_than_fits_into_memory_is_no_csv() {
        transaction.executeWithoutResult(
                rolledBack -> {
                    rolledBack.setRollbackOnly();
                    sold(id, NOON);
                    sellProducts(id, 50_000, 1);
                    var day = sales("2024-05-06", "2024-05-06", "product").param("format", "csv");
                    assertThatNoException()
                            .isThrownBy(
                                    () ->
                                            staff(day)
                                                    .andExpect(status().isBadRequest())
                                                    .andExpect(jsonPath("$.errors.to").exists()));
                });
    }

    @Test
    void what_is_wrong_with_a_list_is_said_by_its_parameter() throws Exception {
        staff(get("/api/v1/orders?created_from=1000-01-01T00:00:00Z"))
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.errors.created_from[0]").value("is out of range"));
        staff(get("/api/v1/sagas?older_than=soon"))
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.errors.older_than").exists());
    }

    @Test
    void a_product_that_is_called_like_a_formula_is_text_in_a_spreadsheet() throws Exception {
        sold(id, NOON);
        jdbc.sql(
                        "update order_lines set name = '=cmd|\"/c calc\"!A1' where order_id = ? and vendor_id = ?")
                .params(id, vendor)
                .update();

        asVendor(sales("2024-05-06", "2024-05-06", "product").param("format", "csv"))
                .andExpect(content().string(containsString(",\"'=cmd|\"\"/c calc\"\"!A1\",")));
    }

    @Test
    void a_wrong_question_is_a_bad_request() throws Exception {
        for (var query :
                List.of(
                        "by=hour",
                        "format=xml",
                        "from=2025-13-45",
                        "from=2024-05-07&to=2024-05-06",
                        "from=2023-01-01&to=2024-05-06",
                        "from=%2B999999999-01-01",
                        "to=9999-01-01",
                        "to=-999999999-01-01",
                        "vendor_id=me",
                        "page=0")) {
            staff(get("/api/v1/reports/sales?" + query))
                    .andExpect(status().isBadRequest())
                    .andExpect(content().contentType("application/problem+json"));
        }
        staff(get("/api/v1/reports/sales?by=hour").header("Accept", "text/csv"))
                .andExpect(status().isBadRequest())
                .andExpect(content().contentType("application/problem+json"));
        staff(get("/api/v1/reports/sales")).andExpect(status().isOk());
    }

    @Test
    void a_weeks_sales_are_reported_once_however_many_try() {
        var monday = Instant.parse("2031-05-05T00:00:00Z");
        sold(id, monday.plus(Duration.ofDays(6)));
        sold(newId(), monday.plus(Duration.ofDays(7)));
        clock.ahead(
                Duration.between(
                        Instant.now(), monday.plus(Duration.ofDays(7)).plusSeconds(9 * 3600)));

        Parallel.begin(4, reporting::reportLastWeek).join();
        reporting.reportLastWeek();

        var reports = reported("2031-05-05");
        assertThat(reports).hasSize(1);
        assertThat(reports.getFirst())
                .usingRecursiveComparison()
                .ignoringFields("reportId")
                .isEqualTo(
                        new SalesReported(
                                newId(),
                                monday,
                                monday.plus(Duration.ofDays(7)),
                                1,
                                0,
                                3,
                                Money.of("800.50", "KES"),
                                List.of(
                                        new ProductSales(
                                                SHOES, "Shoes", 2, Money.of("778.00", "KES")),
                                        new ProductSales(
                                                SOCKS, "Socks", 1, Money.of("22.50", "KES")))));
    }

    @Test
    void what_was_sold_for_other_money_does_not_crowd_out_the_best() {
        var monday = Instant.parse("2035-05-07T00:00:00Z");
        sold(id, monday);
        var abroad = sold(newId(), monday).id();
        sellProducts(abroad.value(), 10, 1_000_000);
        jdbc.sql("update orders set currency = 'USD' where id = ?").param(abroad.value()).update();
        clock.ahead(Duration.between(Instant.now(), monday.plus(WEEK)));

        reporting.reportLastWeek();

        assertThat(reported("2035-05-07").getFirst().best())
                .extracting(ProductSales::productId)
                .containsExactly(SHOES, SOCKS);
    }

    @Test
    void a_week_without_sales_is_reported_too() {
        clock.ahead(Duration.between(Instant.now(), Instant.parse("2033-05-09T09:00:00Z")));

        reporting.reportLastWeek();

        assertThat(reported("2033-05-02"))
                .singleElement()
                .extracting(SalesReported::orders)
                .isEqualTo(0);
    }

    @Test
    void many_orders_are_not_all_read_for_a_few_days() {
        transaction.executeWithoutResult(
                rolledBack -> {
                    rolledBack.setRollbackOnly();
                    fillTheShop();
                    var before = readsOfEverything();
                    for (var by : SalesQuestion.By.values()) {
                        for (var whose : new @Nullable UUID[] {null, vendor}) {
                            var question = new SalesQuestion(NOON, NOON.plus(WEEK), by, whose);
                            reporting.list(question, 10, 0);
                            reporting.count(question);
                        }
                    }
                    ordering.listAfter(soldBy(vendor), null, 10);
                    assertThat(readsOfEverything()).isEqualTo(before);
                });
    }

    /** As many products that nobody has ever sold before, all by the vendor. */
    private void sellProducts(UUID order, int count, long price) {
        jdbc.sql(
                        """
                        insert into order_lines (
                            order_id, position, product_id, name, vendor_id, quantity, unit_price, shipped, delivered, cancelled)
                        select ?, 100 + n, gen_random_uuid(), 'Hats', ?, 1, ?, 0, 0, 0 from generate_series(1, ?) n
                        """)
                .params(order, vendor, price, count)
                .update();
    }

    /** Three years, an order every hour. */
    private void fillTheShop() {
        jdbc.sql(
                        """
                        insert into orders (
                            id, cart_id, customer_id, status, stock, payment, payment_method, currency, total, refunded,
                            units_returned, finished, steps, since, confirmed_at, created_at, updated_at, address)
                        select gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'DELIVERED', 'TAKEN', 'CAPTURED',
                               'CARD', 'KES', 100, 0, 0, true, 1, at, at, at, at, 'many'
                        from generate_series(timestamptz '2022-01-01', '2024-12-31', interval '1 hour') at
                        """)
                .update();
        jdbc.sql(
                        """
                        insert into order_lines (
                            order_id, position, product_id, name, vendor_id, quantity, unit_price, shipped, delivered, cancelled)
                        select id, 1, ?, 'Shoes', gen_random_uuid(), 1, 100, 0, 0, 0 from orders where address = 'many'
                        """)
                .param(SHOES)
                .update();
        jdbc.sql("analyze orders, order_lines").update();
    }

    /** How often this transaction has read a whole table. */
    private long readsOfEverything() {
        return jdbc.sql(
                        """
                        select sum(seq_scan) from pg_stat_xact_user_tables
                        where relname in ('orders', 'order_lines')
                        """)
                .query(Long.class)
                .single();
    }

    private static OrderSearch soldBy(UUID vendor) {
        return new OrderSearch(null, vendor, null, null, null, null, null, OrderSearch.Only.SOLD);
    }

    /** Of the week that begins on this Monday, if that was reported. */
    private List<SalesReported> reported(String monday) {
        return jdbc
                .sql("select report_id from sales_reports where week = ?")
                .param(LocalDate.parse(monday))
                .query(UUID.class)
                .stream()
                .flatMap(report -> order.said(report).stream())
                .map(SalesReported.class::cast)
                .toList();
    }

    private static MockHttpServletRequestBuilder sales(String from, String to, String by) {
        return get("/api/v1/reports/sales").param("from", from).param("to", to).param("by", by);
    }

    private Order sold(UUID each, Instant at) {
        return sold(
                OrderFixture.checkedOut(each, customer, PaymentMethod.CARD, null, address()), at);
    }
}
