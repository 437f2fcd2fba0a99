package duka.local;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One who buys on and on in every way there is, asks again whatever was not answered, and remembers
 * what they were told.
 */
final class ChaosCustomer {

    /**
     * How a customer pays and what they then do.
     *
     * @param token what the simulated provider behaves by; none to be given later, or cash
     * @param weight how often, compared with the others
     */
    private enum Payment {
        APPROVED("tok_approve", 50),
        DECLINED("tok_decline", 7),
        APPROVED_LATER("tok_delay_2", 6),
        ANSWER_LOST("tok_drop", 6),
        PROVIDER_BROKEN("tok_500", 5),
        PROVIDER_BROKEN_AFTERWARDS("tok_500_after", 5),
        PROVIDER_SLOW("tok_slow_3", 3),
        WEBHOOKS_TWICE("tok_webhook_twice", 4),
        WEBHOOKS_DISORDERED("tok_webhook_disorder", 4),
        CAPTURE_REFUSED("tok_capture_refused", 2),
        CUSTOMER_APPROVES("tok_3ds", 4),
        CUSTOMER_DECLINES("tok_3ds", 1),
        CUSTOMER_FORGETS("tok_3ds", 2),
        TOKEN_LATER(null, 2),
        TOKEN_NEVER(null, 1),
        CASH(null, 4);

        private static final int ALL =
                List.of(values()).stream().mapToInt(payment -> payment.weight).sum();

        private final @Nullable String token;
        private final int weight;

        Payment(@Nullable String token, int weight) {
            this.token = token;
            this.weight = weight;
        }

        static Payment draw(Random random) {
            int left = random.nextInt(ALL);
            for (Payment payment : values()) {
                left -= payment.weight;
                if (left < 0) {
                    return payment;
                }
            }
            throw new IllegalStateException();
        }

        Map<String, Object> draft() {
            var draft = new HashMap<String, Object>();
            draft.put("shipping_address", "Moi Avenue 23, 00100 Nairobi");
            draft.put("payment_method", this == CASH ? "CASH_ON_DELIVERY" : "CARD");
            if (token != null) {
                draft.put("payment_token", token);
            }
            return draft;
        }
    }

    private static final int MOST_LINES = 3;
    private static final int MOST_THOUGHT_MILLIS = 1000;
    private static final int LOOK_MILLIS = 250;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Insistent caller;
    private final Promises promises;
    private final ChaosGoods goods;
    private final Random random;
    private final Runnable whenAnOrderEnds;

    ChaosCustomer(
            Insistent caller,
            Promises promises,
            ChaosGoods goods,
            Random random,
            Runnable whenAnOrderEnds) {
        this.caller = caller;
        this.promises = promises;
        this.goods = goods;
        this.random = random;
        this.whenAnOrderEnds = whenAnOrderEnds;
    }

    void shopOnAndOn(BooleanSupplier over) {
        while (!over.getAsBoolean()) {
            try {
                if (fillCart()) {
                    buy(Payment.draw(random));
                }
            } catch (Trouble e) {
                promises.complain(e.getMessage());
            }
            Processes.pause(Duration.ofMillis(random.nextInt(MOST_THOUGHT_MILLIS)));
        }
    }

    /** False if nothing of what was wanted is there. */
    private boolean fillCart() {
        caller.send("DELETE", "/api/v1/cart", null, Map.of()).expect(204);
        boolean filled = false;
        int lines = random.nextInt(1, MOST_LINES + 1);
        for (int line = 0; line < lines; line++) {
            var item = Map.of("product_id", goods.any(random), "quantity", random.nextInt(1, 3));
            filled |= caller.post("/api/v1/cart/items", item).expect(201, 409).status() == 201;
        }
        return filled;
    }

    private void buy(Payment payment) {
        Optional<Api.Answer> accepted = chance(3) ? confirm(payment) : checkOut(payment);
        if (accepted.isEmpty()) {
            return;
        }
        String order = accepted.get().text("order_id");
        if (payment == Payment.CAPTURE_REFUSED) {
            promises.mayBeCancelled(order);
        }
        promises.told(order, accepted.get().text("status"));
        if (chance(16)) {
            cancel(order);
        }
        boolean waits = act(payment, order) && follow(order);
        if (waits && chance(16)) {
            cancel(order);
        }
    }

    /** Draft and confirmation apart. */
    private Optional<Api.Answer> confirm(Payment payment) {
        var drafted =
                caller.send("PATCH", "/api/v1/checkout/update", payment.draft(), Map.of())
                        .expect(200, 409);
        return drafted.status() == 200
                ? accepted("/api/v1/checkout/confirm", new HashMap<>())
                : Optional.empty();
    }

    private Optional<Api.Answer> checkOut(Payment payment) {
        return accepted("/api/v1/checkout", payment.draft());
    }

    /** Nothing if there was nothing left to buy. */
    private Optional<Api.Answer> accepted(String path, Map<String, Object> body) {
        while (true) {
            var headers = new HashMap<>(Insistent.once());
            headers.put("Prefer", chance(2) ? "wait=10" : "respond-async");
            Api.Answer answer = chance(8) ? twice(path, body, headers) : send(path, body, headers);
            switch (answer.status()) {
                case 201, 202 -> {
                    promises.ordered(answer.text("order_id"));
                    if (chance(4)) {
                        headers.put("Prefer", "respond-async");
                        promises.answeredAgain(answer.text("order_id"), send(path, body, headers));
                    }
                    return Optional.of(answer);
                }
                case 409, 412 -> {
                    if (answer.text("type").equals("/problems/cart-empty")) {
                        return Optional.empty();
                    }
                    acceptChanges(answer, body);
                }
                default -> answer.expect(201, 202);
            }
        }
    }

    private Api.Answer send(String path, Map<String, Object> body, Map<String, String> headers) {
        return caller.send("POST", path, Map.copyOf(body), headers);
    }

    /** A double click. */
    private Api.Answer twice(String path, Map<String, Object> body, Map<String, String> headers) {
        var other =
                CompletableFuture.supplyAsync(
                        () -> send(path, body, headers), Thread::startVirtualThread);
        var one = send(path, body, headers);
        var two = Processes.join(other, PATIENCE);
        if (isAccepted(one) && isAccepted(two)) {
            promises.answeredAgain(one.text("order_id"), two);
        }
        return isAccepted(one) ? one : two;
    }

    private static boolean isAccepted(Api.Answer answer) {
        return answer.status() == 201 || answer.status() == 202;
    }

    /** The customer has looked at the cart and takes it as it now is. */
    private void acceptChanges(Api.Answer refusal, Map<String, Object> body) {
        boolean staleOrChanged =
                refusal.status() == 412 || refusal.text("type").equals("/problems/cart-changed");
        if (!staleOrChanged) {
            refusal.expect(201, 202);
        }
        var cart = caller.get("/api/v1/cart").expect(200);
        body.put("accept_changes", true);
        body.put("etag", cart.headers().firstValue("ETag").orElseThrow());
    }

    private void cancel(String order) {
        promises.mayBeCancelled(order);
        var answer =
                caller.post("/api/v1/orders/%s/cancel".formatted(order), Map.of())
                        .expect(200, 404, 409);
        if (answer.status() == 200) {
            promises.cancelled(order);
        }
    }

    /** What this way of paying asks of the customer; false if they leave it at that. */
    private boolean act(Payment payment, String order) {
        switch (payment) {
            case CUSTOMER_APPROVES -> decide(order, true);
            case CUSTOMER_DECLINES -> decide(order, false);
            case TOKEN_LATER -> giveToken(order);
            case CUSTOMER_FORGETS, TOKEN_NEVER -> {
                return chance(2);
            }
            default -> {}
        }
        return true;
    }

    private void decide(String order, boolean approve) {
        JsonNode page = awaitAction(order).path("url");
        if (page.isString()) {
            caller.decide(page.asString(), approve);
        }
    }

    private void giveToken(String order) {
        if (awaitAction(order).path("type").asString("").equals("INITIATE")) {
            caller.post(
                            "/api/v1/payments/initiate",
                            Map.of("order_id", order, "payment_token", "tok_approve"))
                    .expect(200, 201, 409);
        }
    }

    /** What the payment waits for; nothing if the order ends before it does. */
    private JsonNode awaitAction(String order) {
        while (true) {
            var payment =
                    caller.get("/api/v1/payments?order_id=" + order)
                            .expect(200)
                            .body()
                            .path("results")
                            .path(0);
            if (payment.path("action").isObject() || Promises.isDecided(status(order))) {
                return payment.path("action");
            }
            look();
        }
    }

    /** Until the order is decided; false if that takes too long. */
    private boolean follow(String order) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            String status = status(order);
            if (Promises.isDecided(status)) {
                promises.told(order, status);
                whenAnOrderEnds.run();
                return true;
            }
            look();
        }
        promises.complain("5: order %s is not decided".formatted(order));
        return false;
    }

    /** Empty while order-service has not heard of it. */
    private String status(String order) {
        var answer = caller.get("/api/v1/orders/" + order).expect(200, 404);
        return answer.status() == 200 ? answer.text("status") : "";
    }

    private static void look() {
        Processes.pause(Duration.ofMillis(LOOK_MILLIS));
    }

    private boolean chance(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }

    /** All orders that the shop says this customer has. */
    Map<String, JsonNode> orders() {
        var orders = new LinkedHashMap<String, JsonNode>();
        @Nullable String next = "/api/v1/orders?page_size=100&cursor=";
        while (next != null) {
            JsonNode page = caller.get(next).expect(200).body();
            page.path("results").forEach(order -> orders.put(order.path("id").asString(), order));
            next = page.path("next").isString() ? page.path("next").asString() : null;
        }
        return orders;
    }

    Promises promises() {
        return promises;
    }
}
