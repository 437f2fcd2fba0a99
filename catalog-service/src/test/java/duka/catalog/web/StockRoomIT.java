package duka.catalog.web;

import static duka.web.Role.CUSTOMER;
import static duka.web.Role.STORE_MANAGER;
import static duka.web.Role.VENDOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.springframework.http.HttpHeaders.AUTHORIZATION;
import static org.springframework.http.MediaType.APPLICATION_JSON;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.patch;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.jayway.jsonpath.JsonPath;
import duka.catalog.Shop;
import duka.catalog.WholeCatalog;
import duka.catalog.stock.Stock;
import duka.events.StockLevelChanged;
import duka.events.StockLevelChanged.Level;
import duka.messaging.Conversation;
import duka.web.TestTokens;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.transaction.support.TransactionTemplate;

/** Adjustments, movements and restock orders over HTTP down to the database. */
@WholeCatalog
class StockRoomIT {

    static final String RESTOCK = "/api/v1/restock-orders";

    @Autowired MockMvc http;
    @Autowired Shop shop;
    @Autowired Conversation catalog;
    @Autowired JdbcClient jdbc;
    @Autowired TransactionTemplate transaction;

    final UUID vendorId = UUID.randomUUID();
    final String vendor = TestTokens.bearer(vendorId, CUSTOMER, VENDOR);
    final String rival = TestTokens.bearer(UUID.randomUUID(), CUSTOMER, VENDOR);
    final String staff = TestTokens.bearer(UUID.randomUUID(), STORE_MANAGER);

    @BeforeEach
    void the_vendor_is_approved() {
        jdbc.sql("insert into vendors (id, standing, settled) values (?, 'APPROVED', 1)")
                .param(vendorId)
                .update();
    }

    @AfterEach
    void every_change_of_what_is_on_hand_has_a_movement() {
        assertThat(
                        jdbc.sql(
                                        """
                                        select count(*) from stock
                                        where on_hand <> (select coalesce(sum(quantity), 0)
                                                          from stock_movements
                                                          where product_id = stock.product_id)
                                        """)
                                .query(Integer.class)
                                .single())
                .isZero();
    }

    @Test
    void what_was_counted_counts() throws Exception {
        var chair = shop.product(10);
        adjust(staff, chair, "{\"counted\": 7, \"reason\": \"COUNTED\"}")
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.on_hand").value(7));
        adjust(staff, chair, "{\"counted\": 7, \"reason\": \"COUNTED\"}")
                .andExpect(status().isOk());
        adjust(staff, chair, "{\"delta\": -2, \"reason\": \"LOST\", \"note\": \" a theft \"}")
                .andExpect(jsonPath("$.on_hand").value(5));

        as(staff, get(adjustments(chair)))
                .andExpect(jsonPath("$.results[*].quantity", contains(-2, -3)))
                .andExpect(jsonPath("$.results[*].reason", contains("LOST", "COUNTED")))
                .andExpect(jsonPath("$.results[0].note").value("a theft"));
        as(staff, get(adjustments(chair) + "?reason=LOST")).andExpect(jsonPath("$.count").value(1));
        assertThat(catalog.said(chair))
                .last()
                .isEqualTo(new StockLevelChanged(chair, Level.LOW, 5, 5));
    }

    @Test
    void adjusting_at_once_loses_no_adjustment() throws Exception {
        var chair = shop.product(100);
        var work =
                Stream.<Callable<ResultActions>>generate(
                                () ->
                                        () ->
                                                adjust(
                                                        staff,
                                                        chair,
                                                        "{\"delta\": -15, \"reason\": \"LOST\"}"))
                        .limit(8)
                        .toList();
        int done = 0;
        try (var workers = Executors.newFixedThreadPool(8)) {
            for (var answer : workers.invokeAll(work)) {
                if (answer.get().andReturn().getResponse().getStatus() == 200) {
                    done++;
                }
            }
        }
        assertThat(done).isEqualTo(6);
        assertThat(shop.stock(chair)).isEqualTo(new Stock(chair, 10, 0, 5));
    }

    @Test
    void a_vendor_keeps_its_own_stock_and_nobody_elses() throws Exception {
        var chair = shop.product(3, vendorId);
        var found = "{\"delta\": 1, \"reason\": \"FOUND\"}";
        adjust(vendor, chair, found).andExpect(status().isOk());
        adjust(rival, chair, found)
                .andExpect(status().isNotFound())
                .andExpect(jsonPath("$.type").value("/problems/no-such-product"));
        adjust(TestTokens.bearer(vendorId, CUSTOMER), chair, found)
                .andExpect(status().isForbidden());
        adjust(staff, chair, found).andExpect(status().isOk());

        as(vendor, get("/api/v1/products/" + chair + "/stock"))
                .andExpect(jsonPath("$.on_hand").value(5));
        as(rival, get("/api/v1/products/" + chair + "/stock"))
                .andExpect(jsonPath("$.available").value(5))
                .andExpect(jsonPath("$.on_hand").doesNotExist());

        as(vendor, get("/api/v1/stock-movements")).andExpect(jsonPath("$.count").value(3));
        as(rival, get("/api/v1/stock-movements")).andExpect(jsonPath("$.count").value(0));
        as(staff, get("/api/v1/stock-movements?vendor_id=" + vendorId))
                .andExpect(jsonPath("$.count").value(3));
        as(vendor, get("/api/v1/stock/low"))
                .andExpect(jsonPath("$.results[*].product_id", contains(chair.toString())));
        as(rival, get("/api/v1/stock/low")).andExpect(jsonPath("$.count").value(0));
        as(vendor, get("/api/v1/stock/low?level=OUT")).andExpect(jsonPath("$.count").value(0));
        as(vendor, get("/api/v1/stock/low?level=IN")).andExpect(status().isBadRequest());

        send(vendor, patch("/api/v1/products/" + chair + "/stock"), "{\"low_stock_threshold\": 1}")
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.level").value("IN"));
        send(rival, patch("/api/v1/products/" + chair + "/stock"), "{\"low_stock_threshold\": 1}")
                .andExpect(status().isNotFound());
        as(vendor, get("/api/v1/stock/low")).andExpect(jsonPath("$.count").value(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/stock-movements", RESTOCK})
    void a_filter_tells_a_vendor_of_no_product_but_its_own(String books) throws Exception {
        var chair = shop.product(3, vendorId);
        String slug =
                JsonPath.read(
                        as(vendor, get("/api/v1/products/" + chair))
                                .andReturn()
                                .getResponse()
                                .getContentAsString(),
                        "$.slug");
        for (var product : List.of(chair.toString(), slug)) {
            var query = books + "?product=" + product;
            as(vendor, get(query)).andExpect(status().isOk());
            as(staff, get(query)).andExpect(status().isOk());
            as(rival, get(query))
                    .andExpect(status().isBadRequest())
                    .andExpect(jsonPath("$.errors.product[0]").value("must be one that there is"));
        }
    }

    @Test
    void movements_are_found_by_their_time() throws Exception {
        var all = "/api/v1/stock-movements?product=" + shop.product(3);
        as(staff, get(all + "&from=2026-01-01T00:00:00Z")).andExpect(jsonPath("$.count").value(1));
        as(staff, get(all + "&to=2026-01-01T00:00:00Z")).andExpect(jsonPath("$.count").value(0));
        as(staff, get(all + "&from=2126-01-01T00:00:00Z")).andExpect(jsonPath("$.count").value(0));
    }

    @Test
    void a_restock_order_comes_in_parts() throws Exception {
        var chair = shop.product(0);
        var table = shop.product(1);
        var created = draft(staff, line(chair, 10), line(table, 4)).andExpect(status().isCreated());
        var order = RESTOCK + "/" + id(created);
        created.andExpect(header().string("Location", order))
                .andExpect(jsonPath("$.status").value("DRAFT"));

        send(staff, post(order + "/receive"), receipt(line(chair, 1)))
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.type").value("/problems/restock-order-closed"))
                .andExpect(jsonPath("$.restock_status").value("DRAFT"));
        send(
                        staff,
                        patch(order).header("If-Match", "\"0\""),
                        "{\"supplier\": \"Chairs Ltd\", \"expected_on\": \"2026-12-01\"}")
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.supplier").value("Chairs Ltd"))
                .andExpect(jsonPath("$.lines.length()").value(2))
                .andExpect(header().string("ETag", "\"1\""));
        send(staff, patch(order).header("If-Match", "\"0\""), "{\"supplier\": null}")
                .andExpect(status().isPreconditionFailed());
        for (int again = 0; again < 2; again++) {
            as(staff, post(order + "/order"))
                    .andExpect(status().isOk())
                    .andExpect(jsonPath("$.status").value("ORDERED"));
        }
        send(staff, patch(order), "{\"supplier\": null}").andExpect(status().isConflict());

        send(staff, post(order + "/receive"), receipt(line(chair, 6)))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.status").value("PARTLY_RECEIVED"));
        assertThat(catalog.said(chair))
                .last()
                .isEqualTo(new StockLevelChanged(chair, Level.IN, 6, 5));
        send(staff, post(order + "/receive"), receipt(line(chair, 5), line(table, 4)))
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.type").value("/problems/more-than-ordered"))
                .andExpect(jsonPath("$.missing").value(4));
        assertThat(shop.stock(table).onHand()).as("nothing of it came").isEqualTo(1);
        send(
                        staff,
                        post(order + "/receive"),
                        """
                        {"lines": [%s, %s], "allow_excess": true, "reference": "DN-2"}
                        """
                                .formatted(line(chair, 5), line(table, 4)))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.status").value("RECEIVED"));

        as(staff, get(order))
                .andExpect(jsonPath("$.receipts.length()").value(2))
                .andExpect(jsonPath("$.receipts[1].reference").value("DN-2"))
                .andExpect(jsonPath("$.closed_at").isNotEmpty());
        assertThat(shop.stock(chair)).isEqualTo(new Stock(chair, 11, 0, 5));
        assertThat(shop.stock(table)).isEqualTo(new Stock(table, 5, 0, 5));
        as(staff, get("/api/v1/stock-movements?kind=RESTOCKED&product=" + chair))
                .andExpect(jsonPath("$.results[*].quantity", contains(5, 6)))
                .andExpect(jsonPath("$.results[0].receipt_id").isNotEmpty());
        as(staff, post(order + "/cancel")).andExpect(status().isConflict());
        as(staff, get(RESTOCK + "?status=RECEIVED&product=" + chair))
                .andExpect(jsonPath("$.count").value(1))
                .andExpect(jsonPath("$.results[0].lines.length()").value(2));
    }

    @Test
    void a_delivery_comes_once_however_often_it_is_sent() throws Exception {
        var chair = shop.product(0);
        var order = ordered(staff, line(chair, 10));
        var delivery = "{\"lines\": [%s], \"reference\": \"DN-1\"}".formatted(line(chair, 4));
        for (int again = 0; again < 3; again++) {
            send(staff, post(order + "/receive"), delivery)
                    .andExpect(status().isOk())
                    .andExpect(jsonPath("$.lines[0].received").value(4));
        }
        send(staff, post(order + "/receive"), delivery.replace("4", "5"))
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.type").value("/problems/reference-taken"));
        for (int again = 0; again < 2; again++) {
            send(
                            staff,
                            post(order + "/receive").header("Idempotency-Key", order),
                            receipt(line(chair, 2)))
                    .andExpect(status().isOk());
        }
        assertThat(shop.stock(chair).onHand()).isEqualTo(6);
    }

    @Test
    void many_who_receive_at_once_receive_no_more_than_was_ordered() throws Exception {
        var chair = shop.product(0);
        var table = shop.product(0);
        var order = ordered(staff, line(chair, 10), line(table, 10));
        var work =
                IntStream.range(0, 8)
                        .<Callable<ResultActions>>mapToObj(
                                i ->
                                        () ->
                                                send(
                                                        staff,
                                                        post(order + "/receive"),
                                                        i % 2 == 0
                                                                ? receipt(
                                                                        line(chair, 3),
                                                                        line(table, 3))
                                                                : receipt(
                                                                        line(table, 3),
                                                                        line(chair, 3))))
                        .toList();
        try (var workers = Executors.newFixedThreadPool(8)) {
            for (var answer : workers.invokeAll(work)) {
                assertThat(answer.get().andReturn().getResponse().getStatus()).isIn(200, 409);
            }
        }
        assertThat(shop.stock(chair).onHand()).isEqualTo(9);
        assertThat(shop.stock(table).onHand()).isEqualTo(9);
    }

    @Test
    void a_product_may_be_changed_while_more_of_it_comes() throws Exception {
        var chair = shop.product(0);
        var order = ordered(staff, line(chair, 4));
        Callable<ResultActions> receiving =
                () -> send(staff, post(order + "/receive"), receipt(line(chair, 4)));
        Callable<ResultActions> changing =
                () ->
                        send(
                                staff,
                                patch("/api/v1/products/" + chair),
                                "{\"slug\": \"chair-%s\", \"stock\": 3}".formatted(chair));
        try (var workers = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers =
                    transaction.execute(
                            _ -> {
                                jdbc.sql("select 1 from stock where product_id = ? for update")
                                        .param(chair)
                                        .query(Integer.class)
                                        .single();
                                var received = workers.submit(receiving);
                                await().until(() -> waiting() >= 1);
                                var changed = workers.submit(changing);
                                await().until(() -> waiting() >= 2);
                                return List.of(received, changed);
                            });
            for (var answer : answers) {
                answer.get().andExpect(status().isOk());
            }
        }
        assertThat(shop.stock(chair).onHand()).isEqualTo(3);
    }

    @Test
    void a_restock_order_has_an_end() throws Exception {
        var chair = shop.product(0);
        var table = shop.product(0);
        var order = ordered(staff, line(chair, 10), line(table, 1));
        var id = UUID.fromString(order.substring(order.lastIndexOf('/') + 1));
        jdbc.sql("update restock_lines set received = ? where product_id = ?")
                .params(Stock.MOST, chair)
                .update();
        var excess = receipt(line(chair, 1)).replaceFirst("\\{", "{\"allow_excess\": true, ");
        send(staff, post(order + "/receive"), excess)
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.type").value("/problems/too-much-received"))
                .andExpect(jsonPath("$.received").value(Stock.MOST));

        jdbc.sql(
                        """
                        insert into restock_receipts
                            (id, restock_order_id, received_by, received_at)
                        select gen_random_uuid(), ?, gen_random_uuid(), now()
                        from generate_series(1, 1000)
                        """)
                .param(id)
                .update();
        send(staff, post(order + "/receive"), receipt(line(table, 1)))
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.type").value("/problems/too-many-deliveries"));
        assertThat(shop.stock(table).onHand()).isZero();
    }

    @Test
    void what_has_not_come_when_an_order_is_cancelled_does_not_come() throws Exception {
        var chair = shop.product(0);
        var order = ordered(staff, line(chair, 10));
        send(staff, post(order + "/receive"), receipt(line(chair, 4))).andExpect(status().isOk());
        for (int again = 0; again < 2; again++) {
            as(staff, post(order + "/cancel"))
                    .andExpect(status().isOk())
                    .andExpect(jsonPath("$.status").value("CANCELLED"));
        }
        send(staff, post(order + "/receive"), receipt(line(chair, 4)))
                .andExpect(status().isConflict());
        assertThat(shop.stock(chair).onHand()).isEqualTo(4);
    }

    @Test
    void a_vendor_restocks_its_own_products_and_sees_its_own_orders() throws Exception {
        var chair = shop.product(0, vendorId);
        var others = shop.product(0);
        draft(vendor, line(others, 1))
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.errors.lines").isNotEmpty());
        draft(staff, line(UUID.randomUUID(), 1)).andExpect(status().isBadRequest());
        var order = ordered(vendor, line(chair, 2));

        as(vendor, get(order))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.vendor_id").value(vendorId.toString()));
        as(rival, get(order)).andExpect(status().isNotFound());
        for (var wish : new String[] {"/order", "/cancel"}) {
            as(rival, post(order + wish)).andExpect(status().isNotFound());
        }
        send(rival, post(order + "/receive"), receipt(line(chair, 1)))
                .andExpect(status().isNotFound());
        send(rival, patch(order), "{}").andExpect(status().isNotFound());
        send(vendor, post(order + "/receive"), receipt(line(others, 1)))
                .andExpect(status().isBadRequest());
        send(vendor, post(order + "/receive"), receipt(line(chair, 2)))
                .andExpect(jsonPath("$.status").value("RECEIVED"));

        as(vendor, get(RESTOCK)).andExpect(jsonPath("$.count").value(1));
        as(rival, get(RESTOCK)).andExpect(jsonPath("$.count").value(0));
        as(staff, get(RESTOCK + "?vendor_id=" + vendorId)).andExpect(jsonPath("$.count").value(1));
        as(TestTokens.bearer(vendorId, CUSTOMER), get(RESTOCK)).andExpect(status().isForbidden());
        http.perform(get(RESTOCK)).andExpect(status().isUnauthorized());
    }

    @Test
    void a_shelf_has_an_end() throws Exception {
        var chair = shop.product(Stock.MOST);
        var order = ordered(staff, line(chair, 1));
        send(staff, post(order + "/receive"), receipt(line(chair, 1)))
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.type").value("/problems/too-much-stock"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            {}                                                    | lines
            {"lines": []}                                         | lines
            {"lines": [null]}                                     | lines[0]
            {"lines": [{"product_id": "ID", "quantity": 0}]}      | lines[0].quantity
            {"lines": [{"product_id": "ID", "quantity": 1e9}]}    | lines[0].quantity
            {"lines": [{"quantity": 1}]}                          | lines[0].product_id
            {"lines": [{"product_id": "ID", "quantity": 1}, {"product_id": "ID", "quantity": 1}]} | lines
            {"expected_on": "+99999-01-01", "lines": [{"product_id": "ID", "quantity": 1}]} | expected_on
            {"expected_on": "soon", "lines": [{"product_id": "ID", "quantity": 1}]} | expected_on
            """)
    void a_restock_order_that_makes_no_sense_is_refused(String body, String field)
            throws Exception {
        send(staff, post(RESTOCK), body.replace("ID", UUID.randomUUID().toString()))
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.errors['%s']".formatted(field)).isNotEmpty());
    }

    @ParameterizedTest
    @CsvSource({"status=LATE", "product=nothing", "vendor_id=7", "ordering=price", "page=0"})
    void a_filter_of_restock_orders_that_makes_no_sense_is_refused(String query) throws Exception {
        as(staff, get(URI.create(RESTOCK + "?" + query))).andExpect(status().isBadRequest());
    }

    private String ordered(String who, String... lines) throws Exception {
        var order = RESTOCK + "/" + id(draft(who, lines).andExpect(status().isCreated()));
        as(who, post(order + "/order")).andExpect(status().isOk());
        return order;
    }

    private ResultActions draft(String who, String... lines) throws Exception {
        return send(who, post(RESTOCK), receipt(lines));
    }

    private static String receipt(String... lines) {
        return Stream.of(lines).collect(Collectors.joining(", ", "{\"lines\": [", "]}"));
    }

    private static String line(UUID product, int quantity) {
        return "{\"product_id\": \"%s\", \"quantity\": %d}".formatted(product, quantity);
    }

    private ResultActions adjust(String who, UUID product, String body) throws Exception {
        return send(who, post(adjustments(product)), body);
    }

    private static String adjustments(UUID product) {
        return "/api/v1/products/%s/stock-adjustments".formatted(product);
    }

    private ResultActions as(String who, MockHttpServletRequestBuilder request) throws Exception {
        return http.perform(request.header(AUTHORIZATION, who));
    }

    private ResultActions send(String who, MockHttpServletRequestBuilder request, String body)
            throws Exception {
        return as(who, request.contentType(APPLICATION_JSON).content(body));
    }

    private int waiting() {
        return jdbc.sql("select count(*) from pg_locks where not granted")
                .query(Integer.class)
                .single();
    }

    private static String id(ResultActions answer) throws Exception {
        return JsonPath.read(answer.andReturn().getResponse().getContentAsString(), "$.id");
    }
}
