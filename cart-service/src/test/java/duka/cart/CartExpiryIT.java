package duka.cart;

import static org.assertj.core.api.Assertions.assertThat;

import duka.cart.Customer.Answer;
import duka.testing.Infrastructure;
import duka.testing.Parallel;
import duka.testing.Statements;
import duka.web.TestTokens;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import({Infrastructure.class, TestTokens.class, Statements.class, Shelf.class})
class CartExpiryIT {

    @LocalServerPort int port;
    @Autowired Shelf shelf;
    @Autowired Carts carts;
    @Autowired CartExpiry expiry;
    @Autowired CartProperties properties;
    @Autowired Clock clock;
    @Autowired JdbcClient jdbc;
    @Autowired TransactionOperations transaction;

    UUID tea;
    Customer customer;

    @BeforeEach
    void anAssortment() {
        tea = shelf.put("Tea", "3.50");
        customer = Customer.at(port);
    }

    @Test
    void a_cart_left_alone_for_long_is_expired_and_the_next_begins_as_if_nothing_were() {
        customer.add(tea, 2);
        var forgotten = customer.get("/cart").text("/id");

        after(Duration.ofHours(31));

        assertThat(customer.get("/cart").status()).isEqualTo(200);
        assertThat(customer.get("/cart").body().at("/items")).isEmpty();
        assertThat(customer.add(tea, 1).number("/quantity")).isEqualTo(1);
        var history = customer.get("/cart/history");
        assertThat(history.text("/results/0/status")).isEqualTo("OPEN");
        assertThat(history.text("/results/1/id")).isEqualTo(forgotten);
        assertThat(history.text("/results/1/status")).isEqualTo("EXPIRED");
        assertThat(history.number("/results/1/items/0/quantity")).isEqualTo(2);
    }

    @Test
    void parallel_first_looks_at_an_expired_cart_are_answered() {
        customer.add(tea, 2);
        after(Duration.ofHours(31));

        assertThat(Parallel.times(8, () -> customer.get("/cart")))
                .extracting(Answer::status)
                .containsOnly(200);
        assertThat(Parallel.times(8, () -> customer.add(tea, 1)))
                .extracting(Answer::status)
                .containsOnly(201);
        assertThat(customer.get("/cart").number("/items/0/quantity")).isEqualTo(8);
    }

    @Test
    void an_expired_cart_is_neither_prepared_nor_confirmed() {
        customer.add(tea, 2);
        customer.patch("/checkout/update", CheckoutIT.DRAFT);
        var cart = customer.get("/cart").text("/id");

        after(Duration.ofHours(31));

        var named = "{\"cart_id\": \"%s\"}".formatted(cart);
        assertThat(customer.post("/checkout/confirm", named).text("/type"))
                .isEqualTo("/problems/cart-expired");
        assertThat(customer.patch("/checkout/update", named).text("/type"))
                .isEqualTo("/problems/cart-expired");
        assertThat(customer.post("/checkout/confirm", "{}").text("/type"))
                .isEqualTo("/problems/cart-empty");
        assertThat(Customer.at(port).post("/checkout/confirm", named).status()).isEqualTo(404);
    }

    @Test
    void who_bought_before_and_let_the_next_cart_expire_has_an_empty_cart() {
        customer.add(tea, 1);
        customer.post("/checkout/", CheckoutIT.DRAFT, "Prefer", "respond-async");
        customer.add(tea, 1);

        after(Duration.ofHours(31));

        assertThat(customer.post("/checkout/confirm", "{}").text("/type"))
                .isEqualTo("/problems/cart-empty");
    }

    @Test
    void a_cart_that_waits_for_its_order_never_expires() {
        customer.add(tea, 1);
        customer.patch("/checkout/update", CheckoutIT.DRAFT);
        customer.post("/checkout/confirm", "{}");

        after(Duration.ofDays(100));

        assertThat(customer.get("/cart/history").text("/results/0/status"))
                .isEqualTo("CHECKED_OUT");
    }

    @Test
    void a_cart_that_was_changed_since_stays_open() {
        customer.add(tea, 1);
        jdbc.sql("update carts set changed_at = now() + interval '2 hours' where customer_id = ?")
                .param(customer.id())
                .update();

        after(Duration.ofHours(31));

        assertThat(statusOf(customer.id())).isEqualTo("OPEN");
    }

    @Test
    void a_cart_in_use_just_now_is_passed_over() {
        customer.add(tea, 1);

        transaction.executeWithoutResult(
                _ -> {
                    jdbc.sql("select id from carts where customer_id = ? for update")
                            .param(customer.id())
                            .query(UUID.class)
                            .single();
                    assertThat(Parallel.start(this::afterALongTime))
                            .succeedsWithin(Duration.ofSeconds(20));
                    assertThat(statusOf(customer.id())).isEqualTo("OPEN");
                });
        after(Duration.ofHours(31));

        assertThat(statusOf(customer.id())).isEqualTo("EXPIRED");
    }

    @Test
    void expiring_twice_is_expiring_once() {
        customer.add(tea, 1);

        after(Duration.ofHours(31));
        var once = row();
        after(Duration.ofHours(31));

        assertThat(row()).isEqualTo(once);
    }

    @Test
    void what_is_added_while_the_cart_expires_is_in_the_cart_or_the_next_one() {
        for (int round = 0; round < 10; round++) {
            customer = Customer.at(port);
            customer.add(tea, 1);
            var expiring = Parallel.start(this::afterALongTime);
            var added = customer.add(tea, 1);
            expiring.join();

            assertThat(added.status()).isEqualTo(201);
            assertThat(
                            jdbc.sql(
                                            """
                                            select sum(l.quantity) from carts c
                                            join cart_lines l on l.cart_id = c.id
                                            where c.customer_id = ?
                                            """)
                                    .param(customer.id())
                                    .query(Integer.class)
                                    .single())
                    .isEqualTo(2);
        }
    }

    @Test
    void a_cart_is_confirmed_or_expires_but_not_both() {
        for (int round = 0; round < 10; round++) {
            customer = Customer.at(port);
            customer.add(tea, 1);
            customer.patch("/checkout/update", CheckoutIT.DRAFT);
            var expiring = Parallel.start(this::afterALongTime);
            var confirmed = customer.post("/checkout/confirm", "{}");
            expiring.join();
            after(Duration.ofHours(31));

            assertThat(statusOf(customer.id()))
                    .isEqualTo(confirmed.status() == 202 ? "CHECKED_OUT" : "EXPIRED");
        }
    }

    @Test
    void guests_carts_are_kept_for_a_week_and_then_forgotten() {
        var guest = Customer.guestAt(port);
        var open = guest.add(tea, 1).header("Cart-Token").orElseThrow();
        var merged = guest.add(tea, 1).header("Cart-Token").orElseThrow();
        customer.post("/cart/merge", "", "Cart-Token", merged);

        after(Duration.ofDays(6));
        assertThat(guest.get("/cart", "Cart-Token", open).body().at("/items")).hasSize(1);
        assertThat(customer.post("/cart/merge", "", "Cart-Token", merged).status()).isEqualTo(200);

        after(Duration.ofDays(8));
        assertThat(guest.get("/cart", "Cart-Token", open).body().at("/items")).isEmpty();
        assertThat(guest.add(tea, 1, "Cart-Token", open).header("Cart-Token"))
                .hasValueSatisfying(fresh -> assertThat(fresh).isNotEqualTo(open));
        assertThat(customer.post("/cart/merge", "", "Cart-Token", merged).status()).isEqualTo(404);
    }

    @Test
    void of_all_replicas_one_at_a_time_does_it() {
        customer.add(tea, 1);

        expiry.run();

        assertThat(statusOf(customer.id())).isEqualTo("OPEN");
        assertThat(
                        jdbc.sql("select count(*) from job_locks where name = 'cart-expiry'")
                                .query(Integer.class)
                                .single())
                .isEqualTo(1);
    }

    private boolean afterALongTime() {
        after(Duration.ofHours(31));
        return true;
    }

    private void after(Duration time) {
        new CartExpiry(carts, properties, Clock.offset(clock, time)).run();
    }

    private String statusOf(UUID customer) {
        return jdbc.sql("select status from carts where customer_id = ?")
                .param(customer)
                .query(String.class)
                .single();
    }

    private String row() {
        return jdbc.sql("select carts::text from carts where customer_id = ?")
                .param(customer.id())
                .query(String.class)
                .single();
    }
}
