package duka.cart;

import static org.assertj.core.api.Assertions.assertThat;

import duka.cart.Customer.Answer;
import duka.testing.Infrastructure;
import duka.testing.Parallel;
import duka.testing.Statements;
import duka.web.TestTokens;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import({Infrastructure.class, TestTokens.class, Statements.class, Shelf.class})
class WishlistIT {

    @LocalServerPort int port;
    @Autowired Shelf shelf;
    @Autowired JdbcClient jdbc;

    UUID tea;
    Customer customer;

    @BeforeEach
    void anAssortment() {
        tea = shelf.put("Tea", "3.50");
        customer = Customer.at(port);
    }

    @Test
    void a_wish_is_there_once_however_often_it_is_made() {
        var added = wish(tea);
        var again = wish(tea);

        assertThat(added.status()).isEqualTo(201);
        assertThat(added.header("Location")).contains("/api/v1/wishlist/" + tea);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.text("/added_at").substring(0, 19))
                .isEqualTo(added.text("/added_at").substring(0, 19));
        assertThat(customer.get("/wishlist").number("/count")).isEqualTo(1);
    }

    @Test
    void a_wish_shows_todays_price_and_whether_it_can_be_had() {
        wish(tea);

        shelf.put(tea, 2, "Tea", "4.00", false);

        var item = customer.get("/wishlist/" + tea);
        assertThat(item.text("/unit_price")).isEqualTo("4.00");
        assertThat(item.text("/currency")).isEqualTo("KES");
        assertThat(item.text("/stock_level")).isEqualTo("IN");
        assertThat(item.body().at("/is_active").asBoolean()).isFalse();
    }

    @Test
    void the_latest_wish_comes_first_and_the_list_has_pages() {
        wish(tea);
        var mug = shelf.put("Mug", "12.00");
        wish(mug);

        var first = customer.get("/wishlist?page_size=1");

        assertThat(first.number("/count")).isEqualTo(2);
        assertThat(first.text("/results/0/product_id")).isEqualTo(mug.toString());
        assertThat(customer.get("/wishlist/?page=2&page_size=1").text("/results/0/name"))
                .isEqualTo("Tea");
        assertThat(customer.get("/wishlist?page=3&page_size=1").status()).isEqualTo(404);
    }

    @Test
    void a_wish_is_taken_back() {
        wish(tea);

        assertThat(customer.delete("/wishlist/" + tea).status()).isEqualTo(204);

        assertThat(customer.delete("/wishlist/" + tea).status()).isEqualTo(404);
        assertThat(customer.get("/wishlist/" + tea).status()).isEqualTo(404);
        assertThat(wish(tea).status()).isEqualTo(201);
    }

    @Test
    void what_is_withdrawn_is_not_wished_for_but_stays_where_it_was() {
        var wishedBefore = Customer.at(port);
        wishedBefore.post("/wishlist", body(tea));
        shelf.put(tea, 2, "Tea", "3.50", false);

        assertThat(wish(tea).text("/type")).isEqualTo("/problems/product-withdrawn");
        assertThat(wishedBefore.post("/wishlist", body(tea)).status()).isEqualTo(200);
    }

    @Test
    void others_wishes_are_not_seen() {
        wish(tea);
        var other = Customer.at(port);

        assertThat(other.get("/wishlist").number("/count")).isZero();
        assertThat(other.get("/wishlist/" + tea).status()).isEqualTo(404);
        assertThat(other.delete("/wishlist/" + tea).status()).isEqualTo(404);
        assertThat(customer.get("/wishlist").number("/count")).isEqualTo(1);
    }

    @Test
    void of_the_same_wish_made_in_parallel_one_is_new() {
        var answers = Parallel.times(8, () -> wish(tea));

        assertThat(answers).extracting(Answer::status).containsOnlyOnce(201).containsOnly(201, 200);
    }

    @Test
    void a_wishlist_takes_two_hundred_products_also_in_parallel() {
        jdbc.sql(
                        """
                        insert into wishes
                        select gen_random_uuid(), ?, gen_random_uuid(), now()
                        from generate_series(1, 198)
                        """)
                .param(customer.id())
                .update();
        var wishes =
                IntStream.range(0, 6)
                        .mapToObj(i -> shelf.put("Thing", "1.00"))
                        .<Supplier<Answer>>map(product -> () -> wish(product))
                        .toList();

        var answers = Parallel.all(wishes);

        assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(2);
        assertThat(answers)
                .filteredOn(answer -> answer.status() != 201)
                .allSatisfy(
                        answer ->
                                assertThat(answer.text("/type"))
                                        .isEqualTo("/problems/wishlist-full"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "null",
                "{\"product_id\": null}",
                "{\"product_id\": 7}",
                "{\"product_id\": \"tea\"}"
            })
    void what_is_no_wish_is_a_bad_request(String body) {
        var answer = customer.post("/wishlist", body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("Content-Type")).contains("application/problem+json");
    }

    private Answer wish(UUID product) {
        return customer.post("/wishlist", body(product));
    }

    private static String body(UUID product) {
        return "{\"product_id\": \"%s\"}".formatted(product);
    }
}
