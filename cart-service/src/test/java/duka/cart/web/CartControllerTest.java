package duka.cart.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.startsWith;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.willAnswer;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.verifyNoMoreInteractions;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.delete;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.patch;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import duka.cart.Cart;
import duka.cart.CartLine;
import duka.cart.CartToken;
import duka.cart.Merging;
import duka.cart.NoSuchItem;
import duka.cart.Shopper;
import duka.cart.Shopping;
import duka.cart.Shopping.Wish;
import duka.cart.ShownCarts;
import duka.web.Role;
import duka.web.TestTokens;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongConsumer;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.stubbing.Answer;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Import;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.http.MediaType;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

@WebMvcTest(CartController.class)
@Import(TestTokens.class)
@EnableConfigurationProperties(ShopProperties.class)
class CartControllerTest {

    @Autowired MockMvc http;

    @MockitoBean Shopping shopping;
    @MockitoBean Merging merging;

    final UUID customer = UUID.randomUUID();
    final Shopper me = Shopper.customer(customer);
    final CartToken token = CartToken.of("A".repeat(43)).orElseThrow();
    final Cart cart = ShownCarts.threeTeas(customer);
    final UUID item = cart.lines().getFirst().id();

    @Test
    void an_empty_cart_is_a_cart_too() throws Exception {
        http.perform(asCustomer(get("/api/v1/cart")))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.items").isEmpty())
                .andExpect(jsonPath("$.total").value("0.00"))
                .andExpect(jsonPath("$.currency").value("KES"));
    }

    @Test
    void a_cart_shows_its_items_and_adds_up() throws Exception {
        given(shopping.cart(me)).willReturn(Optional.of(cart));

        http.perform(asCustomer(get("/api/v1/cart")))
                .andExpect(status().isOk())
                .andExpect(header().exists("ETag"))
                .andExpect(jsonPath("$.items[0].name").value("Tea"))
                .andExpect(jsonPath("$.items[0].quantity").value(3))
                .andExpect(jsonPath("$.items[0].unit_price").value("3.50"))
                .andExpect(jsonPath("$.items[0].line_total").value("10.50"))
                .andExpect(jsonPath("$.items[0].item_quantity").value(3))
                .andExpect(jsonPath("$.items[0].total_amount").value("10.50"))
                .andExpect(jsonPath("$.items[0].product.slug").value("tea"))
                .andExpect(jsonPath("$.items[0].created_at").exists())
                .andExpect(jsonPath("$.total_amount").value("10.50"))
                .andExpect(jsonPath("$.total").value("10.50"));
    }

    @Test
    void items_are_a_list_with_pages() throws Exception {
        given(shopping.cart(me)).willReturn(Optional.of(cart));

        http.perform(asCustomer(get("/api/v1/cart/items")))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.count").value(1))
                .andExpect(jsonPath("$.results[0].id").value(item.toString()));
        http.perform(asCustomer(get("/api/v1/cart/items?page=2"))).andExpect(status().isNotFound());
        http.perform(asCustomer(get("/api/v1/cart/items?page=-1")))
                .andExpect(status().isBadRequest());
    }

    @Test
    void a_guest_without_a_token_has_an_empty_cart() throws Exception {
        http.perform(get("/api/v1/cart"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.items").isEmpty());
        http.perform(get("/api/v1/cart/items"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.count").value(0));
        http.perform(delete("/api/v1/cart")).andExpect(status().isNoContent());
        http.perform(delete("/api/v1/cart/items/{id}", item)).andExpect(status().isNotFound());
        verifyNoInteractions(shopping, merging);
    }

    @Test
    void a_guest_has_the_cart_of_its_token() throws Exception {
        given(shopping.cart(Shopper.guest(token))).willReturn(Optional.of(cart));

        http.perform(get("/api/v1/cart").header("Cart-Token", token.value()))
                .andExpect(jsonPath("$.total").value("10.50"));
        http.perform(get("/api/v1/cart/items/{id}", item).header("Cart-Token", token.value()))
                .andExpect(jsonPath("$.quantity").value(3));
    }

    @Test
    void a_guest_is_given_a_token_that_it_does_not_have_yet() throws Exception {
        given(merging.ours(any())).willReturn(token);
        given(shopping.add(eq(Shopper.guest(token)), any(), anyInt())).willReturn(granted());
        var body = "{\"product_id\": \"%s\"}".formatted(UUID.randomUUID());

        http.perform(json(post("/api/v1/cart/items"), body))
                .andExpect(status().isCreated())
                .andExpect(header().string("Cart-Token", token.value()))
                .andExpect(header().exists("ETag"));
        http.perform(json(post("/api/v1/cart/items"), body).header("Cart-Token", token.value()))
                .andExpect(status().isCreated())
                .andExpect(header().doesNotExist("Cart-Token"));
    }

    @Test
    void a_guest_whose_wish_is_refused_is_given_no_token() throws Exception {
        given(merging.ours(any())).willReturn(token);
        given(shopping.add(any(), any(), anyInt())).willReturn(new Wish.Withdrawn());

        http.perform(
                        json(
                                post("/api/v1/cart/items"),
                                "{\"product_id\": \"%s\"}".formatted(UUID.randomUUID())))
                .andExpect(status().isConflict())
                .andExpect(header().doesNotExist("Cart-Token"));
    }

    @Test
    void a_guest_has_neither_history_nor_anything_to_merge_into() throws Exception {
        http.perform(get("/api/v1/cart/history").header("Cart-Token", token.value()))
                .andExpect(status().isUnauthorized());
        http.perform(post("/api/v1/cart/merge").header("Cart-Token", token.value()))
                .andExpect(status().isUnauthorized());
    }

    @Test
    void a_guests_cart_is_merged_into_the_callers() throws Exception {
        given(merging.merge(customer, token)).willReturn(true);
        given(shopping.cart(me)).willReturn(Optional.of(cart));

        http.perform(asCustomer(post("/api/v1/cart/merge")).header("Cart-Token", token.value()))
                .andExpect(status().isOk())
                .andExpect(header().exists("ETag"))
                .andExpect(jsonPath("$.items[0].quantity").value(3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB"})
    void a_token_of_no_cart_merges_nothing(String unknown) throws Exception {
        http.perform(asCustomer(post("/api/v1/cart/merge")).header("Cart-Token", unknown))
                .andExpect(status().isNotFound())
                .andExpect(jsonPath("$.type").value("/problems/no-such-cart"));
    }

    @Test
    void merging_needs_a_token() throws Exception {
        http.perform(asCustomer(post("/api/v1/cart/merge")))
                .andExpect(status().isBadRequest())
                .andExpect(content().contentType("application/problem+json"));
    }

    @Test
    void reading_the_cart_and_adding_to_it_merge_what_names_a_state_of_it_does_not()
            throws Exception {
        given(shopping.add(any(), any(), anyInt())).willReturn(granted());
        given(shopping.change(any(), any(), any(), any())).willReturn(granted());

        http.perform(withToken(asCustomer(get("/api/v1/cart")))).andExpect(status().isOk());
        http.perform(withToken(asCustomer(get("/api/v1/cart/items")))).andExpect(status().isOk());
        http.perform(
                        withToken(
                                asCustomer(
                                        json(
                                                post("/api/v1/cart/items"),
                                                "{\"product_id\": \"%s\"}"
                                                        .formatted(UUID.randomUUID())))))
                .andExpect(status().isCreated())
                .andExpect(header().doesNotExist("Cart-Token"));
        verify(merging, times(3)).merge(customer, token);

        http.perform(withToken(asCustomer(delete("/api/v1/cart"))));
        http.perform(withToken(asCustomer(delete("/api/v1/cart/items/{id}", item))));
        http.perform(
                withToken(
                        asCustomer(
                                json(
                                        patch("/api/v1/cart/items/{id}", item),
                                        "{\"quantity\": 1}"))));
        verifyNoMoreInteractions(merging);
    }

    @ParameterizedTest
    @EnumSource
    void everybody_who_has_signed_in_buys(Role role) throws Exception {
        http.perform(get("/api/v1/cart").header("Authorization", TestTokens.bearer(customer, role)))
                .andExpect(status().isOk());
    }

    @Test
    void an_item_without_a_quantity_is_one() throws Exception {
        var product = UUID.randomUUID();
        given(shopping.add(me, product, 1)).willReturn(granted());

        add("{\"product_id\": \"%s\"}".formatted(product))
                .andExpect(status().isCreated())
                .andExpect(header().string("Location", startsWith("/api/v1/cart/items/")));
    }

    @Test
    void the_older_name_for_the_quantity_is_understood() throws Exception {
        var product = UUID.randomUUID();
        given(shopping.add(me, product, 2)).willReturn(granted());

        add("{\"product_id\": \"%s\", \"item_quantity\": 2}".formatted(product))
                .andExpect(status().isCreated());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "",
                "[]",
                "null",
                "\"tea\"",
                "{\"product_id\": null}",
                "{\"product_id\": 7}",
                "{\"product_id\": \"nonsense\"}",
                "{\"product_id\": \"00000000-0000-0000-0000-000000000001\", \"quantity\": 0}",
                "{\"product_id\": \"00000000-0000-0000-0000-000000000001\", \"quantity\": -1}",
                "{\"product_id\": \"00000000-0000-0000-0000-000000000001\", \"quantity\": 1001}",
                "{\"product_id\": \"00000000-0000-0000-0000-000000000001\", \"quantity\": 2147483647}",
                "{\"product_id\": \"00000000-0000-0000-0000-000000000001\", \"quantity\": 99999999999999999999}",
                "{\"product_id\": \"00000000-0000-0000-0000-000000000001\", \"quantity\": \"many\"}",
                "{\"product_id\": \"00000000-0000-0000-0000-000000000001\", \"quantity\": {}}",
                "{\"product_id\": \"00000000-0000-0000-0000-000000000001\", \"quantity\": [1]}",
                "{\"product_id\": "
            })
    void what_is_no_item_is_a_bad_request(String body) throws Exception {
        add(body)
                .andExpect(status().isBadRequest())
                .andExpect(content().contentType("application/problem+json"));
        verify(shopping, never()).add(any(), any(), anyInt());
    }

    @Test
    void more_than_there_is_is_refused_with_what_there_is() throws Exception {
        given(shopping.add(any(), any(), anyInt())).willReturn(new Wish.NotEnoughStock(4));

        add("{\"product_id\": \"%s\", \"quantity\": 5}".formatted(UUID.randomUUID()))
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.type").value("/problems/not-enough-stock"))
                .andExpect(jsonPath("$.available").value(4));
    }

    @Test
    void what_is_withdrawn_is_refused() throws Exception {
        given(shopping.add(any(), any(), anyInt())).willReturn(new Wish.Withdrawn());

        add("{\"product_id\": \"%s\"}".formatted(UUID.randomUUID()))
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.type").value("/problems/product-withdrawn"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"quantity", "item_quantity"})
    void a_patch_changes_the_quantity(String name) throws Exception {
        given(changeOf(item)).willAnswer(wants(5));

        change(patch("/api/v1/cart/items/{id}", item), "{\"%s\": 5}".formatted(name))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.id").value(item.toString()));
    }

    @Test
    void the_same_quantity_is_no_removal() throws Exception {
        given(changeOf(item)).willAnswer(wants(3));

        change(patch("/api/v1/cart/items/{id}", item), "{\"quantity\": 3}")
                .andExpect(status().isOk());
        change(put("/api/v1/cart/items/{id}", item), "{\"quantity\": 3}")
                .andExpect(status().isOk());
    }

    @Test
    void quantity_zero_removes() throws Exception {
        given(changeOf(item)).willAnswer(wants(0));

        change(patch("/api/v1/cart/items/{id}", item), "{\"quantity\": 0}")
                .andExpect(status().isNoContent());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"quantity\": -1}",
                "{\"quantity\": null}",
                "{\"quantity\": \"x\"}",
                "{\"quantity\": 5000000000}",
                "{\"product_id\": \"00000000-0000-0000-0000-000000000009\"}",
                "[]"
            })
    void a_bad_patch_is_a_bad_request(String body) throws Exception {
        given(changeOf(item)).willAnswer(wants(-1));

        change(patch("/api/v1/cart/items/{id}", item), body)
                .andExpect(status().isBadRequest())
                .andExpect(content().contentType("application/problem+json"));
    }

    @Test
    void a_product_cannot_be_swapped_for_another() throws Exception {
        given(changeOf(item)).willAnswer(wants(1));

        change(
                        put("/api/v1/cart/items/{id}", item),
                        "{\"product_id\": \"%s\", \"quantity\": 1}".formatted(UUID.randomUUID()))
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.errors").value(hasKey("product_id")));
    }

    @Test
    void an_item_of_nobody_or_somebody_else_is_not_found() throws Exception {
        given(shopping.cart(me)).willReturn(Optional.of(cart));
        var other = UUID.randomUUID();
        given(changeOf(other)).willThrow(new NoSuchItem(other));

        http.perform(asCustomer(get("/api/v1/cart/items/{id}", other)))
                .andExpect(status().isNotFound())
                .andExpect(jsonPath("$.type").value("/problems/no-such-item"));
        change(patch("/api/v1/cart/items/{id}", other), "{\"quantity\": 1}")
                .andExpect(status().isNotFound())
                .andExpect(jsonPath("$.type").value("/problems/no-such-item"));
        http.perform(asCustomer(get("/api/v1/cart/items/nonsense")))
                .andExpect(status().isBadRequest());
    }

    @Test
    void who_has_seen_another_cart_changes_nothing() throws Exception {
        willAnswer(
                        call -> {
                            call.<LongConsumer>getArgument(2).accept(8);
                            return null;
                        })
                .given(shopping)
                .remove(any(), any(), any());

        http.perform(
                        asCustomer(delete("/api/v1/cart/items/{id}", item))
                                .header("If-Match", "\"7\""))
                .andExpect(status().isPreconditionFailed());
        http.perform(
                        asCustomer(delete("/api/v1/cart/items/{id}", item))
                                .header("If-Match", "\"8\""))
                .andExpect(status().isNoContent());
    }

    @Test
    void who_is_late_time_and_again_is_asked_to_read_the_cart_again() throws Exception {
        given(changeOf(item)).willThrow(new OptimisticLockingFailureException("others"));

        change(patch("/api/v1/cart/items/{id}", item), "{\"quantity\": 1}")
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.type").value("/problems/changed-meanwhile"));
    }

    private Wish changeOf(UUID item) {
        return shopping.change(eq(me), eq(item), any(), any());
    }

    /** What the use case does with a wish for the item. */
    private Answer<Wish> wants(int quantity) {
        return call -> {
            var wanted = call.<ToIntFunction<CartLine>>getArgument(2);
            assertThat(wanted.applyAsInt(cart.lines().getFirst())).isEqualTo(quantity);
            return quantity == 0 ? new Wish.Removed() : granted();
        };
    }

    private MockHttpServletRequestBuilder withToken(MockHttpServletRequestBuilder request) {
        return request.header("Cart-Token", token.value());
    }

    private static MockHttpServletRequestBuilder json(
            MockHttpServletRequestBuilder request, String body) {
        return request.contentType(MediaType.APPLICATION_JSON).content(body);
    }

    private Wish granted() {
        return new Wish.Granted(cart, cart.lines().getFirst());
    }

    private ResultActions add(String body) throws Exception {
        return change(post("/api/v1/cart/items"), body);
    }

    private ResultActions change(MockHttpServletRequestBuilder request, String body)
            throws Exception {
        return http.perform(json(asCustomer(request), body));
    }

    private MockHttpServletRequestBuilder asCustomer(MockHttpServletRequestBuilder request) {
        return request.header("Authorization", TestTokens.bearer(customer, Role.CUSTOMER));
    }
}
