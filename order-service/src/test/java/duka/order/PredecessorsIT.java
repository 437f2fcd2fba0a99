package duka.order;

import static duka.order.OrderFixture.TOTAL;
import static duka.order.OrderFixture.newId;
import static duka.order.OrderFixture.reserved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.patch;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.jayway.jsonpath.JsonPath;
import duka.events.Event;
import duka.events.Money;
import duka.events.OrderEvent.OrderAwaitingPayment;
import duka.events.OrderEvent.OrderCancelled;
import duka.events.OrderEvent.OrderConfirmed;
import duka.events.OrderEvent.OrderPaymentReminded;
import duka.events.OrderEvent.OrderPlaced;
import duka.events.PaymentEvent.PaymentAuthorized;
import duka.events.PaymentMethod;
import duka.events.ReservationEvent.StockReleased;
import duka.testing.Parallel;
import duka.web.Role;
import java.time.Duration;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** What the shops that this one replaces got wrong with orders. */
class PredecessorsIT extends OrderServiceIT {

    @Autowired CheckoutDeadline deadline;

    @Test
    void asking_for_the_order_of_a_paid_cart_reopens_nothing() throws Exception {
        var paid = sold();

        for (int time = 0; time < 3; time++) {
            asCustomer(create(paid.cart()))
                    .andExpect(status().is2xxSuccessful())
                    .andExpect(jsonPath("$.id").value(id.toString()))
                    .andExpect(jsonPath("$.status").value("CONFIRMED"));
        }

        assertThat(order.said(id)).isEmpty();
        as(newId(), Role.CUSTOMER, create(paid.cart())).andExpect(status().isConflict());
    }

    @Test
    void asking_for_the_order_of_a_cancelled_cart_revives_nothing() throws Exception {
        placed();
        asCustomer(post("/api/v1/orders/{id}/cancel", id)).andExpect(status().isOk());

        asCustomer(create(order().cart())).andExpect(jsonPath("$.status").value("CANCELLED"));
    }

    @Test
    void an_order_asked_for_several_times_at_once_is_one() {
        var cart = sold().cart();

        var answers = atOnce(Role.CUSTOMER, () -> create(cart));

        assertThat(answers).containsOnlyOnce(201).containsOnly(200, 201);
    }

    @Test
    void who_was_reminded_last_may_still_pay() {
        awaitingPaymentOfCustomer();
        clock.ahead(Duration.ofMinutes(29));
        deadline.sweep();
        assertThat(order.said(id)).last().isInstanceOf(OrderPaymentReminded.class);

        order.hears(authorized());

        endsBySaying(OrderConfirmed.class);
    }

    @Test
    void of_a_payment_and_its_deadline_at_once_exactly_one_wins() {
        for (int round = 0; round < 5; round++) {
            var each = newId();
            var cart =
                    OrderFixture.checkedOut(each, customer, PaymentMethod.CARD, token, address());
            order.hears(cart);
            endsBySaying(each, OrderPlaced.class);
            order.hears(reserved(each));
            endsBySaying(each, OrderAwaitingPayment.class);
            clock.ahead(Duration.ofMinutes(16));

            var sweeps = Parallel.begin(3, deadline::sweep);
            order.hears(new PaymentAuthorized(each, payment, TOTAL));
            sweeps.join();
            hasHeard(each, "PaymentAuthorized");
            deadline.sweep();
            clock.ahead(Duration.ZERO);

            assertThat(order.said(each).stream().skip(2).map(Event::getClass).toList())
                    .isIn(List.of(OrderConfirmed.class), List.of(OrderCancelled.class));
        }
    }

    @Test
    void an_order_that_is_cancelled_several_times_at_once_is_cancelled_once() {
        sold();

        var answers = atOnce(Role.CUSTOMER, () -> post("/api/v1/orders/{id}/cancel", id));

        assertThat(answers).containsOnlyOnce(200).containsOnly(200, 409);
        assertThat(order.said(id)).hasSize(1);
    }

    @Test
    void what_is_released_twice_is_free_once() {
        placed();
        clock.ahead(Duration.ofMinutes(3));
        deadline.sweep();
        deadline.sweep();
        endsBySaying(OrderCancelled.class);

        order.hears(new StockReleased(id));
        hasHeard("StockReleased");

        assertThat(order.said(id)).filteredOn(OrderCancelled.class::isInstance).hasSize(1);
        assertThat(order().isOver()).isTrue();
    }

    @Test
    void no_id_and_no_method_is_an_error_of_ours() throws Exception {
        for (var wrong :
                List.of(
                        get("/api/v1/orders/1"),
                        get("/api/v1/orders/1/timeline"),
                        get("/api/v1/orders/1/shipments"),
                        get("/api/v1/orders/1/events"),
                        get("/api/v1/shipments/1"),
                        get("/api/v1/returns/1"),
                        get("/api/v1/sagas/1"),
                        post("/api/v1/orders/1/cancel"),
                        post("/api/v1/returns/1/approve"),
                        json(patch("/api/v1/shipments/1"), "{}"),
                        json(post("/api/v1/orders/create"), "{\"cart_id\": 1.5e300}"),
                        json(post("/api/v1/orders/create"), "[]"))) {
            staff(wrong)
                    .andExpect(status().isBadRequest())
                    .andExpect(content().contentType("application/problem+json"));
        }
        for (var unsupported :
                List.of(post("/api/v1/orders"), post("/api/v1/returns"), patch("/api/v1/sagas"))) {
            staff(unsupported)
                    .andExpect(status().isMethodNotAllowed())
                    .andExpect(content().contentType("application/problem+json"));
        }
    }

    @Test
    void lines_add_up_to_the_total() throws Exception {
        sold();

        var seen =
                asCustomer(get("/api/v1/orders/{id}", id))
                        .andReturn()
                        .getResponse()
                        .getContentAsString();

        var sum =
                JsonPath.<List<String>>read(seen, "$.lines[*].line_total").stream()
                        .map(amount -> Money.of(amount, "KES"))
                        .reduce(Money.zero(Currency.getInstance("KES")), Money::plus);
        assertThat(sum.decimal()).isEqualTo(JsonPath.<String>read(seen, "$.total"));
    }

    @Test
    void a_vendor_buys_like_anybody_else() throws Exception {
        sold(
                OrderFixture.checkedOut(id, vendor, PaymentMethod.CARD, null, address()),
                clock.instant());

        asVendor(get("/api/v1/orders"))
                .andExpect(jsonPath("$.results[*].id", contains(id.toString())));
        asVendor(post("/api/v1/orders/{id}/cancel", id))
                .andExpect(jsonPath("$.reason").value("CUSTOMER"));
    }

    @Test
    void every_list_has_the_same_shape() throws Exception {
        for (var list : List.of("orders", "orders?cursor=", "returns", "sagas", "reports/sales")) {
            staff(get("/api/v1/" + list))
                    .andExpect(status().isOk())
                    .andExpect(
                            jsonPath("$.keys()", contains("count", "next", "previous", "results")));
        }
    }

    private void awaitingPaymentOfCustomer() {
        order.hears(checkedOut(PaymentMethod.CARD, null));
        endsBySaying(OrderPlaced.class);
        order.hears(reserved(id));
        endsBySaying(OrderAwaitingPayment.class);
    }

    private static MockHttpServletRequestBuilder create(UUID cart) {
        return json(post("/api/v1/orders/create"), "{\"cart_id\": \"%s\"}".formatted(cart));
    }
}
