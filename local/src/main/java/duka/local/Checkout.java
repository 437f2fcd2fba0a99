package duka.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Buys one thing as a demo customer, through the gateway, and tells what happens to the order. */
final class Checkout {

    /**
     * @param token what the simulated provider decides by; none for cash
     * @param hopedFor the status that this way of paying should lead to
     */
    record Payment(String method, @Nullable String token, String hopedFor) {

        static Payment card(String token) {
            boolean declined =
                    token.startsWith("tok_decline") || token.equals("tok_insufficient_funds");
            return new Payment("CARD", token, declined ? "CANCELLED" : "CONFIRMED");
        }

        static Payment cashOnDelivery() {
            return new Payment("CASH_ON_DELIVERY", null, "CONFIRMED");
        }
    }

    private static final Set<String> UNDECIDED = Set.of("PLACED", "AWAITING_PAYMENT");
    private static final Duration PATIENCE = Duration.ofMinutes(35);
    private static final Duration AFTERMATH = Duration.ofSeconds(15);

    private final URI gateway;
    private final PrintStream out;
    private long began;

    Checkout(URI gateway, PrintStream out) {
        this.gateway = gateway;
        this.out = out;
    }

    /** True if the order ended as this way of paying should make it end. */
    boolean buy(String email, Optional<String> slug, Payment payment) {
        Api customer = Api.of(gateway).signIn(email, Demo.PASSWORD);
        JsonNode product = product(customer, slug);
        customer.delete("/api/v1/cart").expect(204, 200);
        customer.post(
                        "/api/v1/cart/items",
                        Map.of("product_id", product.path("id").asString(), "quantity", 1))
                .expect(201, 200);
        var draft = new HashMap<String, Object>();
        draft.put("shipping_address", "Moi Avenue 23, 00100 Nairobi");
        draft.put("payment_method", payment.method());
        if (payment.token() != null) {
            draft.put("payment_token", payment.token());
        }
        customer.patch("/api/v1/checkout/update", draft).expect(200);
        out.printf(
                "%s buys %s for %s %s, %s%n",
                email,
                product.path("name").asString(),
                product.path("unit_price").asString(),
                product.path("currency").asString(),
                payment.token() == null ? "cash on delivery" : "paying with " + payment.token());
        began = System.nanoTime();
        String order =
                customer.post("/api/v1/checkout/confirm", Map.of())
                        .expect(202, 201)
                        .text("order_id");
        say("checkout confirmed: order " + order);
        Outcome outcome = follow(customer, order, payment);
        boolean asHoped = outcome.status().equals(payment.hopedFor());
        out.printf(
                "%s after %d ms%s: %s%n",
                outcome.status(),
                outcome.after(),
                asHoped ? "" : ", not " + payment.hopedFor(),
                gateway + "/api/v1/orders/" + order);
        return asHoped;
    }

    private static JsonNode product(Api customer, Optional<String> slug) {
        if (slug.isPresent()) {
            return customer.get("/api/v1/products/" + slug.get()).expect(200).body();
        }
        JsonNode inStock =
                customer.get("/api/v1/products?in_stock=true&page_size=1").expect(200).body();
        if (inStock.path("results").isEmpty()) {
            throw new Trouble("Nothing is in stock; ./duka seed adds goods.");
        }
        return inStock.path("results").path(0);
    }

    private record Outcome(String status, long after) {}

    /** The order's own stream, up to its outcome and what that sets in motion. */
    private Outcome follow(Api customer, String order, Payment payment) {
        var request =
                customer.request(
                                "GET",
                                "/api/v1/orders/" + order + "/events",
                                null,
                                Map.of("Accept", "text/event-stream"))
                        .timeout(PATIENCE)
                        .build();
        Outcome outcome = new Outcome("", 0);
        try (InputStream stream =
                        customer.http().send(request, BodyHandlers.ofInputStream()).body();
                var lines =
                        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            var heard = new HashSet<String>();
            for (String line; (line = lines.readLine()) != null; ) {
                if (!line.startsWith("data:")) {
                    continue;
                }
                JsonNode step = Api.JSON.readTree(line.substring("data:".length()));
                heard.add(step.path("heard").asString(""));
                say(words(step));
                if (step.path("heard").asString("").equals("PaymentActionRequired")) {
                    sayWhatToDo(customer, order);
                }
                String status = step.path("status").asString("");
                if (outcome.status().isEmpty()
                        && !status.isEmpty()
                        && !UNDECIDED.contains(status)) {
                    outcome = new Outcome(status, elapsed());
                    closeLater(stream);
                }
                if (outcome.status().equals("CONFIRMED")
                        && heard.containsAll(afterwards(payment))) {
                    return outcome;
                }
            }
        } catch (IOException e) {
            if (outcome.status().isEmpty()) {
                say("the stream broke: " + e.getMessage());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Trouble("Interrupted.", e);
        }
        return outcome.status().isEmpty()
                ? new Outcome(
                        customer.get("/api/v1/orders/" + order).expect(200).text("status"),
                        elapsed())
                : outcome;
    }

    private static Set<String> afterwards(Payment payment) {
        return payment.token() == null
                ? Set.of("StockTaken")
                : Set.of("StockTaken", "PaymentCaptured");
    }

    /** What follows the outcome is told if it comes soon; nobody has to wait for it. */
    private static void closeLater(InputStream stream) {
        Thread.ofVirtual()
                .start(
                        () -> {
                            Processes.pause(AFTERMATH);
                            try {
                                stream.close();
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        });
    }

    private void sayWhatToDo(Api customer, String order) {
        JsonNode action =
                customer.get("/api/v1/payments?order_id=" + order)
                        .expect(200)
                        .body()
                        .path("results")
                        .path(0)
                        .path("action");
        if (action.path("url").isString()) {
            say("the customer approves or declines at " + action.path("url").asString());
        }
    }

    private static String words(JsonNode step) {
        return "%-22s %-17s %s"
                .formatted(
                        step.path("heard").asString(step.path("detail").asString("")),
                        step.path("status").asString(""),
                        step.path("note").asString(""))
                .stripTrailing();
    }

    private void say(String step) {
        out.printf("  %6d ms  %s%n", elapsed(), step);
    }

    private long elapsed() {
        return Duration.ofNanos(System.nanoTime() - began).toMillis();
    }
}
