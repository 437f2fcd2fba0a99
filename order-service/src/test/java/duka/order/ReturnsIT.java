package duka.order;

import static duka.order.OrderFixture.newId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasItems;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.patch;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import duka.events.Event;
import duka.events.OrderEvent.OrderDelivered;
import duka.events.OrderEvent.OrderReturnApproved;
import duka.events.OrderEvent.OrderReturnRejected;
import duka.events.OrderEvent.OrderReturnRequested;
import duka.events.OrderEvent.OrderReturned;
import duka.events.OrderEvent.OrderShipped;
import duka.events.PaymentEvent.Asker;
import duka.events.PaymentEvent.PaymentCaptured;
import duka.events.PaymentEvent.PaymentRefunded;
import duka.events.PaymentEvent.PaymentVoided;
import duka.events.PaymentMethod;
import duka.events.Quantity;
import duka.events.ReservationEvent.StockReturned;
import duka.web.Role;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** How orders come back. */
class ReturnsIT extends OrderServiceIT {

    private static final String DAMAGED = "{\"reason\": \"DAMAGED\", \"comment\": \"It broke.\"}";

    @Test
    void an_order_that_its_customer_sends_back_is_restocked_and_refunded() throws Exception {
        delivered();

        var wish =
                read(
                        ask().andExpect(status().isCreated())
                                .andExpect(jsonPath("$.status").value("REQUESTED")),
                        "$.id");
        decide(wish, "approve", "").andExpect(jsonPath("$.status").value("APPROVED"));
        decide(wish, "receive", "").andExpect(jsonPath("$.status").value("RECEIVED"));

        assertThat(saidSinceDelivery())
                .containsExactly(
                        new OrderReturnRequested(id, UUID.fromString(wish), "DAMAGED"),
                        new OrderReturnApproved(id, UUID.fromString(wish)),
                        new OrderReturned(id));
        assertThat(order().status()).isEqualTo(OrderStatus.RETURNED);
        assertThat(order().waitsFor()).containsExactly(Awaited.STOCK_RETURNED, Awaited.MONEY_BACK);
        order.hears(new StockReturned(id, all()));
        order.hears(
                new PaymentRefunded(
                        id, payment, newId(), OrderFixture.TOTAL, "returned", Asker.ORDER));
        hasHeard("PaymentRefunded");
        hasHeard("StockReturned");
        assertThat(order().isOver()).isTrue();
        asCustomer(get("/api/v1/orders/{id}/timeline", id))
                .andExpect(
                        jsonPath(
                                "$[*].heard",
                                hasItems("ReturnRequested", "ReturnApproved", "Return")));
    }

    @Test
    void what_is_decided_twice_is_decided_once() throws Exception {
        delivered();
        var wish = read(ask(), "$.id");

        for (var decision : List.of("approve", "receive")) {
            decide(wish, decision, "").andExpect(status().isOk());
            decide(wish, decision, "").andExpect(status().isOk());
        }

        assertThat(saidSinceDelivery()).hasSize(3);
        decide(wish, "approve", "").andExpect(status().isConflict());
        decide(wish, "reject", "{\"reason\": \"no\"}")
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.type").value("/problems/return-decided"))
                .andExpect(jsonPath("$.return_status").value("RECEIVED"));
    }

    @Test
    void a_rejected_return_tells_why_and_another_may_be_asked_for() throws Exception {
        delivered();
        var wish = read(ask(), "$.id");

        decide(wish, "reject", "{\"reason\": \" \"}").andExpect(status().isBadRequest());
        decide(wish, "reject", "{\"reason\": \"It was worn.\"}").andExpect(status().isOk());
        decide(wish, "receive", "").andExpect(status().isConflict());

        asCustomer(get("/api/v1/returns/{id}", wish))
                .andExpect(jsonPath("$.status").value("REJECTED"))
                .andExpect(jsonPath("$.refusal").value("It was worn."));
        assertThat(saidSinceDelivery())
                .last()
                .isEqualTo(new OrderReturnRejected(id, UUID.fromString(wish), "It was worn."));
        assertThat(order().status()).isEqualTo(OrderStatus.DELIVERED);
        ask().andExpect(status().isCreated());
    }

    @Test
    void an_order_has_one_open_return_however_often_it_is_asked_for_at_once() throws Exception {
        delivered();

        var answers = atOnce(Role.CUSTOMER, () -> json(returns(), DAMAGED));

        assertThat(answers).containsOnlyOnce(201).containsOnly(201, 409);
        assertThat(saidSinceDelivery()).hasSize(1);
        ask().andExpect(jsonPath("$.type").value("/problems/return-open"));
    }

    @Test
    void an_order_that_comes_back_twice_at_once_is_returned_once() throws Exception {
        delivered();
        var wish = read(ask(), "$.id");

        var answers = atOnce(Role.ADMIN, () -> decision(wish, "receive", ""));

        assertThat(answers).containsOnly(200);

        assertThat(saidSinceDelivery()).filteredOn(OrderReturned.class::isInstance).hasSize(1);
    }

    @Test
    void the_time_to_send_something_back_ends_but_not_for_staff() throws Exception {
        delivered();
        clock.ahead(Duration.ofDays(30).plusMinutes(1));

        ask().andExpect(status().isConflict())
                .andExpect(jsonPath("$.type").value("/problems/return-too-late"));
        staff(json(returns(), DAMAGED)).andExpect(status().isCreated());
    }

    @Test
    void what_has_not_left_cannot_come_back() throws Exception {
        sold();

        ask().andExpect(status().isConflict())
                .andExpect(jsonPath("$.type").value("/problems/order-not-returnable"))
                .andExpect(jsonPath("$.order_status").value("CONFIRMED"));
        staff(json(returns(), "{\"reason\": \"OTHER\", \"received\": true}"))
                .andExpect(status().isConflict());
    }

    @Test
    void cash_that_is_refused_at_the_door_is_never_taken() throws Exception {
        sold(PaymentMethod.CASH_ON_DELIVERY);
        staff(post("/api/v1/orders/{id}/shipments", id)).andExpect(status().isCreated());

        asCustomer(json(returns(), "{\"reason\": \"OTHER\", \"received\": true}"))
                .andExpect(status().isForbidden());
        staff(json(returns(), "{\"reason\": \"REFUSED_AT_THE_DOOR\", \"received\": true}"))
                .andExpect(status().isCreated())
                .andExpect(jsonPath("$.status").value("RECEIVED"));

        assertThat(order.said(id))
                .hasExactlyElementsOfTypes(OrderShipped.class, OrderReturned.class);
        order.hears(new StockReturned(id, all()));
        order.hears(new PaymentVoided(id, payment, OrderFixture.TOTAL));
        hasHeard("PaymentVoided");
        hasHeard("StockReturned");
        assertThat(order().isOver()).isTrue();
    }

    @Test
    void cash_whose_payment_is_heard_of_after_the_return_is_given_back() throws Exception {
        sold(PaymentMethod.CASH_ON_DELIVERY);
        deliver();
        var wish = read(ask(), "$.id");
        decide(wish, "receive", "").andExpect(status().isOk());

        order.hears(new PaymentCaptured(id, payment, OrderFixture.TOTAL));
        hasHeard("PaymentCaptured");

        assertThat(order().waitsFor()).contains(Awaited.MONEY_BACK);
        order.hears(
                new PaymentRefunded(
                        id, payment, newId(), OrderFixture.TOTAL, "returned", Asker.ORDER));
        hasHeard("PaymentRefunded");
        assertThat(order().waitsFor()).containsExactly(Awaited.STOCK_RETURNED);
    }

    @Test
    void customers_see_their_own_returns_and_staff_all() throws Exception {
        delivered();
        var wish = read(ask(), "$.id");

        asCustomer(get("/api/v1/returns"))
                .andExpect(jsonPath("$.results[*].id", contains(wish)))
                .andExpect(jsonPath("$.results[0].comment").value("It broke."));
        asCustomer(get("/api/v1/returns?status=APPROVED")).andExpect(jsonPath("$.count").value(0));
        staff(get("/api/v1/returns").param("order_id", id.toString()))
                .andExpect(jsonPath("$.results[*].id", contains(wish)));
        as(newId(), Role.CUSTOMER, get("/api/v1/returns")).andExpect(jsonPath("$.count").value(0));
        as(newId(), Role.CUSTOMER, get("/api/v1/returns/{id}", wish))
                .andExpect(status().isNotFound());
        as(newId(), Role.CUSTOMER, json(returns(), DAMAGED)).andExpect(status().isNotFound());
        asCustomer(decision(wish, "approve", "")).andExpect(status().isForbidden());
        asVendor(decision(wish, "receive", "")).andExpect(status().isForbidden());
    }

    @Test
    void a_wrong_wish_is_a_bad_request() throws Exception {
        delivered();

        for (var wrong :
                List.of(
                        "{}",
                        "{\"reason\": \"WHY_NOT\"}",
                        "{\"reason\": \"OTHER\", \"comment\": \"%s\"}".formatted("x".repeat(501)),
                        "{\"reason\": \"OTHER\", \"comment\": \"\\u0000\"}")) {
            asCustomer(json(returns(), wrong)).andExpect(status().isBadRequest());
        }
        for (var query : List.of("status=LOST", "order_id=mine", "ordering=comment")) {
            asCustomer(get("/api/v1/returns?" + query)).andExpect(status().isBadRequest());
        }
        decide(newId().toString(), "approve", "").andExpect(status().isNotFound());
        assertThat(order().status()).isEqualTo(OrderStatus.DELIVERED);
    }

    private void delivered() throws Exception {
        sold();
        deliver();
        assertThat(order.said(id))
                .hasExactlyElementsOfTypes(OrderShipped.class, OrderDelivered.class);
    }

    private void deliver() throws Exception {
        var shipment = read(staff(post("/api/v1/orders/{id}/shipments", id)), "$.id");
        staff(json(patch("/api/v1/shipments/{id}", shipment), "{\"status\": \"DELIVERED\"}"))
                .andExpect(status().isOk());
    }

    private ResultActions ask() throws Exception {
        return asCustomer(json(returns(), DAMAGED));
    }

    private MockHttpServletRequestBuilder returns() {
        return post("/api/v1/orders/{id}/returns", id);
    }

    private ResultActions decide(String wish, String how, String body) throws Exception {
        return staff(decision(wish, how, body));
    }

    private static MockHttpServletRequestBuilder decision(String wish, String how, String body) {
        var request = post("/api/v1/returns/{id}/{how}", wish, how);
        return body.isEmpty() ? request : json(request, body);
    }

    private List<Event> saidSinceDelivery() {
        return order.said(id).stream().skip(2).toList();
    }

    private static List<Quantity> all() {
        return List.of(new Quantity(OrderFixture.SHOES, 2), new Quantity(OrderFixture.SOCKS, 1));
    }
}
