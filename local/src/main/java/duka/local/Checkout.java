package duka.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Buys one thing as a demo customer, through the gateway, and tells what happens to the order. */
final class Checkout {

    /**
     * @param token what the simulated provider decides by; none for cash
     */
    record Payment(String method, @Nullable String token, String hopedFor) {

        /** Without a token the order waits for the customer, as it should. */
        static Payment card(String token) {
            return new Payment(
                    "CARD", token, token.contains("decline") ? "CANCELLED" : "CONFIRMED");
        }

        static Payment cashOnDelivery() {
            return new Payment("CASH_ON_DELIVERY", null, "CONFIRMED");
        }
    }

    private static final Set<String> OPEN = Set.of("PLACED", "AWAITING_PAYMENT");
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Shop shop;
    private final PrintStream out;
    private long began;

    Checkout(Shop shop, PrintStream out) {
        this.shop = shop;
        this.out = out;
    }

    /** True if the order ended as this way of paying should make it end. */
    boolean buy(String email, Optional<String> slug, Payment payment) {
        Api customer = Api.of(shop.gateway()).signIn(email, Demo.PASSWORD);
        JsonNode product = product(customer, slug);
        customer.delete("/api/v1/cart").expect(200, 204, 404);
        customer.post(
                        "/api/v1/cart/items",
                        Map.of("product_id", product.path("id").asString(), "quantity", 1))
                .expect(200, 201);
        var draft = new HashMap<String, Object>();
        draft.put("shipping_address", "Moi Avenue 23, 00100 Nairobi");
        draft.put("payment_method", payment.method());
        if (payment.token() != null) {
            draft.put("payment_token", payment.token());
        }
        customer.patch("/api/v1/checkout/update", draft).expect(200);
        out.printf("%s buys %s, %s%n", email, product.path("name").asString(), payment.method());
        began = System.nanoTime();
        var confirmed = customer.post("/api/v1/checkout/confirm", Map.of()).expect(200, 201, 202);
        String order = confirmed.text("order_id");
        say("checkout confirmed, order " + order);
        String end = follow(customer, order);
        boolean asHoped = end.equals(payment.hopedFor());
        out.printf(
                "The order is %s after %d ms%s.%n",
                end, elapsed(), asHoped ? "" : ", not " + payment.hopedFor());
        return asHoped;
    }

    private static JsonNode product(Api customer, Optional<String> slug) {
        if (slug.isPresent()) {
            return customer.get("/api/v1/products/" + slug.get()).expect(200).body();
        }
        for (JsonNode product :
                customer.get("/api/v1/products?page_size=100&ordering=price")
                        .expect(200)
                        .body()
                        .path("results")) {
            if (product.path("stock").asInt(0) > 0) {
                return product;
            }
        }
        throw new Trouble("Nothing is in stock; ./duka seed adds goods to an empty shop.");
    }

    /** The order's stream; it ends when the order can change no more, or waits for somebody. */
    private String follow(Api customer, String order) {
        var request =
                customer.request(
                                "GET",
                                "/api/v1/orders/" + order + "/events",
                                null,
                                Map.of("Accept", "text/event-stream"))
                        .timeout(PATIENCE)
                        .build();
        try (var stream = customer.http().send(request, BodyHandlers.ofInputStream()).body();
                var lines =
                        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line; (line = lines.readLine()) != null; ) {
                if (line.startsWith("data:")) {
                    JsonNode step = Api.JSON.readTree(line.substring("data:".length()));
                    say(words(step));
                    String status = step.path("status").asString();
                    if (!status.isEmpty() && !OPEN.contains(status)) {
                        return status;
                    }
                }
            }
        } catch (IOException e) {
            say("the stream broke: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Trouble("Interrupted.", e);
        }
        return customer.get("/api/v1/orders/" + order).expect(200).text("status");
    }

    private static String words(JsonNode step) {
        String note = step.path("note").asString("");
        return "%-24s %-18s %s"
                .formatted(
                        step.path("heard").asString(step.path("detail").asString("")),
                        step.path("status").asString(""),
                        note);
    }

    private void say(String step) {
        out.printf("  %6d ms  %s%n", elapsed(), step);
    }

    private long elapsed() {
        return Duration.ofNanos(System.nanoTime() - began).toMillis();
    }
}
