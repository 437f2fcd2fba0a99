package duka.system;

import duka.system.Customer.Product;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Somebody with a business of their own, who also buys. */
final class Vendor {

    private final Http guest;
    private final String email;
    private final String id;
    private final Http http;

    private Vendor(Http guest, String email, String id, Http http) {
        this.guest = guest;
        this.email = email;
        this.id = id;
        this.http = http;
    }

    /** Applies and is approved. */
    static Vendor signUp(Http guest, Http admin) {
        var email = "vendor-%s@example.com".formatted(UUID.randomUUID());
        var id =
                guest.post(
                                "/api/v1/auth/register",
                                Map.of("email", email, "password", Customer.PASSWORD))
                        .expect(201)
                        .text("id");
        admin.patch("/api/v1/users/" + id, Map.of("email_verified", true)).expect(200);
        Customer.signIn(guest, email, Customer.PASSWORD)
                .http()
                .post(
                        "/api/v1/vendors",
                        Map.of(
                                "business_name",
                                "Business " + id.substring(24),
                                "business_address",
                                "Biashara Street 1"))
                .expect(201);
        admin.post("/api/v1/vendors/%s/approve".formatted(id), Map.of()).expect(200);
        return new Vendor(
                guest, email, id, Customer.signIn(guest, email, Customer.PASSWORD).http());
    }

    Http http() {
        return http;
    }

    String id() {
        return id;
    }

    Http signsInAgain() {
        return asCustomer().http();
    }

    Customer asCustomer() {
        return Customer.signIn(guest, email, Customer.PASSWORD);
    }

    /** Waits until the catalog has heard that this vendor may sell. */
    Product sells(int stock, String price, String category) {
        var name = "Product " + UUID.randomUUID();
        var body = new HashMap<String, Object>();
        body.put("name", name);
        body.put("sku", "SKU-" + UUID.randomUUID());
        body.put("price", price);
        body.put("category_id", category);
        body.put("stock", stock);
        var product = http.post("/api/v1/products", body).expect(201);
        Customer.until(
                "the product is for sale",
                () -> guest.get("/api/v1/products/" + product.text("id")).status() == 200);
        return new Product(product.text("id"), product.text("slug"));
    }
}
