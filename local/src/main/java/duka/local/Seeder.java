package duka.local;

import java.io.PrintStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Gives the shop {@link Demo}'s people and goods, through its API as its admin would. What is there
 * already stays as it is.
 */
final class Seeder {

    static final int PRODUCTS = 50;
    private static final int AT_ONCE = 12;

    /** The shop develops one picture at a time; meanwhile the next is drawn. */
    private static final int PICTURES_AT_ONCE = 2;

    private static final Duration PATIENCE = Duration.ofHours(6);

    private final PrintStream out;
    private final Api guest;
    private final String adminPassword;
    private final AtomicInteger added = new AtomicInteger();
    private final Map<Integer, String> unpictured = new ConcurrentSkipListMap<>();

    /** Of a shop that {@code ./duka} has started. */
    static Seeder of(Shop shop, PrintStream out) {
        return new Seeder(Api.of(shop.gateway()), Demo.PASSWORD, out);
    }

    Seeder(Api guest, String adminPassword, PrintStream out) {
        this.guest = guest;
        this.adminPassword = adminPassword;
        this.out = out;
    }

    void seedIfEmpty() {
        if (guest.get("/api/v1/products?page_size=1").expect(200).body().path("count").asInt()
                == 0) {
            seed(PRODUCTS);
        }
    }

    void seed(int products) {
        Api admin = guest.signIn(Demo.ADMIN.email(), adminPassword);
        List<String> vendors =
                inParallel(
                        Demo.VENDORS.stream()
                                .map(person -> () -> vendor(person, idOf(person, admin), admin)));
        inParallel(
                Stream.concat(Stream.of(Demo.MANAGER), Demo.CUSTOMERS.stream())
                        .map(person -> () -> idOf(person, admin)));
        List<String> categories =
                inParallel(Demo.SHELVES.stream().map(shelf -> () -> idOf(shelf, admin)));
        inParallel(
                IntStream.range(0, products)
                        .mapToObj(number -> () -> add(number, vendors, categories, admin)));
        inParallel(
                PICTURES_AT_ONCE,
                unpictured.entrySet().stream()
                        .map(each -> () -> picture(each.getKey(), each.getValue(), admin)));
        out.printf("Seeded: %d goods are new.%n", added.get());
    }

    private static <T> List<T> inParallel(Stream<Callable<T>> work) {
        return inParallel(AT_ONCE, work);
    }

    private static <T> List<T> inParallel(int atOnce, Stream<Callable<T>> work) {
        var turns = new Semaphore(atOnce);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var results =
                    work.map(
                                    each -> {
                                        turns.acquireUninterruptibly();
                                        return threads.submit(
                                                () -> {
                                                    try {
                                                        return each.call();
                                                    } finally {
                                                        turns.release();
                                                    }
                                                });
                                    })
                            .toList();
            return results.stream().map(each -> Processes.join(each, PATIENCE)).toList();
        }
    }

    private String idOf(Demo.Person person, Api admin) {
        var signUp = new HashMap<String, Object>();
        signUp.put("email", person.email());
        signUp.put("username", person.username());
        signUp.put("password", Demo.PASSWORD);
        signUp.put("first_name", person.firstName());
        signUp.put("last_name", person.lastName());
        signUp.put("phone_number", person.phone());
        var registered = guest.post("/api/v1/auth/register", signUp).expect(201, 409);
        if (registered.status() == 409) {
            return find(person, admin);
        }
        String id = registered.text("id");
        switch (person.role()) {
            case "CUSTOMER" -> writeProfile(person);
            case "VENDOR" -> {} // becomes one by applying
            default -> giveRoles(admin, id, List.of(person.role()));
        }
        return id;
    }

    /** Applies as anybody would, only that nobody has to wait for a mail. */
    private String vendor(Demo.Person person, String id, Api admin) {
        if (admin.get("/api/v1/vendors/" + id).expect(200, 404).status() == 200) {
            return id;
        }
        admin.patch("/api/v1/users/" + id, Map.of("email_verified", true)).expect(200);
        guest.signIn(person.email(), Demo.PASSWORD)
                .post(
                        "/api/v1/vendors",
                        Map.of(
                                "business_name",
                                person.lastName() + " Traders",
                                "business_address",
                                "%s, %s".formatted(person.street(), person.city())))
                .expect(201);
        admin.post("/api/v1/vendors/%s/approve".formatted(id), Map.of()).expect(200);
        return id;
    }

    private static String find(Demo.Person person, Api admin) {
        for (JsonNode user :
                admin.get("/api/v1/users?search=" + person.username())
                        .expect(200)
                        .body()
                        .path("results")) {
            if (user.path("email").asString().equalsIgnoreCase(person.email())) {
                return user.path("id").asString();
            }
        }
        throw new Trouble("%s is taken, but by nobody.".formatted(person.email()));
    }

    private static void giveRoles(Api admin, String id, List<String> roles) {
        admin.post("/api/v1/users/%s/roles".formatted(id), Map.of("roles", roles)).expect(200);
    }

    private void writeProfile(Demo.Person person) {
        guest.signIn(person.email(), Demo.PASSWORD)
                .send(
                        "PUT",
                        "/api/v1/auth/profile",
                        Map.of(
                                "phone_number", person.phone(),
                                "address_line1", person.street(),
                                "city", person.city(),
                                "country", "Kenya",
                                "postal_code", person.postalCode()),
                        Map.of())
                .expect(200);
    }

    private static String idOf(Demo.Shelf shelf, Api admin) {
        var there = admin.get("/api/v1/categories/" + shelf.slug()).expect(200, 404);
        if (there.status() == 200) {
            return there.text("id");
        }
        return admin.post(
                        "/api/v1/categories",
                        Map.of(
                                "name", shelf.name(),
                                "slug", shelf.slug(),
                                "description", shelf.description()))
                .expect(201)
                .text("id");
    }

    /** The shop sells every fourth product itself. */
    private boolean add(int number, List<String> vendors, List<String> categories, Api admin) {
        int shelf = number % categories.size();
        int vendor = number % (vendors.size() + 1);
        var product =
                product(
                        number,
                        categories.get(shelf),
                        vendor < vendors.size() ? vendors.get(vendor) : null);
        var answer = admin.post("/api/v1/products", product).expect(201, 409);
        boolean isNew = answer.status() == 201;
        if (isNew && number < PRODUCTS) {
            unpictured.put(number, answer.text("id"));
        }
        int total = isNew ? added.incrementAndGet() : added.get();
        if (isNew && total % 1000 == 0) {
            out.printf("  %d goods%n", total);
        }
        return isNew;
    }

    private static Api.Answer picture(int number, String product, Api admin) {
        return admin.upload(
                        "/api/v1/products/%s/images".formatted(product),
                        "image",
                        "image/png",
                        Drawing.png(number))
                .expect(201);
    }

    /** Always the same for the same number. */
    static Map<String, Object> product(int number, String category, @Nullable String vendor) {
        Demo.Shelf shelf = Demo.SHELVES.get(number % Demo.SHELVES.size());
        int place = number / Demo.SHELVES.size();
        int round = place / shelf.products().size();
        int at = place % shelf.products().size();
        String name = shelf.products().get(at) + (round == 0 ? "" : " No. " + (round + 1));
        int price = shelf.prices().get(at) + round;
        var product = new LinkedHashMap<String, Object>();
        product.put("name", name);
        product.put("slug", name.toLowerCase().replaceAll("[^a-z0-9]+", "-"));
        product.put("sku", "SKU-%s-%03d".formatted(shelf.code(), place + 1));
        product.put("description", "%s. %s.".formatted(name, shelf.description()));
        product.put("price", price + ".00");
        if (number % 2 == 1) {
            int percent = 5 + number * 7 % 36;
            product.put("discount_price", price * (100 - percent) / 100 + ".00");
        }
        product.put("category_id", category);
        if (vendor != null) {
            product.put("vendor_id", vendor);
        }
        product.put("stock", 5 + number * 13 % 46);
        return product;
    }
}
