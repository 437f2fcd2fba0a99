package duka.system;

import static duka.system.Customer.APPROVE;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import duka.system.Http.Answer;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a customer can live through, each followed by a look into all the books. */
class JourneysIT {

    final TheShop shop = TheShop.running();
    final Customer customer = Customer.signUp(shop.guest());
    final Staff staff = shop.staff();

    @AfterEach
    void the_books_are_right() {
        shop.booksAreRight();
    }

    @Test
    void a_purchase_that_goes_well() {
        var product = staff.sells(5, "389.00");

        var bought = customer.puts(2, product).buys(APPROVE).expect(201);

        assertThat(bought.text("status")).isEqualTo("CONFIRMED");
        assertThat(bought.text("total")).isEqualTo("778.00");
        customer.paymentBecomes(bought.text("order_id"), "CAPTURED");
        assertThat(staff.available(product)).isEqualTo(3);
        assertThat(customer.cart().path("items").isEmpty()).isTrue();
    }

    @Test
    void what_is_sold_out_is_not_sold() {
        var product = staff.sells(1, "10.00");
        var other = Customer.signUp(shop.guest());
        customer.puts(1, product).drafts(APPROVE);
        other.puts(1, product);
        assertThat(other.buys(APPROVE).expect(201).text("status")).isEqualTo("CONFIRMED");

        var order = customer.places();

        customer.ordersSaying(order, "REJECTED");
        await().atMost(20, SECONDS)
                .untilAsserted(() -> assertThat(customer.cart().path("items").size()).isEqualTo(1));
        assertThat(customer.cart().toString()).contains("OUT_OF_STOCK");
        assertThat(staff.available(product)).isZero();
    }

    @Test
    void two_customers_and_the_last_unit() {
        var product = staff.sells(1, "10.00");
        var buyers = List.of(customer, Customer.signUp(shop.guest()));
        buyers.forEach(buyer -> buyer.puts(1, product));

        var ends = inParallel(buyers.stream().map(buyer -> () -> buyer.buys(APPROVE)));

        assertThat(ends.stream().map(end -> end.text("status")))
                .containsExactlyInAnyOrder("CONFIRMED", "REJECTED");
    }

    @Test
    void a_price_that_moved_must_be_accepted_first() {
        var product = staff.sells(5, "10.00");
        customer.puts(1, product).drafts(APPROVE);
        staff.reprices(product, "12.00");
        await("the cart shows the new price")
                .atMost(20, SECONDS)
                .until(() -> customer.cart().toString().contains("12.00"));

        assertThat(customer.confirms().expect(409).text("type")).endsWith("cart-changed");

        var cart = customer.http().get("/api/v1/cart");
        var order =
                customer.http()
                        .with("If-Match", String.valueOf(cart.header("ETag")))
                        .post("/api/v1/checkout/confirm", Map.of("accept_changes", true))
                        .expect(202)
                        .text("order_id");
        assertThat(customer.ordersSaying(order, "CONFIRMED").path("total").asString())
                .isEqualTo("12.00");
    }

    @Test
    void a_declined_payment_gives_everything_back() {
        var product = staff.sells(5, "10.00");
        customer.puts(1, product);

        var end = customer.buys("tok_decline").expect(201);

        assertThat(end.text("status")).isEqualTo("CANCELLED");
        await().atMost(20, SECONDS).until(() -> staff.available(product) == 5);
        assertThat(customer.cart().path("items").size()).isEqualTo(1);
        assertThat(customer.buys(APPROVE).expect(201).text("status")).isEqualTo("CONFIRMED");
    }

    @Test
    void an_approval_is_needed_and_given() {
        customer.puts(1, staff.sells(5, "10.00")).drafts("tok_3ds");

        var order = customer.places();
        var payment = customer.paymentBecomes(order, "PENDING");
        shop.approves(payment.path("action").path("url").asString());

        customer.ordersSaying(order, "CONFIRMED");
        customer.paymentBecomes(order, "CAPTURED");
    }

    @Test
    void a_token_that_comes_later() {
        customer.puts(1, staff.sells(5, "10.00")).drafts(null);

        var order = customer.places();
        customer.paymentBecomes(order, "PENDING");
        customer.http()
                .post(
                        "/api/v1/payments/initiate",
                        Map.of("order_id", order, "payment_token", APPROVE))
                .expect(201);

        customer.ordersSaying(order, "CONFIRMED");
    }

    @Test
    void a_deadline_that_passes() {
        var product = staff.sells(5, "10.00");
        customer.puts(1, product).drafts(null);

        var order = customer.places();

        assertThat(customer.ordersSaying(order, "CANCELLED").path("reason").asString())
                .isEqualTo("DEADLINE");
        await().atMost(20, SECONDS).until(() -> staff.available(product) == 5);
    }

    @Test
    void an_authorization_after_the_deadline_is_voided() {
        customer.puts(1, staff.sells(5, "10.00")).drafts("tok_delay_" + (TheShop.PENDING + 10));

        var order = customer.places();

        customer.ordersSaying(order, "CANCELLED");
        customer.paymentBecomes(order, "VOIDED");
    }

    @Test
    void cancelled_before_the_pivot() {
        var product = staff.sells(5, "10.00");
        customer.puts(1, product).drafts(null);
        var order = customer.places();
        customer.paymentBecomes(order, "PENDING");

        customer.http().post("/api/v1/orders/" + order + "/cancel", Map.of()).expect(200);

        assertThat(customer.order(order).path("status").asString()).isEqualTo("CANCELLED");
        customer.paymentBecomes(order, "VOIDED");
        await().atMost(20, SECONDS).until(() -> staff.available(product) == 5);
    }

    @Test
    void cancelled_after_the_pivot() {
        var product = staff.sells(5, "10.00");
        var order = customer.puts(1, product).buys(APPROVE).expect(201).text("order_id");
        customer.paymentBecomes(order, "CAPTURED");

        customer.http().post("/api/v1/orders/" + order + "/cancel", Map.of()).expect(200);

        customer.paymentBecomes(order, "REFUNDED");
        await().atMost(20, SECONDS).until(() -> staff.available(product) == 5);
    }

    @Test
    void a_provider_that_drops_the_connection_is_asked_again() {
        customer.puts(1, staff.sells(5, "10.00"));

        var order = customer.buys("tok_drop").expect(201);

        assertThat(order.text("status")).isEqualTo("CONFIRMED");
        customer.paymentBecomes(order.text("order_id"), "CAPTURED");
    }

    @Test
    void a_provider_that_is_broken_for_a_while_is_asked_again() {
        customer.puts(1, staff.sells(5, "10.00")).drafts("tok_500");

        var order = customer.places();

        customer.ordersSaying(order, "CONFIRMED");
    }

    @Test
    void one_idempotency_key_has_one_result() {
        customer.puts(1, staff.sells(5, "10.00")).drafts(APPROVE);
        var key = UUID.randomUUID().toString();
        Callable<Answer> confirm =
                () ->
                        customer.http()
                                .with("Idempotency-Key", key)
                                .post("/api/v1/checkout/confirm", Map.of());

        var atOnce = inParallel(Stream.generate(() -> confirm).limit(4));
        var later =
                customer.http()
                        .with("Idempotency-Key", key)
                        .with("Prefer", "wait=30")
                        .post("/api/v1/checkout/confirm", Map.of());

        assertThat(atOnce.stream().map(Answer::status)).contains(202).containsOnly(202, 409);
        assertThat(later.status()).isEqualTo(201);
        assertThat(later.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(customer.ordersPlaced()).containsExactly(later.text("order_id"));
        customer.http()
                .with("Idempotency-Key", key)
                .post("/api/v1/checkout/confirm", Map.of("accept_changes", true))
                .expect(422);
    }

    @Test
    void a_double_click_buys_once() {
        customer.puts(1, staff.sells(5, "10.00")).drafts(APPROVE);

        var order = customer.places();
        var again = customer.confirms();

        assertThat(again.status()).isIn(400, 409);
        customer.ordersSaying(order, "CONFIRMED");
        assertThat(customer.ordersPlaced()).containsExactly(order);
    }

    @Test
    void eight_confirms_at_once_buy_once() {
        customer.puts(1, staff.sells(20, "10.00")).drafts(APPROVE);

        var answers =
                inParallel(
                        IntStream.range(0, 8).mapToObj(_ -> (Callable<Answer>) customer::confirms));

        var accepted = answers.stream().filter(answer -> answer.status() == 202).toList();
        assertThat(accepted).hasSize(1);
        assertThat(answers).allMatch(answer -> answer.status() < 500);
        var order = accepted.getFirst().text("order_id");
        customer.ordersSaying(order, "CONFIRMED");
        assertThat(customer.ordersPlaced()).containsExactly(order);
    }

    private static List<Answer> inParallel(Stream<Callable<Answer>> calls) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return threads.invokeAll(calls.toList()).stream().map(JourneysIT::result).toList();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Answer result(Future<Answer> future) {
        try {
            return future.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
