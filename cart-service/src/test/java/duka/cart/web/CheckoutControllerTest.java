package duka.cart.web;

import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.patch;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import duka.cart.CheckingOut;
import duka.cart.CheckingOut.Confirmation;
import duka.cart.Checkout;
import duka.cart.Draft;
import duka.cart.NoSuchCart;
import duka.cart.Shopper;
import duka.cart.Shopping;
import duka.cart.ShownCarts;
import duka.events.Money;
import duka.events.PaymentMethod;
import duka.events.Sealed;
import duka.web.Role;
import duka.web.TestTokens;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongConsumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

@WebMvcTest(CheckoutController.class)
@Import(TestTokens.class)
@EnableConfigurationProperties(ShopProperties.class)
class CheckoutControllerTest {

    static final Draft KNOWN =
            new Draft("Moi Avenue 1", null, PaymentMethod.CARD, new Sealed("sealed with care"));

    @Autowired MockMvc http;

    @MockitoBean CheckingOut checkingOut;
    @MockitoBean Shopping shopping;

    final UUID customer = UUID.randomUUID();
    final UUID order = UUID.randomUUID();

    @BeforeEach
    void aDraft() {
        given(checkingOut.draft(customer)).willReturn(KNOWN);
        given(checkingOut.seal(any())).willReturn(new Sealed("sealed anew"));
        given(checkingOut.update(eq(customer), any()))
                .willAnswer(call -> call.<UnaryOperator<Draft>>getArgument(1).apply(KNOWN));
        given(shopping.cart(Shopper.customer(customer)))
                .willReturn(Optional.of(ShownCarts.threeTeas(customer)));
    }

    @Test
    void a_draft_shows_all_but_the_payment_token() throws Exception {
        http.perform(asCustomer(get("/api/v1/checkout")))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.shipping_address").value("Moi Avenue 1"))
                .andExpect(jsonPath("$.billing_address").value("Moi Avenue 1"))
                .andExpect(jsonPath("$.payment_method").value("CARD"))
                .andExpect(jsonPath("$.payment_token_given").value(true))
                .andExpect(jsonPath("$.total").value("10.50"))
                .andExpect(content().string(not(containsString("sealed"))));
    }

    @ParameterizedTest
    @CsvSource({
        "card, CARD",
        "CARD, CARD",
        "cod, CASH_ON_DELIVERY",
        "cash_on_delivery, CASH_ON_DELIVERY",
        "Cash on delivery, CASH_ON_DELIVERY"
    })
    void payment_methods_are_understood_in_any_spelling(String spelled, PaymentMethod method)
            throws Exception {
        update("{\"payment_method\": \"%s\"}".formatted(spelled))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.payment_method").value(method.name()))
                .andExpect(jsonPath("$.payment_token_given").value(method == PaymentMethod.CARD));
    }

    @Test
    void what_is_left_out_stays_and_null_takes_away() throws Exception {
        update("{\"billing_address\": \"Kenyatta Avenue 2\"}")
                .andExpect(jsonPath("$.shipping_address").value("Moi Avenue 1"))
                .andExpect(jsonPath("$.billing_address").value("Kenyatta Avenue 2"))
                .andExpect(jsonPath("$.payment_token_given").value(true));
        update("{\"payment_token\": null, \"shipping_address\": null}")
                .andExpect(jsonPath("$.payment_token_given").value(false))
                .andExpect(jsonPath("$.missing").value("shipping_address"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"shipping_address\": \"  \"}",
                "{\"shipping_address\": {}}",
                "{\"shipping_address\": \"a\\u0000b\"}",
                "{\"payment_method\": \"beads\"}",
                "{\"payment_method\": 0}",
                "{\"payment_method\": []}",
                "{\"payment_token\": \"\"}",
                "{\"payment_token\": \"tok approve\"}",
                "{\"payment_token\": \"tök\"}",
                "{\"cart_id\": \"nonsense\"}",
                "[1]",
                "nonsense"
            })
    void a_bad_draft_is_a_bad_request(String body) throws Exception {
        update(body)
                .andExpect(status().isBadRequest())
                .andExpect(content().contentType("application/problem+json"));
        verify(checkingOut, never()).update(any(), any());
    }

    @Test
    void what_is_too_long_is_a_bad_request() throws Exception {
        update("{\"shipping_address\": \"%s\"}".formatted("x".repeat(501)))
                .andExpect(status().isBadRequest());
        update("{\"payment_token\": \"%s\"}".formatted("x".repeat(201)))
                .andExpect(status().isBadRequest());
    }

    @Test
    void somebody_elses_cart_is_not_found() throws Exception {
        var cart = UUID.randomUUID();
        given(checkingOut.standing(customer, cart)).willThrow(new NoSuchCart(cart));

        update("{\"cart_id\": \"%s\"}".formatted(cart))
                .andExpect(status().isNotFound())
                .andExpect(jsonPath("$.type").value("/problems/no-such-cart"));
    }

    @Test
    void a_cart_that_is_not_open_any_more_is_not_prepared() throws Exception {
        var cart = UUID.randomUUID();
        given(checkingOut.standing(customer, cart)).willReturn(new Confirmation.Expired());

        update("{\"cart_id\": \"%s\"}".formatted(cart))
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.type").value("/problems/cart-expired"));
        verify(checkingOut, never()).update(any(), any());
    }

    @Test
    void a_confirmation_is_accepted_and_says_where_the_order_is() throws Exception {
        given(confirmation()).willReturn(new Confirmation.Begun(pending()));

        confirm("{}")
                .andExpect(status().isAccepted())
                .andExpect(header().string("Location", "/api/v1/orders/" + order))
                .andExpect(jsonPath("$.order_id").value(order.toString()))
                .andExpect(jsonPath("$.status").value("PENDING"))
                .andExpect(jsonPath("$.lines[0].line_total").value("7.00"))
                .andExpect(jsonPath("$.id").value(order.toString()))
                .andExpect(jsonPath("$.total_amount").value("7.00"))
                .andExpect(jsonPath("$.items[0].price_at_purchase").value("3.50"))
                .andExpect(jsonPath("$.created_at").exists());
    }

    @Test
    void a_confirmation_needs_no_body() throws Exception {
        given(confirmation()).willReturn(new Confirmation.Begun(pending()));

        http.perform(asCustomer(post("/api/v1/checkout/confirm"))).andExpect(status().isAccepted());
        http.perform(asCustomer(post("/api/v1/checkout"))).andExpect(status().isAccepted());
    }

    @Test
    void a_cart_is_confirmed_once() throws Exception {
        given(confirmation()).willReturn(new Confirmation.AlreadyCheckedOut(order));

        confirm("{}")
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.type").value("/problems/already-checked-out"))
                .andExpect(jsonPath("$.order_id").value(order.toString()))
                .andExpect(header().string("Location", "/api/v1/orders/" + order));
    }

    @Test
    void a_changed_cart_is_refused_with_its_changes() throws Exception {
        given(confirmation())
                .willReturn(new Confirmation.Changed(ShownCarts.threeTeasAtANewPrice()));

        confirm("{}")
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.type").value("/problems/cart-changed"))
                .andExpect(jsonPath("$.changes[0].why").value("PRICE_CHANGED"))
                .andExpect(jsonPath("$.changes[0].price_was").value("3.50"))
                .andExpect(jsonPath("$.changes[0].unit_price").value("4.00"))
                .andExpect(header().exists("ETag"));
    }

    @Test
    void an_incomplete_draft_is_refused_with_what_is_missing() throws Exception {
        given(confirmation())
                .willReturn(
                        new Confirmation.Incomplete(
                                Map.of(
                                        "shipping_address", List.of("is required"),
                                        "payment_method", List.of("is required"))));

        confirm("{}")
                .andExpect(status().isBadRequest())
                .andExpect(
                        jsonPath("$.errors.keys()")
                                .value(containsInAnyOrder("shipping_address", "payment_method")));
    }

    @Test
    void an_empty_cart_is_refused() throws Exception {
        given(confirmation()).willReturn(new Confirmation.EmptyCart());

        confirm("{}")
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.type").value("/problems/cart-empty"));
    }

    @Test
    void a_cart_with_too_much_in_it_is_refused() throws Exception {
        given(confirmation()).willReturn(new Confirmation.TooManyLines(100));

        confirm("{}")
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.type").value("/problems/cart-full"));
    }

    @Test
    void an_etag_that_a_proxy_has_made_weak_is_understood() throws Exception {
        given(confirmation())
                .willAnswer(
                        asked -> {
                            asked.<LongConsumer>getArgument(4).accept(7);
                            return new Confirmation.Begun(pending());
                        });

        confirm("{\"accept_changes\": true, \"etag\": \"W/\\\"7\\\"\"}")
                .andExpect(status().isAccepted());
        confirm("{\"accept_changes\": true, \"etag\": \"W/\\\"6\\\"\"}")
                .andExpect(status().isPreconditionFailed());
    }

    @Test
    void changes_are_accepted_only_with_the_etag_of_who_has_seen_them() throws Exception {
        confirm("{\"accept_changes\": true}")
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.errors.etag").exists());
        http.perform(
                        json(post("/api/v1/checkout/confirm"), "{\"accept_changes\": true}")
                                .header("If-Match", "*"))
                .andExpect(status().isBadRequest());
        verify(checkingOut, never()).confirm(any(), any(), any(), anyBoolean(), any());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"cart_id\": 5}",
                "{\"cart_id\": \"x\"}",
                "{\"accept_changes\": \"perhaps\"}",
                "{\"accept_changes\": {}}",
                "[]",
                "{"
            })
    void a_bad_confirmation_is_a_bad_request(String body) throws Exception {
        confirm(body)
                .andExpect(status().isBadRequest())
                .andExpect(content().contentType("application/problem+json"));
    }

    @ParameterizedTest
    @EnumSource
    void everybody_who_has_signed_in_checks_out(Role role) throws Exception {
        given(confirmation()).willReturn(new Confirmation.Begun(pending()));

        http.perform(
                        post("/api/v1/checkout/confirm")
                                .header("Authorization", TestTokens.bearer(customer, role)))
                .andExpect(status().isAccepted());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/confirm", ""})
    void a_guest_signs_in_first(String path) throws Exception {
        http.perform(post("/api/v1/checkout" + path).header("Cart-Token", "A".repeat(43)))
                .andExpect(status().isUnauthorized())
                .andExpect(jsonPath("$.type").value("/problems/unauthenticated"));
    }

    private Confirmation confirmation() {
        return checkingOut.confirm(eq(customer), any(), any(), anyBoolean(), any());
    }

    private Checkout pending() {
        var price = Money.of("3.50", "KES");
        return new Checkout(
                order,
                UUID.randomUUID(),
                customer,
                Checkout.Status.PENDING,
                null,
                List.of(new Checkout.Line(UUID.randomUUID(), "Tea", 2, price)),
                List.of(),
                price.times(2),
                PaymentMethod.CARD,
                Instant.EPOCH,
                null);
    }

    private ResultActions update(String body) throws Exception {
        return http.perform(json(patch("/api/v1/checkout/update"), body));
    }

    private ResultActions confirm(String body) throws Exception {
        return http.perform(json(post("/api/v1/checkout/confirm"), body));
    }

    private MockHttpServletRequestBuilder json(MockHttpServletRequestBuilder request, String body) {
        return asCustomer(request).contentType(MediaType.APPLICATION_JSON).content(body);
    }

    private MockHttpServletRequestBuilder asCustomer(MockHttpServletRequestBuilder request) {
        return request.header("Authorization", TestTokens.bearer(customer, Role.CUSTOMER));
    }
}
