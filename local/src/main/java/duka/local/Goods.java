package duka.local;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What load buys: a page of the catalog, and never to its end. */
final class Goods {

    /** Load is to find out how fast the shop sells, not when it has sold out. */
    private static final int PLENTY = 500_000;

    private final Api guest;

    Goods(Api guest) {
        this.guest = guest;
    }

    /** The ids of the oldest. */
    List<String> onSale() {
        var ids = new ArrayList<String>();
        page().forEach(product -> ids.add(product.path("id").asString()));
        if (ids.isEmpty()) {
            throw new Trouble("There is nothing to buy; ./duka seed adds goods.");
        }
        return ids;
    }

    /** So that there are more of each than are going to be bought. */
    void stockUp() {
        Api admin = guest.signIn(Demo.ADMIN.email(), Demo.PASSWORD);
        for (JsonNode product : page()) {
            int stock = product.path("stock").asInt();
            if (stock < PLENTY / 2) {
                admin.post(
                                "/api/v1/products/%s/stock-adjustments"
                                        .formatted(product.path("id").asString()),
                                Map.of(
                                        "delta", PLENTY - stock,
                                        "reason", "OTHER",
                                        "note", "load test"))
                        .expect(200, 201);
            }
        }
    }

    private JsonNode page() {
        return guest.get("/api/v1/products?page_size=100&ordering=created_at")
                .expect(200)
                .body()
                .path("results");
    }
}
