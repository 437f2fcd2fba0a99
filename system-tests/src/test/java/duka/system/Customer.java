package duka.system;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import duka.system.Http.Answer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Somebody who shops, knowing nothing but the public API. */
final class Customer {

    static final String APPROVE = "tok_approve";

    /** Of every account that a test makes for itself. */
    static final String PASSWORD = "correct horse 1";

    private final Http http;

    private Customer(Http http) {
        this.http = http;
    }

    /** A new customer each time, so that no test meets another's cart. */
    static Customer signUp(Http guest) {
        var email = "customer-" + UUID.randomUUID() + "@example.com";
        guest.post("/api/v1/auth/register", Map.of("email", email, "password", PASSWORD))
                .expect(201);
        return signIn(guest, email, PASSWORD);
    }

    static Customer signIn(Http guest, String email, String password) {
        var token =
                guest.post("/api/v1/auth/token", Map.of("email", email, "password", password))
                        .expect(200)
                        .text("access");
        return new Customer(guest.as(token));
    }

    /** The same customer, whose every request from now on is part of a trace. */
    Customer traced(String traceparent) {
        return new Customer(http.with("traceparent", traceparent));
    }

    Http http() {
        return http;
    }

    Customer puts(int quantity, Product product) {
        http.post("/api/v1/cart/items", Map.of("product_id", product.id(), "quantity", quantity))
                .expect(201);
        return this;
    }

    /** Fills in the draft; without a token the payment will wait for one. */
    Customer drafts(@Nullable String token) {
        var draft = new HashMap<String, Object>();
        draft.put("shipping_address", "Moi Avenue 1, Nairobi");
        draft.put("payment_method", "CARD");
        if (token != null) {
            draft.put("payment_token", token);
        }
        http.patch("/api/v1/checkout/update", draft).expect(200);
        return this;
    }

    Answer confirms() {
        return http.post("/api/v1/checkout/confirm", Map.of());
    }

    /** Confirms what was drafted and answers the order's id. */
    String places() {
        return confirms().expect(202).text("order_id");
    }

    /** Update, confirm and wait in one call. */
    Answer buys(@Nullable String token) {
        var body = new HashMap<String, Object>();
        body.put("shipping_address", "Moi Avenue 1, Nairobi");
        body.put("payment_method", "CARD");
        if (token != null) {
            body.put("payment_token", token);
        }
        return http.with("Prefer", "wait=30").post("/api/v1/checkout", body);
    }

    JsonNode order(String id) {
        var answer = http.get("/api/v1/orders/" + id);
        return answer.body();
    }

    JsonNode ordersSaying(String id, String status) {
        return await("order " + id + " is " + status)
                .atMost(90, SECONDS)
                .until(() -> order(id), order -> order.path("status").asString().equals(status));
    }

    /** What the order has become, once nobody is about to change it. */
    String decided(String id) {
        return await("order " + id + " is decided")
                .atMost(120, SECONDS)
                .ignoreExceptions()
                .until(
                        () -> order(id).path("status").asString(),
                        List.of("CONFIRMED", "REJECTED", "CANCELLED")::contains);
    }

    static void until(String what, Callable<Boolean> holds) {
        await(what).atMost(60, SECONDS).until(holds);
    }

    /** Captured, as order-service has heard too. */
    void mayShip(String order) {
        until(
                "order %s may be shipped".formatted(order),
                () ->
                        http.get("/api/v1/orders/%s/timeline".formatted(order))
                                .body()
                                .toString()
                                .contains("PaymentCaptured"));
    }

    JsonNode paymentOf(String order) {
        return await("payment of " + order)
                .atMost(60, SECONDS)
                .until(
                        () ->
                                http.get("/api/v1/payments?order_id=" + order)
                                        .body()
                                        .path("results")
                                        .path(0),
                        payment -> !payment.isMissingNode());
    }

    JsonNode paymentBecomes(String order, String status) {
        return await("payment of " + order + " is " + status)
                .atMost(60, SECONDS)
                .until(
                        () -> paymentOf(order),
                        payment -> payment.path("status").asString().equals(status));
    }

    JsonNode cart() {
        return http.get("/api/v1/cart").expect(200).body();
    }

    List<String> ordersPlaced() {
        return http.get("/api/v1/orders?page_size=100")
                .expect(200)
                .body()
                .path("results")
                .valueStream()
                .map(order -> order.path("id").asString())
                .toList();
    }

    /** Something for sale, as the catalog answered when it was made. */
    record Product(String id, String slug) {}
}
