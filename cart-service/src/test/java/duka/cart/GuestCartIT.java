package duka.cart;

import static org.assertj.core.api.Assertions.assertThat;

import duka.cart.Customer.Answer;
import duka.testing.Infrastructure;
import duka.testing.Parallel;
import duka.testing.Statements;
import duka.web.TestTokens;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import({Infrastructure.class, TestTokens.class, Statements.class, Shelf.class})
class GuestCartIT {

    static final String TOKEN = "Cart-Token";
    static final String KEY = "Idempotency-Key";
    static final String REPLAYED = "Idempotent-Replayed";

    @LocalServerPort int port;
    @Autowired Shelf shelf;
    @Autowired JdbcClient jdbc;

    UUID tea;
    UUID mug;
    Customer guest;
    Customer customer;

    @BeforeEach
    void anAssortment() {
        tea = shelf.put("Tea", "3.50");
        mug = shelf.put("Mug", "12.00");
        guest = Customer.guestAt(port);
        customer = Customer.at(port);
    }

    @Test
    void a_guest_gets_a_token_with_the_first_item_and_the_cart_by_it() {
        var first = guest.add(tea, 2);
        assertThat(first.status()).isEqualTo(201);
        var token = first.header(TOKEN).orElseThrow();

        var second = guest.add(tea, 1, TOKEN, token);
        guest.add(mug, 1, TOKEN, token);

        assertThat(second.header(TOKEN)).isEmpty();
        var cart = guest.get("/cart", TOKEN, token);
        assertThat(cart.text("/total")).isEqualTo("22.50");
        var item = cart.text("/items/0/id");
        assertThat(
                        guest.patch("/cart/items/" + item, "{\"quantity\": 1}", TOKEN, token)
                                .number("/quantity"))
                .isEqualTo(1);
        assertThat(guest.delete("/cart/items/" + item, TOKEN, token).status()).isEqualTo(204);
        assertThat(guest.get("/cart/items", TOKEN, token).number("/count")).isEqualTo(1);
        assertThat(guest.delete("/cart", TOKEN, token).status()).isEqualTo(204);
        assertThat(guest.get("/cart/items", TOKEN, token).number("/count")).isZero();
    }

    @Test
    void a_token_is_not_kept() {
        var token = newToken(tea, 1);

        assertThat(
                        jdbc.sql("select count(*) from carts where carts::text like ?")
                                .param("%" + token + "%")
                                .query(Integer.class)
                                .single())
                .isZero();
    }

    @Test
    void nobody_has_a_cart_by_a_token_of_their_own_making() {
        var invented = "A".repeat(43);

        assertThat(guest.get("/cart", TOKEN, invented).body().at("/items")).isEmpty();
        var given = guest.add(tea, 1, TOKEN, invented).header(TOKEN).orElseThrow();

        assertThat(given).isNotEqualTo(invented);
        assertThat(guest.get("/cart", TOKEN, invented).body().at("/items")).isEmpty();
        assertThat(guest.get("/cart", TOKEN, given).body().at("/items")).hasSize(1);
    }

    @Test
    void one_guest_does_not_reach_anothers_items() {
        var token = newToken(tea, 1);
        var item = guest.get("/cart", TOKEN, token).text("/items/0/id");
        var other = newToken(mug, 1);

        assertThat(guest.get("/cart/items/" + item, TOKEN, other).status()).isEqualTo(404);
        assertThat(guest.delete("/cart/items/" + item, TOKEN, other).status()).isEqualTo(404);
        assertThat(guest.delete("/cart/items/" + item).status()).isEqualTo(404);
        assertThat(guest.patch("/cart/items/" + item, "{\"quantity\": 9}", TOKEN, other).status())
                .isEqualTo(404);
        assertThat(customer.get("/cart/items/" + item).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /checkout",
        "PATCH, /checkout/update",
        "POST, /checkout/confirm",
        "POST, /checkout",
        "GET, /checkout/history",
        "GET, /cart/history",
        "POST, /cart/merge",
        "GET, /wishlist",
        "POST, /wishlist"
    })
    void a_guest_signs_in_before_all_else(String method, String path) {
        var token = newToken(tea, 1);

        assertThat(guest.send(method, path, null, TOKEN, token).status()).isEqualTo(401);
    }

    @Test
    void a_guest_has_room_for_thirty_products() {
        var token = newToken(tea, 1);
        for (int i = 1; i < 30; i++) {
            assertThat(guest.add(shelf.put("Thing", "1.00"), 1, TOKEN, token).status())
                    .isEqualTo(201);
        }

        assertThat(guest.add(mug, 1, TOKEN, token).text("/type")).isEqualTo("/problems/cart-full");
        assertThat(guest.add(tea, 1, TOKEN, token).status()).isEqualTo(201);
    }

    @Test
    void a_guests_parallel_wishes_add_up() {
        var token = newToken(tea, 1);

        var answers = Parallel.times(8, () -> guest.add(tea, 2, TOKEN, token));

        assertThat(answers).extracting(Answer::status).containsOnly(201);
        assertThat(guest.get("/cart", TOKEN, token).number("/items/0/quantity")).isEqualTo(17);
    }

    @Test
    void a_guests_cart_is_merged_into_the_customers_once() {
        var token = newToken(tea, 600);
        guest.add(mug, 1, TOKEN, token);
        customer.add(tea, 500);

        var merged = merge(customer, token);
        var again = merge(customer, token);

        assertThat(merged.status()).isEqualTo(200);
        assertThat(merged.number("/items/0/quantity")).isEqualTo(1000);
        assertThat(merged.number("/items/1/quantity")).isEqualTo(1);
        assertThat(merged.body().at("/changes")).isEmpty();
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(merged.body());
        assertThat(again.header("ETag")).isEqualTo(merged.header("ETag"));
        assertThat(guest.get("/cart", TOKEN, token).body().at("/items")).isEmpty();
        assertThat(statusOf(token)).isEqualTo("MERGED");
    }

    @Test
    void a_customer_without_a_cart_gets_the_guests() {
        var token = newToken(tea, 2);

        assertThat(merge(customer, token).number("/items/0/quantity")).isEqualTo(2);
        assertThat(customer.get("/cart/history").number("/count")).isEqualTo(1);
    }

    @Test
    void an_empty_cart_is_merged_without_a_trace() {
        var token = newToken(tea, 2);
        guest.delete("/cart", TOKEN, token);

        assertThat(merge(customer, token).status()).isEqualTo(200);
        assertThat(customer.get("/cart/history").number("/count")).isZero();
    }

    @Test
    void who_merges_at_the_same_time_merges_once() {
        var token = newToken(tea, 2);

        var answers = Parallel.times(8, () -> merge(customer, token));

        assertThat(answers).extracting(Answer::status).containsOnly(200);
        assertThat(customer.get("/cart").number("/items/0/quantity")).isEqualTo(2);
    }

    @Test
    void of_two_customers_one_gets_it_and_the_other_is_told_nothing() {
        var token = newToken(tea, 2);
        var other = Customer.at(port);

        var answers =
                Parallel.<Answer>all(
                        List.of(() -> merge(customer, token), () -> merge(other, token)));

        assertThat(answers).extracting(Answer::status).containsExactlyInAnyOrder(200, 404);
        var loser = answers.get(0).status() == 404 ? customer : other;
        assertThat(merge(loser, token).text("/type")).isEqualTo("/problems/no-such-cart");
        assertThat(loser.get("/cart", TOKEN, token).body().at("/items")).isEmpty();
    }

    @Test
    void nothing_is_lost_that_is_added_while_the_cart_is_merged() {
        var token = newToken(tea, 1);
        var requests = new ArrayList<Supplier<Answer>>();
        for (int i = 0; i < 8; i++) {
            requests.add(() -> guest.add(tea, 1, TOKEN, token));
        }
        requests.add(4, () -> merge(customer, token));

        var answers = Parallel.all(requests);

        assertThat(answers).extracting(Answer::status).containsOnly(200, 201);
        assertThat(merge(customer, token).number("/items/0/quantity")).isEqualTo(9);
    }

    @Test
    void a_guest_that_comes_back_goes_on_with_its_token() {
        var token = newToken(tea, 1);
        merge(customer, token);

        assertThat(guest.add(mug, 1, TOKEN, token).header(TOKEN)).isEmpty();

        assertThat(merge(customer, token).body().at("/items")).hasSize(2);
    }

    @Test
    void signing_in_with_a_token_in_hand_is_enough() {
        var token = newToken(tea, 2);
        assertThat(customer.get("/cart", TOKEN, token).number("/items/0/quantity")).isEqualTo(2);

        var next = newToken(tea, 3);
        assertThat(customer.add(tea, 1, TOKEN, next).number("/quantity")).isEqualTo(6);
        assertThat(customer.get("/cart/items", TOKEN, next).number("/count")).isEqualTo(1);
    }

    @Test
    void a_merged_cart_is_bought_like_any_other() {
        merge(customer, newToken(tea, 2));
        customer.patch("/checkout/update", CheckoutIT.DRAFT);

        assertThat(customer.post("/checkout/confirm", "{}").text("/total")).isEqualTo("7.00");
    }

    @Test
    void an_unknown_token_is_no_cart_and_none_is_a_bad_request() {
        assertThat(merge(customer, "A".repeat(43)).status()).isEqualTo(404);
        assertThat(merge(customer, "nonsense").status()).isEqualTo(404);
        assertThat(customer.post("/cart/merge", "").status()).isEqualTo(400);
    }

    @Test
    void a_merge_with_a_key_is_answered_as_before() {
        var token = newToken(tea, 2);
        var key = UUID.randomUUID().toString();

        var first = customer.post("/cart/merge", "", TOKEN, token, KEY, key);
        var again = customer.post("/cart/merge", "", TOKEN, token, KEY, key);

        assertThat(first.status()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(first.body());
    }

    @Test
    void what_a_guest_sends_again_with_its_key_is_done_once() {
        var token = newToken(mug, 1);
        var key = UUID.randomUUID().toString();

        var first = guest.add(tea, 1, TOKEN, token, KEY, key);
        var again = guest.add(tea, 1, TOKEN, token, KEY, key);

        assertThat(first.status()).isEqualTo(201);
        assertThat(first.header(REPLAYED)).isEmpty();
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.header(REPLAYED)).contains("true");
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(guest.get("/cart", TOKEN, token).number("/items/1/quantity")).isEqualTo(1);
    }

    @Test
    void guests_with_the_same_key_do_not_meet() {
        var token = newToken(mug, 1);
        var other = newToken(mug, 1);
        var key = UUID.randomUUID().toString();

        var first = guest.add(tea, 1, TOKEN, token, KEY, key);
        var others = guest.add(tea, 2, TOKEN, other, KEY, key);

        assertThat(first.status()).isEqualTo(201);
        assertThat(others.status()).isEqualTo(201);
        assertThat(others.header(REPLAYED)).isEmpty();
        assertThat(guest.get("/cart", TOKEN, other).number("/items/1/quantity")).isEqualTo(2);
    }

    @Test
    void an_answer_that_brings_a_token_is_not_given_again_without_it() {
        var forgotten = "B".repeat(43);
        var key = UUID.randomUUID().toString();

        var first = guest.add(tea, 1, TOKEN, forgotten, KEY, key);
        var again = guest.add(tea, 1, TOKEN, forgotten, KEY, key);

        assertThat(first.header(TOKEN)).isPresent();
        var given = again.header(TOKEN).orElseThrow();
        assertThat(guest.get("/cart", TOKEN, given).number("/items/0/quantity")).isEqualTo(1);
    }

    private String newToken(UUID product, int quantity) {
        return guest.add(product, quantity).header(TOKEN).orElseThrow();
    }

    private static Answer merge(Customer customer, String token) {
        return customer.post("/cart/merge", "", TOKEN, token);
    }

    private String statusOf(String token) {
        return jdbc.sql("select status from carts where customer_id = ?")
                .param(CartToken.of(token).orElseThrow().hash())
                .query(String.class)
                .single();
    }
}
