package duka.order;

import static duka.order.OrderFixture.SHOES;
import static duka.order.OrderFixture.SOCKS;
import static duka.order.OrderFixture.newId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.patch;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import duka.events.Money;
import duka.events.OrderEvent.OrderDelivered;
import duka.events.OrderEvent.OrderLinesCancelled;
import duka.events.OrderEvent.OrderShipped;
import duka.events.OrderEvent.VendorShare;
import duka.events.PaymentMethod;
import duka.events.Quantity;
import duka.web.Role;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** How what was sold gets to its customer, or does not. */
class ShippingIT extends OrderServiceIT {

    @Test
    void a_shipment_says_how_it_travels_until_it_is_there() throws Exception {
        sold();

        var made =
                staff(
                                json(
                                        ship(),
                                        """
                                        {"carrier": "Sendy", "tracking": "KE-1"}
                                        """))
                        .andExpect(status().isCreated())
                        .andExpect(jsonPath("$.carrier").value("Sendy"))
                        .andExpect(jsonPath("$.vendor_id").value(nullValue()));
        var shipment = read(made, "$.id");
        staff(json(patch("/api/v1/shipments/{id}", shipment), "{\"tracking\": \"KE-2\"}"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.status").value("SHIPPED"));

        asCustomer(get("/api/v1/shipments/{id}", shipment))
                .andExpect(jsonPath("$.carrier").value("Sendy"))
                .andExpect(jsonPath("$.tracking").value("KE-2"));
        as(newId(), Role.CUSTOMER, get("/api/v1/shipments/{id}", shipment))
                .andExpect(status().isNotFound());
        assertThat(order().status()).isEqualTo(OrderStatus.SHIPPED);
    }

    @Test
    void an_order_is_delivered_once_all_its_shipments_are() throws Exception {
        sold();
        var first = read(staff(json(ship(), units(SHOES, 1))), "$.id");
        var second = read(staff(ship()), "$.id");

        delivered(first).andExpect(status().isOk());
        delivered(first).andExpect(status().isOk());
        assertThat(order().status()).isEqualTo(OrderStatus.SHIPPED);
        delivered(second).andExpect(jsonPath("$.status").value("DELIVERED"));

        assertThat(order.said(id))
                .containsExactly(
                        new OrderShipped(
                                id, UUID.fromString(first), List.of(new Quantity(SHOES, 1)), false),
                        new OrderShipped(
                                id,
                                UUID.fromString(second),
                                List.of(new Quantity(SHOES, 1), new Quantity(SOCKS, 1)),
                                true),
                        new OrderDelivered(id));
    }

    @Test
    void what_came_back_is_not_delivered_any_more() throws Exception {
        sold();
        var first = read(staff(json(ship(), units(SHOES, 1))), "$.id");
        var second = read(staff(ship()), "$.id");
        delivered(first).andExpect(status().isOk());
        staff(
                        json(
                                post("/api/v1/orders/{id}/returns", id),
                                "{\"reason\": \"REFUSED_AT_THE_DOOR\", \"received\": true}"))
                .andExpect(status().isCreated());

        delivered(second)
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.type").value("/problems/order-over"))
                .andExpect(jsonPath("$.order_status").value("RETURNED"));

        staff(json(patch("/api/v1/shipments/{id}", second), "{\"tracking\": \"KE-2\"}"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.status").value("SHIPPED"));
        delivered(first).andExpect(status().isOk());
        assertThat(order().lines()).extracting(OrderLine::delivered).containsExactly(1, 0);
    }

    @Test
    void of_two_who_ship_the_same_at_once_one_does() {
        sold();

        var answers = atOnce(Role.ADMIN, this::ship);

        assertThat(answers).containsOnlyOnce(201).containsOnly(201, 409);
        assertThat(order.said(id)).hasSize(1);
    }

    @Test
    void a_shipment_asked_for_again_with_the_same_key_is_the_same() throws Exception {
        sold();
        var one = UUID.randomUUID().toString();
        var staff = newId();

        var ids =
                Stream.of(1, 2)
                        .map(
                                _ ->
                                        idOf(
                                                staff,
                                                json(ship(), units(SHOES, 1))
                                                        .header("Idempotency-Key", one)))
                        .distinct();

        assertThat(ids).hasSize(1);
        assertThat(order().open()).contains(new Quantity(SHOES, 1));
    }

    @Test
    void a_vendor_ships_what_it_sold_and_nothing_else() throws Exception {
        sold();

        asVendor(json(ship(), units(SOCKS, 1)))
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.type").value("/problems/lines-not-open"))
                .andExpect(jsonPath("$.open", hasSize(1)));
        var made =
                asVendor(ship())
                        .andExpect(status().isCreated())
                        .andExpect(jsonPath("$.lines", hasSize(1)))
                        .andExpect(jsonPath("$.vendor_id").value(vendor.toString()));
        assertThat(order().status()).isEqualTo(OrderStatus.PARTLY_SHIPPED);

        as(newId(), Role.VENDOR, ship()).andExpect(status().isNotFound());
        as(newId(), Role.VENDOR, arrival(read(made, "$.id"))).andExpect(status().isNotFound());
        asVendor(arrival(read(made, "$.id"))).andExpect(status().isOk());
        asVendor(get("/api/v1/shipments/{id}", read(made, "$.id"))).andExpect(status().isOk());
        asVendor(arrival(read(staff(ship()), "$.id"))).andExpect(status().isNotFound());
        asVendor(get("/api/v1/orders/{id}/shipments", id)).andExpect(jsonPath("$", hasSize(1)));
        asCustomer(get("/api/v1/orders/{id}/shipments", id)).andExpect(jsonPath("$", hasSize(2)));
        as(newId(), Role.VENDOR, get("/api/v1/orders/{id}/shipments", id))
                .andExpect(status().isNotFound());
    }

    @Test
    void a_vendor_who_bought_something_cannot_ship_it_itself() throws Exception {
        sold();

        as(customer, Role.VENDOR, ship()).andExpect(status().isNotFound());
        asCustomer(ship()).andExpect(status().isForbidden());
    }

    @Test
    void cash_is_shipped_before_it_is_paid() throws Exception {
        sold(PaymentMethod.CASH_ON_DELIVERY);

        staff(ship()).andExpect(status().isCreated());
    }

    @Test
    void a_shipment_of_what_cannot_be_is_refused() throws Exception {
        sold();

        for (var wrong :
                List.of(
                        units(SHOES, 0),
                        units(SHOES, -1),
                        units(SHOES, 10_001),
                        "{\"lines\": []}",
                        "{\"lines\": [null]}",
                        "{\"lines\": [{\"product_id\": \"shoes\", \"quantity\": 1}]}",
                        "{\"carrier\": \"%s\"}".formatted("x".repeat(101)))) {
            staff(json(ship(), wrong)).andExpect(status().isBadRequest());
        }
        staff(json(ship(), units(newId(), 1))).andExpect(status().isConflict());
        staff(json(ship(), units(SHOES, 3))).andExpect(status().isConflict());
    }

    @Test
    void a_customer_cancels_what_was_not_shipped_and_gets_its_money_back() throws Exception {
        sold();

        asCustomer(json(cancelLines(), units(SHOES, 1)))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.amount").value("389.00"))
                .andExpect(jsonPath("$.order.status").value("CONFIRMED"))
                .andExpect(jsonPath("$.order.lines[0].cancelled").value(1));

        assertThat(order.said(id))
                .containsExactly(
                        new OrderLinesCancelled(
                                id,
                                List.of(new Quantity(SHOES, 1)),
                                Money.of("389.00", "KES"),
                                List.of(new VendorShare(vendor, Money.of("389.00", "KES")))));
        staff(get("/api/v1/sagas/{id}", id))
                .andExpect(jsonPath("$.waiting[*].what", hasSize(2)))
                .andExpect(jsonPath("$.waiting[1].from").value("payment-service"));
        asCustomer(post("/api/v1/orders/{id}/cancel", id)).andExpect(status().isConflict());
    }

    @Test
    void of_several_who_cancel_the_same_line_at_once_one_does() {
        sold();

        var answers = atOnce(Role.CUSTOMER, () -> json(cancelLines(), units(SHOES, 2)));

        assertThat(answers).containsOnlyOnce(200).containsOnly(200, 409);
        assertThat(order.said(id)).hasSize(1);
    }

    @Test
    void lines_that_are_not_open_or_not_paid_or_not_ones_own_cannot_be_cancelled()
            throws Exception {
        sold();
        asCustomer(json(cancelLines(), units(SHOES, 3)))
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.type").value("/problems/lines-not-open"));
        as(newId(), Role.CUSTOMER, json(cancelLines(), units(SHOES, 1)))
                .andExpect(status().isNotFound());
        asVendor(json(cancelLines(), units(SHOES, 1))).andExpect(status().isNotFound());
        asCustomer(json(cancelLines(), "{}")).andExpect(status().isBadRequest());

        var cash = newId();
        sold(
                OrderFixture.checkedOut(
                        cash, customer, PaymentMethod.CASH_ON_DELIVERY, null, address()),
                clock.instant());
        asCustomer(json(post("/api/v1/orders/{id}/lines/cancel", cash), units(SHOES, 1)))
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.type").value("/problems/lines-not-cancellable"));
    }

    private MockHttpServletRequestBuilder ship() {
        return post("/api/v1/orders/{id}/shipments", id);
    }

    private MockHttpServletRequestBuilder cancelLines() {
        return post("/api/v1/orders/{id}/lines/cancel", id);
    }

    private ResultActions delivered(String shipment) throws Exception {
        return staff(arrival(shipment));
    }

    private static MockHttpServletRequestBuilder arrival(String shipment) {
        return json(patch("/api/v1/shipments/{id}", shipment), "{\"status\": \"DELIVERED\"}");
    }

    private String idOf(UUID who, MockHttpServletRequestBuilder request) {
        try {
            return read(as(who, Role.ADMIN, request), "$.id");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
