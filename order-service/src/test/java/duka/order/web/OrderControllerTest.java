package duka.order.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasSize;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.verify;
import static org.springframework.http.HttpHeaders.AUTHORIZATION;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import duka.order.Address;
import duka.order.Addresses;
import duka.order.CheckedOutCart;
import duka.order.CustomerId;
import duka.order.Following;
import duka.order.FollowingProperties;
import duka.order.NextOrder;
import duka.order.OrderFixture;
import duka.order.OrderId;
import duka.order.OrderStatus;
import duka.order.Ordering;
import duka.order.Reporting;
import duka.order.Returning;
import duka.order.Shipping;
import duka.order.Viewer;
import duka.web.Role;
import duka.web.TestTokens;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

@WebMvcTest
@Import(TestTokens.class)
@EnableConfigurationProperties(FollowingProperties.class)
class OrderControllerTest {

    @Autowired MockMvc http;

    @MockitoBean Ordering ordering;
    @MockitoBean Shipping shipping;
    @MockitoBean Following following;
    @MockitoBean Returning returning;
    @MockitoBean Reporting reporting;
    @MockitoBean Addresses addresses;

    final UUID id = UUID.randomUUID();
    final UUID customer = UUID.randomUUID();
    final OrderId order = new OrderId(id);
    final Viewer viewer = new Viewer(new CustomerId(customer), false);

    @Test
    void a_shipped_order_cannot_be_cancelled() throws Exception {
        given(ordering.cancel(order, viewer))
                .willReturn(new Ordering.Cancellation.TooLate(OrderStatus.SHIPPED));

        http.perform(post("/api/v1/orders/{id}/cancel", id).header(AUTHORIZATION, me()))
                .andExpect(status().isConflict())
                .andExpect(content().contentType("application/problem+json"))
                .andExpect(jsonPath("$.type").value("/problems/order-not-cancellable"))
                .andExpect(jsonPath("$.order_status").value("SHIPPED"));
    }

    @Test
    void what_is_logged_on_behalf_of_an_order_says_which() throws Exception {
        var logged = new AtomicReference<String>();
        given(ordering.cancel(order, viewer))
                .willAnswer(
                        _ -> {
                            logged.set(MDC.get("orderId"));
                            return new Ordering.Cancellation.TooLate(OrderStatus.SHIPPED);
                        });

        http.perform(post("/api/v1/orders/{id}/cancel", id).header(AUTHORIZATION, me()));

        assertThat(logged).hasValue(id.toString());
        assertThat(MDC.get("orderId")).isNull();
    }

    @Test
    void the_order_of_a_checkout_is_created_once() throws Exception {
        var made = OrderFixture.placedOrder(id, customer);
        given(addresses.of(made)).willReturn(new Address("here", "there"));
        var cart = new CheckedOutCart(viewer.customer(), made.cart());
        given(following.arrives(new NextOrder(cart, null))).willReturn(true);
        given(ordering.collect(cart))
                .willReturn(Optional.empty())
                .willReturn(Optional.of(new Ordering.Collected(made, true)));

        http.perform(create(made.cart()))
                .andExpect(status().isCreated())
                .andExpect(header().string("Location", "/api/v1/orders/" + id))
                .andExpect(jsonPath("$.shipping_address").value("here"))
                .andExpect(jsonPath("$.lines", hasSize(2)));
    }

    @Test
    void an_order_that_nobody_saw_arrive_is_found() throws Exception {
        var made = OrderFixture.placedOrder(id, customer);
        given(addresses.of(made)).willReturn(new Address("here", "there"));
        var cart = new CheckedOutCart(viewer.customer(), made.cart());
        given(following.arrives(new NextOrder(cart, null))).willReturn(false);
        given(ordering.collect(cart))
                .willReturn(Optional.empty())
                .willReturn(Optional.of(new Ordering.Collected(made, true)));

        http.perform(create(made.cart())).andExpect(status().isCreated());
    }

    @Test
    void the_new_order_of_a_cart_that_was_given_back_is_waited_for() throws Exception {
        var dead = new Ordering.Collected(OrderFixture.rejectedOrder(id, customer), false);
        var made = OrderFixture.placedOrder(UUID.randomUUID(), customer);
        given(addresses.of(made)).willReturn(new Address("here", "there"));
        var cart = new CheckedOutCart(viewer.customer(), made.cart());
        given(following.arrives(new NextOrder(cart, order))).willReturn(true);
        given(ordering.collect(cart))
                .willReturn(Optional.of(dead))
                .willReturn(Optional.of(new Ordering.Collected(made, true)));

        http.perform(create(made.cart()))
                .andExpect(status().isCreated())
                .andExpect(jsonPath("$.id").value(made.id().toString()));
    }

    @Test
    void a_cart_that_was_not_confirmed_again_still_has_its_dead_order() throws Exception {
        var dead = OrderFixture.rejectedOrder(id, customer);
        given(addresses.of(dead)).willReturn(new Address("here", "there"));
        var cart = new CheckedOutCart(viewer.customer(), dead.cart());
        given(ordering.collect(cart))
                .willReturn(Optional.of(new Ordering.Collected(dead, true)))
                .willReturn(Optional.of(new Ordering.Collected(dead, false)));

        http.perform(create(dead.cart()))
                .andExpect(status().isCreated())
                .andExpect(jsonPath("$.status").value("REJECTED"));
        verify(following).arrives(new NextOrder(cart, order));
    }

    @Test
    void an_order_id_that_is_no_id_is_a_bad_request() throws Exception {
        http.perform(get("/api/v1/orders/nonsense").header(AUTHORIZATION, me()))
                .andExpect(status().isBadRequest())
                .andExpect(content().contentType("application/problem+json"));
    }

    @Test
    void a_stream_begins_at_a_position() throws Exception {
        http.perform(
                        get("/api/v1/orders/{id}/events", id)
                                .header(AUTHORIZATION, me())
                                .header("Last-Event-ID", "the last"))
                .andExpect(status().isBadRequest())
                .andExpect(content().contentType("application/problem+json"));
    }

    @Test
    void only_staff_ship() throws Exception {
        http.perform(post("/api/v1/orders/{id}/shipments", id).header(AUTHORIZATION, me()))
                .andExpect(status().isForbidden());
        given(shipping.ship(any(), any(), any()))
                .willReturn(new Shipping.Attempt.NotOpen(OrderStatus.SHIPPED, List.of()));
        http.perform(
                        post("/api/v1/orders/{id}/shipments", id)
                                .header(AUTHORIZATION, TestTokens.bearer(customer, Role.ADMIN)))
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.type").value("/problems/lines-not-open"));
    }

    private MockHttpServletRequestBuilder create(UUID cart) {
        return post("/api/v1/orders/create")
                .header(AUTHORIZATION, me())
                .contentType(MediaType.APPLICATION_JSON)
                .content("{\"cart_id\": \"%s\"}".formatted(cart));
    }

    private String me() {
        return TestTokens.bearer(customer, Role.CUSTOMER);
    }
}
