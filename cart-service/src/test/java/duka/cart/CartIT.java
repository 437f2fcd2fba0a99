package duka.cart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import duka.cart.Customer.Answer;
import duka.testing.Infrastructure;
import duka.testing.Parallel;
import duka.testing.Statements;
import duka.web.Role;
import duka.web.TestTokens;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the shops before this one did with carts, and what they got wrong. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import({Infrastructure.class, TestTokens.class, Statements.class, Shelf.class})
class CartIT {

    @LocalServerPort int port;
    @Autowired Shelf shelf;
    @Autowired JdbcClient jdbc;
    @Autowired Shopping shopping;

    UUID tea;
    UUID mug;
    Customer customer;

    @BeforeEach
    void anAssortment() {
        tea = shelf.put("Tea", "3.33");
        mug = shelf.put("Mug", "12.01");
        customer = Customer.at(port);
    }

    @Test
    void parallel_first_looks_at_the_cart_and_the_draft_are_answered_and_make_one_cart() {
        assertThat(Parallel.times(8, () -> customer.get("/cart")))
                .extracting(Answer::status)
                .containsOnly(200);
        assertThat(Parallel.times(8, () -> customer.get("/checkout")))
                .extracting(Answer::status)
                .containsOnly(200);
        assertThat(Parallel.times(8, () -> customer.add(tea, 1)))
                .extracting(Answer::status)
                .containsOnly(201);

        assertThat(customer.get("/cart/history").number("/count")).isEqualTo(1);
        assertThat(customer.get("/cart").number("/items/0/quantity")).isEqualTo(8);
    }

    @Test
    void the_cart_and_the_list_of_its_items_are_the_same_cart() {
        var item = customer.add(tea, 2).text("/id");

        assertThat(customer.get("/cart/").text("/items/0/id")).isEqualTo(item);
        assertThat(customer.get("/cart/items/").text("/results/0/id")).isEqualTo(item);
        assertThat(customer.get("/cart/items/" + item + "/").text("/unit_price")).isEqualTo("3.33");
    }

    @Test
    void lines_are_rounded_each_and_add_up_to_the_total() {
        customer.add(tea, 3);
        customer.add(mug, 7);

        var cart = customer.get("/cart");

        var lines =
                StreamSupport.stream(cart.body().at("/items").spliterator(), false)
                        .map(item -> new BigDecimal(item.at("/line_total").asString()))
                        .reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(cart.text("/total")).isEqualTo(lines.toPlainString()).isEqualTo("94.06");
    }

    @Test
    void the_same_quantity_stays_and_none_of_it_goes() {
        var item = customer.add(tea, 2).text("/id");

        var same = customer.patch("/cart/items/" + item, "{\"item_quantity\": 2}");
        assertThat(same.status()).isEqualTo(200);
        assertThat(same.number("/quantity")).isEqualTo(2);

        assertThat(customer.patch("/cart/items/" + item, "{\"quantity\": 0}").status())
                .isEqualTo(204);
        assertThat(customer.get("/cart").body().at("/items")).isEmpty();
        assertThat(customer.patch("/cart/items/" + item, "{\"quantity\": 1}").status())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2147483647", "-1", "1001", "9999999999999999999", "\"x\"", "1.5"})
    void a_quantity_out_of_all_reason_is_refused_and_nothing_is_stored(String quantity) {
        var item = customer.add(tea, 2).text("/id");
        var body = "{\"product_id\": \"%s\", \"quantity\": %s}".formatted(tea, quantity);

        assertThat(customer.post("/cart/items", body).status()).isEqualTo(400);
        assertThat(
                        customer.patch(
                                        "/cart/items/" + item,
                                        "{\"quantity\": %s}".formatted(quantity))
                                .status())
                .isEqualTo(400);

        assertThat(customer.get("/cart").number("/items/0/quantity")).isEqualTo(2);
    }

    @Test
    void an_item_does_not_become_another_product() {
        var item = customer.add(tea, 2).text("/id");
        customer.add(mug, 1);

        var swapped =
                customer.patch("/cart/items/" + item, "{\"product_id\": \"%s\"}".formatted(mug));

        assertThat(swapped.status()).isEqualTo(400);
        assertThat(swapped.body().at("/errors").propertyNames()).containsExactly("product_id");
    }

    @Test
    void what_is_not_for_sale_is_neither_added_nor_kept_for_more() {
        var item = customer.add(tea, 2).text("/id");
        shelf.put(tea, 2, "Tea", "3.33", false);

        assertThat(customer.add(tea, 1).text("/type")).isEqualTo("/problems/product-withdrawn");
        assertThat(customer.patch("/cart/items/" + item, "{\"quantity\": 1}").text("/type"))
                .isEqualTo("/problems/product-withdrawn");
        assertThat(customer.delete("/cart/items/" + item).status()).isEqualTo(204);
    }

    @Test
    void a_stale_cart_is_not_changed() {
        var item = customer.add(tea, 2).text("/id");
        var seen = customer.get("/cart").header("ETag").orElseThrow();
        customer.add(tea, 1);

        assertThat(
                        customer.patch("/cart/items/" + item, "{\"quantity\": 9}", "If-Match", seen)
                                .status())
                .isEqualTo(412);
        assertThat(customer.delete("/cart", "If-Match", seen).status()).isEqualTo(412);
        assertThat(customer.get("/cart").number("/items/0/quantity")).isEqualTo(3);
    }

    @Test
    void who_asks_for_news_of_a_cart_hears_that_something_is_sold_out() {
        customer.add(tea, 2);
        var seen = customer.get("/cart").header("ETag").orElseThrow();
        assertThat(customer.get("/cart", "If-None-Match", seen).status()).isEqualTo(304);

        shelf.sellOut(tea);

        var news = customer.get("/cart", "If-None-Match", seen);
        assertThat(news.status()).isEqualTo(200);
        assertThat(news.text("/items/0/stock_level")).isEqualTo("OUT");
    }

    @Test
    void who_is_late_time_and_again_changes_nothing_and_takes_nothing_from_others() {
        var item = UUID.fromString(customer.add(tea, 2).text("/id"));
        var others = new AtomicInteger();

        assertThatExceptionOfType(OptimisticLockingFailureException.class)
                .isThrownBy(
                        () ->
                                shopping.remove(
                                        Shopper.customer(customer.id()),
                                        item,
                                        _ -> {
                                            customer.add(mug, 1);
                                            others.incrementAndGet();
                                        }));

        var cart = customer.get("/cart");
        assertThat(cart.number("/items/0/quantity")).isEqualTo(2);
        assertThat(cart.number("/items/1/quantity")).isEqualTo(others.get());
    }

    @Test
    void parallel_changes_of_different_items_are_all_kept() {
        var items = new ArrayList<String>();
        for (int i = 0; i < 6; i++) {
            items.add(customer.add(shelf.put("Thing", "1.00"), 1).text("/id"));
        }

        var answers =
                Parallel.all(
                        items.stream()
                                .<Supplier<Answer>>map(
                                        item ->
                                                () ->
                                                        customer.patch(
                                                                "/cart/items/" + item,
                                                                "{\"quantity\": 5}"))
                                .toList());

        assertThat(answers).extracting(Answer::status).containsOnly(200);
        assertThat(customer.get("/cart").text("/total")).isEqualTo("30.00");
    }

    @Test
    void what_is_added_while_the_cart_is_confirmed_is_bought_or_in_the_next_cart() {
        for (int round = 0; round < 5; round++) {
            customer = Customer.at(port);
            customer.add(tea, 1);
            customer.patch("/checkout/update", CheckoutIT.DRAFT);
            var requests = new ArrayList<Supplier<Answer>>();
            for (int i = 0; i < 6; i++) {
                requests.add(() -> customer.add(tea, 1));
            }
            requests.add(3, () -> customer.post("/checkout/confirm", "{}"));

            var answers = Parallel.all(requests);

            assertThat(answers).extracting(Answer::status).containsOnly(201, 202);
            var bought = answers.get(3).number("/lines/0/quantity");
            assertThat(bought + customer.get("/cart").number("/items/0/quantity")).isEqualTo(7);
            var sold = customer.get("/cart/history?page_size=100").body().at("/results");
            assertThat(sold.get(sold.size() - 1).at("/items/0/quantity").asInt()).isEqualTo(bought);
        }
    }

    @Test
    void a_cart_is_named_by_who_owns_it_and_as_long_as_it_is_open() {
        customer.add(tea, 1);
        var named = "{\"cart_id\": \"%s\"}".formatted(customer.get("/cart").text("/id"));
        var stranger = Customer.at(port);
        stranger.add(tea, 1);

        assertThat(stranger.patch("/checkout/update", named).status()).isEqualTo(404);
        assertThat(stranger.post("/checkout/confirm", named).status()).isEqualTo(404);
        assertThat(stranger.post("/checkout", named).status()).isEqualTo(404);
        assertThat(customer.patch("/checkout/update", named).status()).isEqualTo(200);
        customer.patch("/checkout/update", CheckoutIT.DRAFT);
        var order = customer.post("/checkout/confirm", named).text("/order_id");

        var late = customer.patch("/checkout/update", named);
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.text("/type")).isEqualTo("/problems/already-checked-out");
        assertThat(late.text("/order_id")).isEqualTo(order);
        customer.add(mug, 1);
        assertThat(customer.post("/checkout/confirm", named).text("/order_id")).isEqualTo(order);
    }

    @Test
    void a_customer_fills_the_next_cart_while_the_last_waits_for_its_order() {
        customer.add(tea, 1);
        customer.patch("/checkout/update", CheckoutIT.DRAFT);
        customer.post("/checkout/confirm", "{}");

        assertThat(customer.add(mug, 1).status()).isEqualTo(201);
        assertThat(customer.get("/cart").text("/total")).isEqualTo("12.01");
        assertThat(customer.get("/checkout").text("/total")).isEqualTo("12.01");
    }

    @Test
    void history_shows_what_a_cart_was_when_it_was_confirmed() {
        customer.add(tea, 2);
        customer.patch("/checkout/update", CheckoutIT.DRAFT);
        customer.post("/checkout/confirm", "{}");
        customer.add(mug, 1);
        shelf.put(tea, 2, "Tea", "99.00", false);

        var history = customer.get("/cart/history");

        assertThat(history.number("/count")).isEqualTo(2);
        assertThat(history.text("/results/0/status")).isEqualTo("OPEN");
        assertThat(history.text("/results/1/status")).isEqualTo("CHECKED_OUT");
        assertThat(history.text("/results/1/total")).isEqualTo("6.66");
        assertThat(history.text("/results/1/items/0/unit_price")).isEqualTo("3.33");
        assertThat(history.body().at("/results/1/changes")).isEmpty();
        assertThat(customer.get("/cart/history?page=2&page_size=1").text("/results/0/order_id"))
                .isEqualTo(customer.get("/checkout/history").text("/results/0/order_id"));
    }

    @Test
    void the_document_says_what_becomes_of_a_wish_and_of_a_confirmation() {
        var paths = customer.document().at("/paths");

        assertThat(paths.at("/~1api~1v1~1checkout~1confirm/post/responses").propertyNames())
                .contains("201", "202", "400", "404", "409", "412");
        assertThat(paths.at("/~1api~1v1~1cart~1items~1{id}/patch/responses").propertyNames())
                .contains("200", "204", "404", "409");
        assertThat(paths.at("/~1api~1v1~1cart~1items/post/responses/201/headers").propertyNames())
                .containsExactly("Cart-Token");
    }

    @ParameterizedTest
    @EnumSource
    void everybody_who_has_signed_in_buys(Role role) {
        customer = Customer.at(port, role);
        customer.add(tea, 1);
        customer.patch("/checkout/update", CheckoutIT.DRAFT);

        assertThat(customer.post("/checkout/confirm", "{}").status()).isEqualTo(202);
    }
}
