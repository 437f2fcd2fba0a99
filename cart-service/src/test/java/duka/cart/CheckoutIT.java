package duka.cart;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import duka.cart.Customer.Answer;
import duka.events.CartEvent.CartCheckedOut;
import duka.events.Event;
import duka.events.Money;
import duka.events.OrderEvent.CancelReason;
import duka.events.OrderEvent.OrderCancelled;
import duka.events.OrderEvent.OrderConfirmed;
import duka.events.OrderEvent.OrderRejected;
import duka.events.PaymentMethod;
import duka.events.ProductEvent.ProductChanged;
import duka.events.Refusal;
import duka.events.StockLevelChanged;
import duka.events.StockLevelChanged.Level;
import duka.messaging.Conversation;
import duka.messaging.Sealer;
import duka.testing.Infrastructure;
import duka.testing.Parallel;
import duka.testing.Statements;
import duka.web.TestTokens;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import({Infrastructure.class, TestTokens.class, Statements.class, Shelf.class})
class CheckoutIT {

    static final String DRAFT =
            """
            {"shipping_address": "Moi Avenue 1, Nairobi", "payment_method": "card",
             "payment_token": "tok_secret"}
            """;

    @LocalServerPort int port;
    @Autowired Conversation cart;
    @Autowired JdbcClient jdbc;
    @Autowired SealProperties keys;
    @Autowired CheckingOut checkingOut;
    @Autowired TransactionOperations transaction;
    @Autowired Shelf shelf;

    final UUID tea = UUID.randomUUID();
    final UUID mug = UUID.randomUUID();
    Customer customer;

    @BeforeEach
    void anAssortment() {
        customer = Customer.at(port);
        cart.hears(product(tea, 1, "3.50", true));
        cart.hears(product(mug, 1, "12.00", true));
        cart.hears(new StockLevelChanged(tea, Level.IN, 100, 10));
        cart.hears(new StockLevelChanged(mug, Level.IN, 100, 10));
        await().atMost(20, SECONDS)
                .until(
                        () ->
                                jdbc.sql(
                                                        """
                                                        select count(*) from products p
                                                        join stock_levels s on s.product_id = p.id
                                                        where p.id in (?, ?)
                                                        """)
                                                .params(tea, mug)
                                                .query(Integer.class)
                                                .single()
                                        == 2);
    }

    @Test
    void a_confirmed_cart_is_said_once_and_closed_by_its_order() {
        add(tea, 2);
        add(mug, 1);
        update();

        var confirmed = customer.post("/checkout/confirm", "{}");

        assertThat(confirmed.status()).isEqualTo(202);
        var order = order(confirmed);
        assertThat(confirmed.header("Location")).contains("/api/v1/orders/" + order);
        assertThat(confirmed.text("/status")).isEqualTo("PENDING");
        assertThat(confirmed.text("/total")).isEqualTo("19.00");
        var said = (CartCheckedOut) only(cart.said(order));
        assertThat(said.customerId()).isEqualTo(customer.id());
        assertThat(said.paymentMethod()).isEqualTo(PaymentMethod.CARD);
        assertThat(said.lines())
                .extracting(line -> line.quantity() + " at " + line.unitPrice().decimal())
                .containsExactly("2 at 3.50", "1 at 12.00");
        assertThat(new Sealer(keys.paymentKey()).open(said.paymentToken())).isEqualTo("tok_secret");
        assertThat(new Sealer(keys.addressKey()).open(said.address()))
                .isEqualTo(
                        """
                        {"shipping":"Moi Avenue 1, Nairobi","billing":"Moi Avenue 1, Nairobi"}""");

        cart.hears(new OrderConfirmed(order));

        cartBecomes(order, "CLOSED");
        assertThat(customer.get("/checkout/history").text("/results/0/status"))
                .isEqualTo("CONFIRMED");
        assertThat(customer.get("/cart").body().at("/items").isEmpty()).isTrue();
    }

    @Test
    void addresses_are_remembered_for_the_next_cart_and_a_payment_token_is_not() {
        add(tea, 1);
        update();
        customer.post("/checkout/confirm", "");

        var next = customer.get("/checkout");

        assertThat(next.text("/shipping_address")).isEqualTo("Moi Avenue 1, Nairobi");
        assertThat(next.text("/payment_method")).isEqualTo("CARD");
        assertThat(next.body().at("/payment_token_given").asBoolean()).isFalse();
    }

    @Test
    void neither_token_nor_address_are_kept_or_answered_in_clear() {
        add(tea, 1);

        var updated = update();

        assertThat(updated.response().body()).doesNotContain("tok_secret");
        assertThat(updated.body().at("/payment_token_given").asBoolean()).isTrue();
        var row =
                jdbc.sql("select drafts::text from drafts where customer_id = ?")
                        .param(customer.id())
                        .query(String.class)
                        .single();
        assertThat(row).doesNotContain("tok_secret").doesNotContain("Moi Avenue");
    }

    @Test
    void who_prefers_to_wait_is_told_the_outcome() {
        add(tea, 2);
        update();
        var waiting =
                Parallel.start(() -> customer.post("/checkout/confirm", "{}", "Prefer", "wait=20"));

        cart.hears(new OrderConfirmed(pendingOrder()));

        var outcome = waiting.join();
        assertThat(outcome.status()).isEqualTo(201);
        assertThat(outcome.text("/status")).isEqualTo("CONFIRMED");
        assertThat(outcome.text("/total")).isEqualTo("7.00");
        assertThat(outcome.text("/lines/0/name")).isEqualTo("Thing");
        assertThat(outcome.header("Preference-Applied")).isPresent();
    }

    @Test
    void what_is_not_decided_in_time_stays_accepted() {
        add(tea, 1);
        update();

        assertThat(customer.post("/checkout/confirm", "{}", "Prefer", "wait=1").status())
                .isEqualTo(202);
    }

    @Test
    void one_call_updates_confirms_and_waits() {
        add(tea, 1);
        var waiting = Parallel.start(() -> customer.post("/checkout/", DRAFT));

        var order = pendingOrder();
        cart.hears(
                new OrderRejected(
                        order,
                        List.of(new Refusal(tea, Refusal.Why.OUT_OF_STOCK, 0, kes("3.50")))));

        var outcome = waiting.join();
        assertThat(outcome.status()).isEqualTo(201);
        assertThat(outcome.text("/status")).isEqualTo("REJECTED");
        assertThat(outcome.text("/refused/0/why")).isEqualTo("OUT_OF_STOCK");
    }

    @Test
    void the_same_key_is_one_order_and_a_replay_waits_again() {
        add(tea, 1);
        update();
        var key = UUID.randomUUID().toString();

        var first = customer.post("/checkout/confirm", "{}", "Idempotency-Key", key);
        var again =
                Parallel.start(
                        () ->
                                customer.post(
                                        "/checkout/confirm",
                                        "{}",
                                        "Idempotency-Key",
                                        key,
                                        "Prefer",
                                        "wait=20"));
        cart.hears(new OrderConfirmed(order(first)));

        assertThat(first.status()).isEqualTo(202);
        assertThat(again.join().status()).as("%s", again.join().body()).isEqualTo(201);
        assertThat(order(again.join())).isEqualTo(order(first));
        assertThat(again.join().text("/status")).isEqualTo("CONFIRMED");
        assertThat(cart.said(order(first))).hasSize(1);
    }

    @Test
    void a_confirmation_that_is_cut_short_leaves_all_as_it_was() {
        add(tea, 1);
        update();
        var before = customer.get("/cart").header("ETag");

        transaction.executeWithoutResult(
                ending -> {
                    checkingOut.confirm(
                            customer.id(),
                            UnaryOperator.identity(),
                            Optional.empty(),
                            false,
                            _ -> {});
                    ending.setRollbackOnly();
                });

        assertThat(customer.get("/checkout/history").body().at("/count").asInt()).isZero();
        assertThat(customer.get("/cart").header("ETag")).isEqualTo(before);
        var said = (CartCheckedOut) only(cart.said(confirmedAsItIs()));
        assertThat(new Sealer(keys.paymentKey()).open(said.paymentToken())).isEqualTo("tok_secret");
    }

    @Test
    void a_confirmation_that_is_late_time_and_again_leaves_all_as_it_was() {
        add(tea, 1);
        update();
        var thing = shelf.put("Thing", "1.00");

        assertThatExceptionOfType(OptimisticLockingFailureException.class)
                .isThrownBy(
                        () ->
                                checkingOut.confirm(
                                        customer.id(),
                                        UnaryOperator.identity(),
                                        Optional.empty(),
                                        false,
                                        _ -> add(thing, 1)));

        assertThat(customer.get("/checkout/history").body().at("/count").asInt()).isZero();
        assertThat(customer.get("/cart").body().at("/items/1/quantity").asInt())
                .isEqualTo(StartingOver.MOST);
        var said = (CartCheckedOut) only(cart.said(confirmedAsItIs()));
        assertThat(new Sealer(keys.paymentKey()).open(said.paymentToken())).isEqualTo("tok_secret");
    }

    @Test
    void what_is_said_of_a_draft_while_it_is_confirmed_is_kept_for_the_next_one() {
        for (int round = 0; round < 5; round++) {
            customer = Customer.at(port);
            add(tea, 1);
            update();

            var answers =
                    Parallel.<Answer>all(
                            List.of(
                                    () -> customer.post("/checkout/confirm", "{}"),
                                    () ->
                                            customer.patch(
                                                    "/checkout/update",
                                                    "{\"billing_address\": \"Moi Avenue 2\"}")));

            assertThat(answers.get(0).status()).isEqualTo(202);
            var draft = customer.get("/checkout");
            assertThat(draft.text("/billing_address"))
                    .isEqualTo(
                            answers.get(1).status() == 200
                                    ? "Moi Avenue 2"
                                    : "Moi Avenue 1, Nairobi");
            assertThat(draft.body().at("/payment_token_given").asBoolean()).isFalse();
        }
    }

    @Test
    void parallel_updates_of_a_draft_are_all_kept() {
        add(tea, 1);

        Stream.of(
                        "{\"shipping_address\": \"Moi Avenue 1\"}",
                        "{\"billing_address\": \"Moi Avenue 2\"}",
                        "{\"payment_method\": \"card\"}")
                .map(patch -> Parallel.start(() -> customer.patch("/checkout/update", patch)))
                .toList()
                .forEach(answer -> assertThat(answer.join().status()).isEqualTo(200));

        var draft = customer.get("/checkout");
        assertThat(draft.text("/shipping_address")).isEqualTo("Moi Avenue 1");
        assertThat(draft.text("/billing_address")).isEqualTo("Moi Avenue 2");
        assertThat(draft.text("/payment_method")).isEqualTo("CARD");
    }

    @Test
    void of_eight_parallel_confirmations_one_becomes_an_order() {
        add(tea, 1);
        update();

        var answers = Parallel.times(8, () -> customer.post("/checkout/confirm", "{}"));

        assertThat(answers).filteredOn(answer -> answer.status() == 202).hasSize(1);
        var order = order(answers.stream().filter(a -> a.status() == 202).findFirst().get());
        assertThat(answers)
                .filteredOn(answer -> answer.status() != 202)
                .allSatisfy(
                        answer -> {
                            assertThat(answer.status()).isEqualTo(409);
                            assertThat(answer.text("/type"))
                                    .isEqualTo("/problems/already-checked-out");
                            assertThat(answer.header("Location"))
                                    .contains("/api/v1/orders/" + order);
                        });
        assertThat(cart.said(order)).hasSize(1);
    }

    @Test
    void parallel_first_items_make_one_cart() {
        var answers =
                Parallel.times(
                        8,
                        () ->
                                customer.post(
                                        "/cart/items", "{\"product_id\": \"%s\"}".formatted(tea)));

        assertThat(answers).extracting(Answer::status).containsOnly(201);
        assertThat(customer.get("/cart").body().at("/items/0/quantity").asInt()).isEqualTo(8);
        assertThat(customer.get("/cart/history").body().at("/count").asInt()).isEqualTo(1);
    }

    @Test
    void a_rejected_cart_comes_back_with_the_reasons_and_asks_before_it_tries_again() {
        add(tea, 5);
        add(mug, 1);
        var order = confirmed();

        cart.hears(
                new OrderRejected(
                        order,
                        List.of(new Refusal(tea, Refusal.Why.OUT_OF_STOCK, 2, kes("3.50")))));
        cartBecomes(order, "OPEN");

        var shown = customer.get("/cart");
        assertThat(shown.text("/changes/0/why")).isEqualTo("OUT_OF_STOCK");
        assertThat(shown.body().at("/changes/0/available").asInt()).isEqualTo(2);
        assertThat(shown.body().at("/changes/0/acknowledged").asBoolean()).isFalse();
        assertThat(shown.text("/changes/1/why")).isEqualTo("ORDER_REJECTED");
        assertThat(shown.body().at("/changes/1/acknowledged").asBoolean()).isTrue();

        var refused = customer.post("/checkout/confirm", "{}");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text("/type")).isEqualTo("/problems/cart-changed");
        assertThat(refused.header("ETag")).isEqualTo(shown.header("ETag"));

        var accepted =
                customer.post(
                        "/checkout/confirm",
                        "{\"accept_changes\": true}",
                        "If-Match",
                        shown.header("ETag").orElseThrow());
        assertThat(accepted.status()).isEqualTo(202);
        assertThat(order(accepted)).isNotEqualTo(order);
        assertThat(accepted.body().at("/lines/0/quantity").asInt()).isEqualTo(2);
        assertThat(customer.get("/checkout/history").text("/results/1/status"))
                .isEqualTo("REJECTED");
    }

    @Test
    void changes_are_accepted_only_by_who_has_seen_them() {
        add(tea, 1);
        update();
        var old = customer.get("/cart").header("ETag").orElseThrow();
        cart.hears(product(tea, 2, "4.00", true));
        await().atMost(20, SECONDS)
                .until(() -> customer.get("/cart").text("/total").equals("4.00"));

        assertThat(customer.post("/checkout/confirm", "{\"accept_changes\": true}").status())
                .isEqualTo(400);
        assertThat(
                        customer.post(
                                        "/checkout/confirm",
                                        "{\"accept_changes\": true}",
                                        "If-Match",
                                        old)
                                .status())
                .isEqualTo(412);
        assertThat(customer.post("/checkout/confirm", "{}").text("/changes/0/price_was"))
                .isEqualTo("3.50");

        var seen = customer.get("/cart").header("ETag").orElseThrow();
        var accepted =
                customer.post(
                        "/checkout/confirm",
                        "{\"accept_changes\": true, \"etag\": %s}".formatted(quoted(seen)));
        assertThat(accepted.status()).isEqualTo(202);
        assertThat(accepted.text("/total")).isEqualTo("4.00");
    }

    @Test
    void a_line_is_acknowledged_by_patching_it() {
        add(tea, 1);
        update();
        cart.hears(product(tea, 2, "4.00", true));
        await().atMost(20, SECONDS)
                .until(() -> customer.get("/cart").text("/total").equals("4.00"));

        var item = customer.get("/cart").text("/items/0/id");
        assertThat(customer.patch("/cart/items/" + item, "{}").status()).isEqualTo(200);

        assertThat(customer.post("/checkout/confirm", "{}").text("/total")).isEqualTo("4.00");
    }

    @Test
    void a_cart_that_comes_back_is_merged_into_the_one_begun_since() {
        add(tea, 2);
        var order = confirmed();
        add(tea, 1);
        add(mug, 1);

        cart.hears(new OrderCancelled(order, CancelReason.DECLINED, false));
        cartBecomes(order, "MERGED");

        var shown = customer.get("/cart");
        assertThat(shown.body().at("/items/0/quantity").asInt()).isEqualTo(3);
        assertThat(shown.text("/changes/0/why")).isEqualTo("PAYMENT_DECLINED");
        assertThat(customer.post("/checkout/confirm", "{}").text("/type"))
                .isEqualTo("/problems/cart-changed");
    }

    @Test
    void a_cart_that_has_grown_too_large_is_not_confirmed_until_it_fits() {
        add(tea, 1);
        var order = confirmed();
        IntStream.range(0, Cart.MOST_LINES).forEach(i -> add(shelf.put("Thing " + i, "1.00"), 1));
        cart.hears(new OrderCancelled(order, CancelReason.DECLINED, false));
        cartBecomes(order, "MERGED");

        var shown = customer.get("/cart");
        assertThat(shown.body().at("/items")).hasSize(Cart.MOST_LINES + 1);
        var accepted =
                "{\"accept_changes\": true, \"etag\": %s}"
                        .formatted(quoted(shown.header("ETag").orElseThrow()));
        for (var body : List.of("{}", accepted)) {
            var refused = customer.post("/checkout/confirm", body);
            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.text("/type")).isEqualTo("/problems/cart-full");
        }

        customer.delete("/cart/items/" + shown.text("/items/0/id"));
        var fits =
                customer.post(
                        "/checkout/confirm",
                        "{\"accept_changes\": true}",
                        "If-Match",
                        customer.get("/cart").header("ETag").orElseThrow());
        assertThat(fits.status()).isEqualTo(202);
    }

    @Test
    void what_is_said_where_nothing_can_be_had_is_kept() {
        add(tea, 1);
        cart.hears(product(tea, 2, "3.50", false));
        await().atMost(20, SECONDS)
                .until(() -> !customer.get("/cart").body().at("/changes").isEmpty());

        var refused =
                customer.post(
                        "/checkout",
                        """
                        {"shipping_address": "Moi Avenue 9", "payment_method": "card",
                         "accept_changes": true, "etag": %s}
                        """
                                .formatted(
                                        quoted(
                                                customer.get("/cart")
                                                        .header("ETag")
                                                        .orElseThrow())));

        assertThat(refused.text("/type")).isEqualTo("/problems/cart-empty");
        assertThat(customer.get("/checkout").text("/shipping_address")).isEqualTo("Moi Avenue 9");
        assertThat(customer.get("/cart").body().at("/items").isEmpty()).isTrue();
    }

    @Test
    void a_declined_cart_is_confirmed_again_and_no_longer_hears_of_its_first_order() {
        add(tea, 1);
        var first = confirmed();
        cart.hears(new OrderCancelled(first, CancelReason.DECLINED, false));
        cartBecomes(first, "OPEN");

        var second = order(customer.post("/checkout/confirm", "{}"));
        cart.hears(new OrderCancelled(first, CancelReason.DECLINED, false));
        cart.hears(new OrderConfirmed(second));

        cartBecomes(second, "CLOSED");
        assertThat(customer.get("/checkout/history").text("/results/0/status"))
                .isEqualTo("CONFIRMED");
        assertThat(customer.get("/checkout/history").text("/results/1/reason"))
                .isEqualTo("DECLINED");
    }

    @Test
    void a_bought_cart_stays_bought_whatever_becomes_of_its_order() {
        add(tea, 1);
        var order = confirmed();

        cart.hears(new OrderConfirmed(order));
        cart.hears(new OrderCancelled(order, CancelReason.STAFF, true));
        add(mug, 1);
        var other = confirmed();
        cart.hears(new OrderConfirmed(other));

        cartBecomes(other, "CLOSED");
        cartBecomes(order, "CLOSED");
    }

    @Test
    void carts_come_back_while_their_customers_begin_new_ones() {
        IntStream.range(0, 10)
                .forEach(
                        _ -> {
                            customer = Customer.at(port);
                            add(tea, 1);
                            var order = confirmed();
                            var adding = Parallel.start(() -> add(mug, 1));
                            cart.hears(new OrderCancelled(order, CancelReason.DEADLINE, false));
                            assertThat(adding.join().status()).isEqualTo(201);
                            await().atMost(20, SECONDS)
                                    .untilAsserted(
                                            () ->
                                                    assertThat(
                                                                    customer.get("/cart")
                                                                            .body()
                                                                            .at("/items"))
                                                            .hasSize(2));
                        });
        assertThat(jdbc.sql("select count(*) from dead_letters").query(Integer.class).single())
                .isZero();
    }

    @Test
    void an_incomplete_draft_is_told_what_is_missing() {
        add(tea, 1);

        var refused = customer.post("/checkout/confirm", "{}");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body().at("/errors").propertyNames())
                .containsExactlyInAnyOrder("shipping_address", "payment_method");
    }

    @Test
    void there_is_nothing_to_confirm_in_an_empty_cart() {
        assertThat(customer.post("/checkout/confirm", "{}").text("/type"))
                .isEqualTo("/problems/cart-empty");
        assertThat(customer.patch("/checkout/update", DRAFT).text("/type"))
                .isEqualTo("/problems/cart-empty");
    }

    @Test
    void another_customers_cart_is_unknown() {
        add(tea, 1);
        update();
        var mine = customer.get("/cart").text("/id");
        var item = customer.get("/cart").text("/items/0/id");
        customer = Customer.at(port);
        add(tea, 1);
        update();

        assertThat(customer.get("/cart/items/" + item).status()).isEqualTo(404);
        assertThat(customer.patch("/cart/items/" + item, "{\"quantity\": 2}").status())
                .isEqualTo(404);
        assertThat(customer.send("DELETE", "/cart/items/" + item, null).status()).isEqualTo(404);
        assertThat(
                        customer.post("/checkout/confirm", "{\"cart_id\": \"%s\"}".formatted(mine))
                                .status())
                .isEqualTo(404);
    }

    private Answer add(UUID product, int quantity) {
        var answer =
                customer.post(
                        "/cart/items",
                        "{\"product_id\": \"%s\", \"item_quantity\": %d}"
                                .formatted(product, quantity));
        assertThat(answer.status()).isEqualTo(201);
        return answer;
    }

    private Answer update() {
        var answer = customer.patch("/checkout/update", DRAFT);
        assertThat(answer.status()).isEqualTo(200);
        return answer;
    }

    private UUID confirmed() {
        update();
        return confirmedAsItIs();
    }

    private UUID confirmedAsItIs() {
        var answer = customer.post("/checkout/confirm", "{}");
        assertThat(answer.status()).isEqualTo(202);
        return order(answer);
    }

    private UUID pendingOrder() {
        return await().atMost(20, SECONDS)
                .until(
                        () ->
                                jdbc.sql("select order_id from checkouts where customer_id = ?")
                                        .param(customer.id())
                                        .query(UUID.class)
                                        .list(),
                        orders -> orders.size() == 1)
                .getFirst();
    }

    private void cartBecomes(UUID order, String status) {
        await().atMost(20, SECONDS)
                .untilAsserted(
                        () ->
                                assertThat(
                                                jdbc.sql(
                                                                """
                                                                select c.status from carts c
                                                                join checkouts k on k.cart_id = c.id
                                                                where k.order_id = ?
                                                                """)
                                                        .param(order)
                                                        .query(String.class)
                                                        .single())
                                        .isEqualTo(status));
    }

    private static UUID order(Answer answer) {
        return UUID.fromString(answer.text("/order_id"));
    }

    private static Event only(List<Event> said) {
        assertThat(said).hasSize(1);
        return said.getFirst();
    }

    private static String quoted(String etag) {
        return "\"" + etag.replace("\"", "\\\"") + "\"";
    }

    private static Money kes(String amount) {
        return Money.of(amount, "KES");
    }

    static ProductChanged product(UUID id, long revision, String price, boolean active) {
        return new ProductChanged(
                id,
                revision,
                "thing-" + id,
                "SKU-" + id,
                "Thing",
                UUID.randomUUID(),
                null,
                kes(price),
                kes(price),
                active);
    }
}
