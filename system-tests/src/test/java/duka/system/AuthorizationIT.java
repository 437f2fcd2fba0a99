package duka.system;

import static duka.system.Customer.APPROVE;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import duka.system.Http.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Who may do what: each endpoint that the services document, asked for by each role, about what
 * belongs to somebody else and what is one's own. The table is read and written by people; {@code
 * -Dauthorization=write} writes it anew (CONTRIBUTING.md).
 */
class AuthorizationIT {

    private static final Path TABLE = Path.of("src/test/resources/authorization.txt");

    /** Their answer ends the caller's own session. */
    private static final List<String> FAREWELLS =
            List.of("POST /api/v1/auth/logout", "DELETE /api/v1/users/me/sessions");

    /** To a stranger a young order is one that may still come; order-service's tests have it. */
    private static final String STREAM = "GET /api/v1/orders/{id}/events";

    private static final String BROKEN = "{";

    final TheShop shop = TheShop.running();

    @Test
    void each_endpoint_for_each_role_about_ones_own_and_anothers() throws IOException {
        var belongings = Belongings.ofAVendorWhoAlsoBuys(shop);
        var now =
                Endpoint.all(shop.guest()).stream()
                        .filter(Endpoint::isPublic)
                        .filter(endpoint -> !endpoint.toString().equals(STREAM))
                        .sorted(Comparator.comparing(Endpoint::reads).reversed())
                        .collect(
                                toMap(
                                        endpoint -> endpoint.path() + endpoint.method(),
                                        endpoint -> row(endpoint, belongings),
                                        (_, row) -> row,
                                        TreeMap::new))
                        .values();

        if ("write".equals(System.getProperty("authorization"))) {
            var written = new ArrayList<String>();
            written.add("# What somebody gets who is not the owner, then the owner, then staff.");
            written.add("# guest | customer | vendor | owner | manager | admin");
            written.addAll(now);
            Files.write(TABLE, written);
        }
        assertThat(now)
                .containsExactlyElementsOf(
                        Files.readAllLines(TABLE).stream()
                                .filter(line -> !line.startsWith("#"))
                                .toList());
    }

    private String row(Endpoint endpoint, Belongings belongings) {
        var answers = new LinkedHashMap<String, String>();
        for (var role : Role.values()) {
            var caller = belongings.callers().get(role);
            answers.put(role.name(), outcome(ask(endpoint, caller, role, belongings)));
            if (FAREWELLS.contains(endpoint.toString())) {
                belongings.callers().put(role, role.arrives(shop, belongings));
            }
        }
        return "%-62s %s"
                .formatted(
                        endpoint,
                        answers.values().stream().map("%-4s"::formatted).collect(joining(" | ")))
                .stripTrailing();
    }

    /** Whoever may change a thing is not let near it, so that the next one finds it as it was. */
    private static Answer ask(Endpoint endpoint, Http caller, Role role, Belongings belongings) {
        boolean mayChange = !endpoint.reads() && role.mayChangeIt;
        var path =
                endpoint.at(
                        name ->
                                mayChange
                                        ? belongings.anothers(endpoint, name)
                                        : belongings.of(endpoint, name));
        if (!endpoint.takesBody()) {
            return caller.send(endpoint.method(), path, null);
        }
        return endpoint.placeholders().isEmpty()
                ? caller.send(endpoint.method(), path, Http.type(endpoint.method()), BROKEN)
                : caller.send(endpoint.method(), path, endpoint.plausible(belongings.fields()));
    }

    private static String outcome(Answer answer) {
        return switch (answer.status()) {
            case 401, 403, 404 -> String.valueOf(answer.status());
            default -> answer.status() < 500 ? "in" : "fault " + answer.status();
        };
    }

    /** Who asks. */
    enum Role {
        GUEST(false),
        CUSTOMER(false),
        VENDOR(false),
        OWNER(true),
        MANAGER(true),
        ADMIN(true);

        final boolean mayChangeIt;

        Role(boolean mayChangeIt) {
            this.mayChangeIt = mayChangeIt;
        }

        Http arrives(TheShop shop, Belongings belongings) {
            return switch (this) {
                case GUEST -> shop.guest();
                case CUSTOMER -> Customer.signUp(shop.guest()).http();
                case VENDOR -> shop.vendor().http();
                case OWNER -> belongings.owner().signsInAgain();
                case MANAGER -> shop.manager();
                case ADMIN -> shop.anotherAdmin();
            };
        }
    }

    /** All that one person has in the shop, by where it is in the API. */
    record Belongings(
            Vendor owner,
            Map<String, String> ids,
            Map<String, Object> fields,
            Map<Role, Http> callers) {

        static Belongings ofAVendorWhoAlsoBuys(TheShop shop) {
            var owner = shop.vendor();
            var http = owner.http();
            var staff = shop.staff();
            var ids = new LinkedHashMap<String, String>();
            var own = owner.sells(20, "10.00", staff.category());
            var customer = Customer.signUp(shop.guest());
            var sold = customer.puts(1, own).buys(APPROVE).expect(201).text("order_id");

            var buyer = owner.asCustomer();
            var order = buyer.puts(1, staff.sells(5, "10.00")).buys(APPROVE).expect(201);
            var orderId = order.text("order_id");
            var payment = buyer.paymentBecomes(orderId, "CAPTURED").path("id").asString();
            buyer.mayShip(orderId);
            var shipment =
                    staff.http()
                            .post(
                                    "/api/v1/orders/%s/shipments".formatted(orderId),
                                    Map.of("carrier", "G4S", "tracking", "KE-1"))
                            .expect(201);
            var back =
                    http.post(
                                    "/api/v1/orders/%s/returns".formatted(orderId),
                                    Map.of("reason", "NOT_WANTED"))
                            .expect(201);
            buyer.puts(1, staff.sells(5, "10.00"));

            ids.put("/api/v1/products/", own.slug());
            ids.put("/api/v1/categories/", staff.category());
            ids.put(
                    "/api/v1/users/me/addresses/",
                    http.post(
                                    "/api/v1/users/me/addresses",
                                    Map.of(
                                            "address_line1", "Moi Avenue 1",
                                            "city", "Nairobi",
                                            "country", "Kenya"))
                            .expect(201)
                            .text("id"));
            ids.put(
                    "/api/v1/users/me/sessions/",
                    first(http.get("/api/v1/users/me/sessions")).asString());
            ids.put("/api/v1/users/", owner.id());
            ids.put("/api/v1/vendors/", owner.id());
            ids.put(
                    "/api/v1/restock-orders/",
                    http.post(
                                    "/api/v1/restock-orders",
                                    Map.of(
                                            "supplier",
                                            "Mill",
                                            "lines",
                                            List.of(Map.of("product_id", own.id(), "quantity", 5))))
                            .expect(201)
                            .text("id"));
            ids.put("/api/v1/cart/items/", first(http.get("/api/v1/cart/items")).asString());
            http.post("/api/v1/wishlist", Map.of("product_id", own.id()));
            ids.put("/api/v1/wishlist/", own.id());
            ids.put("/api/v1/orders/sold/", sold);
            ids.put("/api/v1/orders/", orderId);
            ids.put("/api/v1/sagas/", orderId);
            ids.put("/api/v1/shipments/", shipment.text("id"));
            ids.put("/api/v1/returns/", back.text("id"));
            ids.put("/api/v1/payments/reconciliation/", "2026-11-01");
            ids.put("/api/v1/payments/", payment);
            ids.put("/api/v1/webhooks/", "simulator");
            ids.put(
                    "/api/v1/bank-accounts/",
                    http.post(
                                    "/api/v1/bank-accounts",
                                    Map.of(
                                            "number",
                                            String.valueOf(
                                                    1_000_000_000L
                                                            + (UUID.randomUUID()
                                                                            .getLeastSignificantBits()
                                                                    & 0xfffffff)),
                                            "bank_name",
                                            "gtb"))
                            .expect(201)
                            .text("id"));
            var line = buyer.order(orderId).path("lines").path(0);
            var fields =
                    Map.<String, Object>of(
                            "product_id",
                            line.path("product_id").asString(),
                            "order_id",
                            orderId,
                            "category_id",
                            staff.category(),
                            "quantity",
                            1,
                            "price",
                            "10.00",
                            "amount",
                            "1.00",
                            "received",
                            false);
            var belongings = new Belongings(owner, ids, fields, new LinkedHashMap<>());
            for (var role : Role.values()) {
                belongings
                        .callers()
                        .put(role, role == Role.OWNER ? http : role.arrives(shop, belongings));
            }
            return belongings;
        }

        String of(Endpoint endpoint, String placeholder) {
            return ids.entrySet().stream()
                    .filter(
                            each ->
                                    endpoint.path()
                                            .startsWith(each.getKey() + "{" + placeholder + "}"))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElseGet(() -> UUID.randomUUID().toString());
        }

        String anothers(Endpoint endpoint, String placeholder) {
            return placeholder.equals("provider")
                    ? of(endpoint, placeholder)
                    : UUID.randomUUID().toString();
        }

        private static JsonNode first(Answer list) {
            return list.expect(200).body().path("results").path(0).path("id");
        }
    }
}
