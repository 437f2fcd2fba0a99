package duka.local;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/**
 * What is sold while things break: goods of its own, some of them scarce, whose staff goes on
 * restocking and pricing them. Knows how many units there should be in the end.
 */
final class ChaosGoods {

    private static final int PLENTIFUL = 9;
    private static final int SCARCE = 3;
    private static final int ENOUGH = 500_000;
    private static final int FEW = 20;
    private static final int DELIVERY = 10;
    private static final int PRICES = 4;
    private static final Duration BETWEEN = Duration.ofSeconds(2);

    private final Insistent staff;
    private final List<String> products = new ArrayList<>();
    private final Map<String, Long> supplied = new ConcurrentHashMap<>();

    ChaosGoods(Insistent staff) {
        this.staff = staff;
    }

    void putOnSale() {
        String category =
                staff.get("/api/v1/categories?page_size=1")
                        .expect(200)
                        .first()
                        .path("id")
                        .asString();
        for (int number = 0; number < PLENTIFUL + SCARCE; number++) {
            String product = product(number, category);
            products.add(product);
            supplied.put(product, onHand(product));
        }
    }

    private String product(int number, String category) {
        String slug = "chaos-%02d".formatted(number);
        var product = new HashMap<String, Object>();
        product.put("name", "Chaos No. " + number);
        product.put("slug", slug);
        product.put("sku", "CHAOS-%02d".formatted(number));
        product.put("price", price(number, 0));
        product.put("category_id", category);
        product.put("stock", number < PLENTIFUL ? ENOUGH : FEW);
        staff.post("/api/v1/products", product).expect(201, 409);
        return staff.get("/api/v1/products/" + slug).expect(200).text("id");
    }

    private static String price(int number, int step) {
        return "%d.00".formatted(100 * (number + 1) + step);
    }

    String any(Random random) {
        return products.get(random.nextInt(products.size()));
    }

    /** In turn more of something scarce and another price of anything. */
    void tend(Random random, BooleanSupplier over) {
        while (!over.getAsBoolean()) {
            restock(products.get(PLENTIFUL + random.nextInt(SCARCE)));
            Processes.pause(BETWEEN);
            reprice(random.nextInt(products.size()), random.nextInt(PRICES));
            Processes.pause(BETWEEN);
        }
    }

    private void restock(String product) {
        staff.post(
                        "/api/v1/products/%s/stock-adjustments".formatted(product),
                        Map.of("delta", DELIVERY, "reason", "OTHER", "note", "chaos"))
                .expect(200, 201);
        supplied.merge(product, (long) DELIVERY, Long::sum);
    }

    private void reprice(int number, int step) {
        staff.send(
                        "PATCH",
                        "/api/v1/products/" + products.get(number),
                        Map.of("price", price(number, step)),
                        Map.of())
                .expect(200);
    }

    private long onHand(String product) {
        return staff.get("/api/v1/products/%s/stock".formatted(product))
                .expect(200)
                .body()
                .path("on_hand")
                .asLong();
    }

    /**
     * @param sold units by product of all orders that stay confirmed
     */
    List<String> violations(Map<String, Long> sold) {
        var violations = new ArrayList<String>();
        for (String product : products) {
            long expected = supplied.get(product) - sold.getOrDefault(product, 0L);
            long found = onHand(product);
            if (found != expected) {
                violations.add(
                        "1: of product %s %d should be left, by all that staff and customers were told; there are %d"
                                .formatted(product, expected, found));
            }
        }
        return violations;
    }
}
