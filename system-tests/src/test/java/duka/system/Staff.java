package duka.system;

import duka.system.Customer.Product;
import java.util.Map;
import java.util.UUID;

/** The store manager, who puts things on the shelf. */
final class Staff {

    private final Http http;
    private final String category;

    Staff(Http http) {
        this.http = http;
        this.category =
                http.get("/api/v1/categories")
                        .expect(200)
                        .body()
                        .path("results")
                        .path(0)
                        .path("id")
                        .asString();
    }

    Http http() {
        return http;
    }

    String category() {
        return category;
    }

    Product sells(int stock, String price) {
        var name = "Product " + UUID.randomUUID();
        var product =
                http.post(
                                "/api/v1/products",
                                Map.of(
                                        "name",
                                        name,
                                        "sku",
                                        "SKU-" + UUID.randomUUID(),
                                        "price",
                                        price,
                                        "category_id",
                                        category,
                                        "stock",
                                        stock))
                        .expect(201);
        return new Product(product.text("id"), product.text("slug"));
    }

    void reprices(Product product, String price) {
        http.patch("/api/v1/products/" + product.id(), Map.of("price", price)).expect(200);
    }

    int available(Product product) {
        return http.get("/api/v1/products/" + product.id() + "/stock")
                .expect(200)
                .body()
                .path("available")
                .asInt();
    }
}
