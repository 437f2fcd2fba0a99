package duka.order;

import static duka.order.OrderFixture.newId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.patch;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.jayway.jsonpath.JsonPath;
import duka.events.CartEvent.CartCheckedOut;
import duka.events.OrderEvent.OrderRejected;
import duka.events.PaymentEvent.PaymentCaptured;
import duka.events.PaymentMethod;
import duka.events.Refusal;
import duka.events.ReservationEvent.StockRejected;
import duka.messaging.Uuid7;
import duka.web.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.ResultActions;

/** Orders, as they are stored and as they are seen. */
class OrdersIT extends OrderServiceIT {

    @Test
    void an_order_is_stored_as_it_is() {
        var order = placed(id);

        var stored = order();

        assertThat(stored)
                .usingRecursiveComparison()
                .ignoringFields("news", "since", "createdAt", "updatedAt", "deadline")
                .isEqualTo(order);
        assertThat(orders.timeline(stored.id())).isEqualTo(order.news());
    }

    @Test
    void of_a_cart_that_was_given_back_the_next_order_is_awaited() {
        var checkedOut = checkedOut();
        var first = sold(checkedOut, clock.instant());
        var cart = new CheckedOutCart(first.customer(), first.cart());
        var any = new NextOrder(cart, null);
        var next = new NextOrder(cart, first.id());

        assertThat(orders.findMade(Set.of(any, next))).containsExactly(any);
        sold(OrderFixture.again(newId(), checkedOut), clock.instant());
        assertThat(orders.findMade(Set.of(any, next))).containsExactlyInAnyOrder(any, next);
    }

    @Test
    void customers_see_their_own_orders_in_full() throws Exception {
        placed(id);

        asCustomer(get("/api/v1/orders/{id}", id))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.id").value(id.toString()))
                .andExpect(jsonPath("$.status").value("PLACED"))
                .andExpect(jsonPath("$.total").value("800.50"))
                .andExpect(jsonPath("$.currency").value("KES"))
                .andExpect(jsonPath("$.shipping_address").value("1 Moi Avenue"))
                .andExpect(jsonPath("$.billing_address").value("2 Moi Avenue"))
                .andExpect(jsonPath("$.lines[0].unit_price").value("389.00"))
                .andExpect(jsonPath("$.lines[0].price_at_purchase").value("389.00"))
                .andExpect(jsonPath("$.lines[0].line_total").value("778.00"))
                .andExpect(jsonPath("$.items", hasSize(2)));
    }

    @Test
    void somebody_elses_order_is_not_there_but_staff_see_it() throws Exception {
        clock.ahead(Duration.ofMinutes(-2));
        var old = newOldId();
        placed(old);
        clock.ahead(Duration.ZERO);

        as(newId(), Role.CUSTOMER, get("/api/v1/orders/{id}", old))
                .andExpect(status().isNotFound())
                .andExpect(jsonPath("$.type").value("/problems/no-such-order"));
        as(newId(), Role.STORE_MANAGER, get("/api/v1/orders/{id}", old)).andExpect(status().isOk());
    }

    @Test
    void an_order_that_may_still_come_is_not_known_yet() throws Exception {
        asCustomer(get("/api/v1/orders/{id}", newId()))
                .andExpect(status().isNotFound())
                .andExpect(header().string("Retry-After", "1"))
                .andExpect(jsonPath("$.type").value("/problems/order-not-known-yet"));
        asCustomer(get("/api/v1/orders/{id}", UUID.randomUUID()))
                .andExpect(status().isNotFound())
                .andExpect(jsonPath("$.type").value("/problems/no-such-order"));
    }

    @Test
    void a_list_has_pages_an_order_and_filters() throws Exception {
        var first = placed(id);
        var second = placed(newId());
        var third = placed(newId());

        asCustomer(get("/api/v1/orders?page_size=2"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.count").value(3))
                .andExpect(jsonPath("$.next").value("/api/v1/orders?page_size=2&page=2"))
                .andExpect(jsonPath("$.results[*].id", contains(text(third), text(second))));
        asCustomer(get("/api/v1/orders?ordering=created_at"))
                .andExpect(
                        jsonPath(
                                "$.results[*].id",
                                contains(text(first), text(second), text(third))));
        asCustomer(get("/api/v1/orders?status=CONFIRMED")).andExpect(jsonPath("$.count").value(0));
        asCustomer(get("/api/v1/orders").param("created_from", third.createdAt().toString()))
                .andExpect(jsonPath("$.results[*].id", contains(text(third))));
        asCustomer(get("/api/v1/orders").param("created_to", second.createdAt().toString()))
                .andExpect(jsonPath("$.results[*].id", contains(text(first))));
        as(newId(), Role.ADMIN, get("/api/v1/orders").param("customer_id", customer.toString()))
                .andExpect(jsonPath("$.count").value(3));
        asCustomer(get("/api/v1/orders").param("search", text(second)))
                .andExpect(jsonPath("$.results[*].id", contains(text(second))));
        asCustomer(get("/api/v1/orders").param("search", text(id).substring(0, 3)))
                .andExpect(jsonPath("$.count").value(3));
        staff(get("/api/v1/orders").param("search", text(first)))
                .andExpect(jsonPath("$.results[*].id", contains(text(first))));
    }

    @Test
    void a_cursor_reads_on_to_the_end() throws Exception {
        var all = new ArrayList<String>();
        for (int order = 0; order < 5; order++) {
            all.addFirst(text(placed(newId())));
        }

        var read = new ArrayList<String>();
        var next = "/api/v1/orders?cursor=&page_size=2";
        while (next != null) {
            var page =
                    asCustomer(get(next))
                            .andExpect(status().isOk())
                            .andReturn()
                            .getResponse()
                            .getContentAsString();
            read.addAll(JsonPath.<List<String>>read(page, "$.results[*].id"));
            next = JsonPath.read(page, "$.next");
        }

        assertThat(read).isEqualTo(all);
    }

    @Test
    void a_wrong_wish_is_a_bad_request() throws Exception {
        for (var query :
                List.of(
                        "status=LOST",
                        "ordering=customer_id",
                        "page_size=0",
                        "created_from=yesterday",
                        "created_from=-100000-01-01T00:00:00Z",
                        "customer_id=me",
                        "cursor=nonsense",
                        "search=nonsense",
                        "search=0192d5c0-0000-7000-8000-0000000000010")) {
            asCustomer(get("/api/v1/orders?" + query)).andExpect(status().isBadRequest());
        }
        asCustomer(get("/api/v1/orders/nonsense")).andExpect(status().isBadRequest());
        for (var filter : List.of("customer_id", "vendor_id")) {
            asCustomer(get("/api/v1/orders").param(filter, newId().toString()))
                    .andExpect(status().isForbidden());
        }
    }

    @Test
    void the_api_is_described_for_everybody() throws Exception {
        http.perform(get("/v3/api-docs"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.openapi").value("3.1.0"))
                .andExpect(jsonPath("$.paths['/api/v1/orders/{id}/events'].get").exists())
                .andExpect(jsonPath("$.paths['/api/v1/sagas/{id}/cancel'].post").exists());
    }

    @Test
    void every_operation_has_a_name_of_its_own() throws Exception {
        var docs = http.perform(get("/v3/api-docs")).andReturn().getResponse().getContentAsString();

        assertThat(JsonPath.<List<String>>read(docs, "$..operationId"))
                .doesNotHaveDuplicates()
                .contains("listSold", "askToReturn", "reportSales", "cancelLines");
    }

    @Test
    void outcomes_and_durations_are_measured() throws Exception {
        confirmed();

        http.perform(get("/actuator/prometheus"))
                .andExpect(status().isOk())
                .andExpect(
                        content()
                                .string(
                                        containsString(
                                                "duka_orders_decided_seconds_count{outcome=\"CONFIRMED\"")));
    }

    @Test
    void without_a_token_there_is_nothing_to_see() throws Exception {
        http.perform(get("/api/v1/orders")).andExpect(status().isUnauthorized());
        asCustomer(get("/api/v1/sagas")).andExpect(status().isForbidden());
        asCustomer(post("/api/v1/orders/{id}/shipments", id)).andExpect(status().isForbidden());
    }

    @Test
    void a_confirmed_checkout_has_made_one_order_however_often_one_asks() throws Exception {
        var cart = placed(id).cart();

        create(cart).andExpect(status().isCreated()).andExpect(jsonPath("$.id").value(text(id)));
        create(cart).andExpect(status().isOk()).andExpect(jsonPath("$.id").value(text(id)));
    }

    @Test
    void a_cart_that_was_not_confirmed_has_made_none() throws Exception {
        create(newId())
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.type").value("/problems/checkout-not-confirmed"));
        asCustomer(
                        post("/api/v1/orders/create")
                                .contentType(MediaType.APPLICATION_JSON)
                                .content("{}"))
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.errors.cart_id").exists());
    }

    @Test
    void staff_see_what_is_stuck_and_why() throws Exception {
        placed(id);
        var begun = orders.timeline(new OrderId(id)).getFirst().at();

        staff(get("/api/v1/sagas?state=PLACED&page_size=100&older_than=0s"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.results[*].order_id", hasItem(text(id))));
        staff(get("/api/v1/sagas?older_than=PT1H&page_size=100"))
                .andExpect(jsonPath("$.results[*].order_id", not(hasItem(text(id)))));
        staff(get("/api/v1/sagas/{id}", id))
                .andExpect(jsonPath("$.state").value("PLACED"))
                .andExpect(jsonPath("$.waits_for", contains("STOCK")))
                .andExpect(jsonPath("$.waiting[0].what").value("STOCK"))
                .andExpect(jsonPath("$.waiting[0].from").value("catalog-service"))
                .andExpect(jsonPath("$.waiting[0].since").value(begun.toString()))
                .andExpect(jsonPath("$.timeline[0].heard").value("CartCheckedOut"))
                .andExpect(jsonPath("$.timeline[0].from").value(nullValue()));
        for (var wrong : List.of("long", "-5m", "PT-5M", "999999999999d", "")) {
            staff(get("/api/v1/sagas").param("older_than", wrong))
                    .andExpect(status().isBadRequest());
        }
    }

    @Test
    void staff_cancel_for_a_customer() throws Exception {
        placed(id);

        staff(post("/api/v1/sagas/{id}/cancel", id))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.status").value("CANCELLED"))
                .andExpect(jsonPath("$.reason").value("STAFF"));
        staff(post("/api/v1/sagas/{id}/cancel", id))
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.type").value("/problems/order-not-cancellable"));
    }

    @Test
    void a_rejected_order_says_what_was_wrong_with_its_lines() throws Exception {
        placed();
        order.hears(
                new StockRejected(
                        id,
                        List.of(new Refusal(OrderFixture.SOCKS, Refusal.Why.WITHDRAWN, 0, null))));
        endsBySaying(OrderRejected.class);

        asCustomer(get("/api/v1/orders/{id}", id))
                .andExpect(jsonPath("$.reason").value("WITHDRAWN"))
                .andExpect(jsonPath("$.lines[0].refused").value(nullValue()))
                .andExpect(jsonPath("$.lines[1].refused").value("WITHDRAWN"));
        asCustomer(get("/api/v1/orders/{id}/timeline", id))
                .andExpect(jsonPath("$[*].heard", contains("CartCheckedOut", "StockRejected")))
                .andExpect(jsonPath("$[1].from").value("PLACED"))
                .andExpect(jsonPath("$[1].status").value("REJECTED"));
    }

    @Test
    void staff_ship_an_order_and_say_that_it_arrived() throws Exception {
        confirmed();
        staff(post("/api/v1/orders/{id}/shipments", id))
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.type").value("/problems/order-not-shippable"));
        order.hears(new PaymentCaptured(id, payment, OrderFixture.TOTAL));
        hasHeard("PaymentCaptured");

        staff(
                        post("/api/v1/orders/{id}/shipments", id)
                                .contentType(MediaType.APPLICATION_JSON)
                                .content(
                                        """
                                        {"lines": [{"product_id": "%s", "quantity": 3}]}
                                        """
                                                .formatted(OrderFixture.SHOES)))
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.type").value("/problems/lines-not-open"));
        var shipment =
                staff(post("/api/v1/orders/{id}/shipments", id))
                        .andExpect(status().isCreated())
                        .andExpect(jsonPath("$.lines", hasSize(2)))
                        .andReturn()
                        .getResponse()
                        .getContentAsString();
        staff(
                        patch("/api/v1/shipments/{id}", JsonPath.<String>read(shipment, "$.id"))
                                .contentType("application/merge-patch+json")
                                .content("{\"status\": \"DELIVERED\"}"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.status").value("DELIVERED"));
        asCustomer(get("/api/v1/orders/{id}", id))
                .andExpect(jsonPath("$.status").value("DELIVERED"))
                .andExpect(jsonPath("$.lines[0].delivered").value(2));
        asCustomer(get("/api/v1/orders/{id}/shipments", id))
                .andExpect(jsonPath("$[0].lines[1].quantity").value(1));
        staff(
                        patch("/api/v1/shipments/{id}", newId())
                                .contentType(MediaType.APPLICATION_JSON)
                                .content("{\"status\": \"DELIVERED\"}"))
                .andExpect(status().isNotFound());
    }

    private Order placed(UUID id) {
        CartCheckedOut cart =
                OrderFixture.checkedOut(id, customer, PaymentMethod.CARD, token, address());
        var order = new Order(cart, clock.instant());
        order.begin(clock.instant(), clock.instant().plusSeconds(120));
        transaction.executeWithoutResult(_ -> orders.save(List.of(order)));
        return order;
    }

    /** Of two minutes ago, when nobody waits for it any more. */
    private UUID newOldId() {
        return Uuid7.mint(clock);
    }

    private ResultActions create(UUID cart) throws Exception {
        return asCustomer(
                post("/api/v1/orders/create")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{\"cart_id\": \"%s\"}".formatted(cart)));
    }

    private static String text(Order order) {
        return order.id().toString();
    }

    private static String text(UUID id) {
        return id.toString();
    }
}
