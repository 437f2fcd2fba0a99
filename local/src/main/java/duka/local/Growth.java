package duka.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * What it costs to look at a shop that has grown large: fills a running one straight in its
 * databases, in such a way that its books go on to agree, and then asks for one page after another.
 */
final class Growth {

    /** How many of something are made in one transaction. */
    private static final int AT_ONCE = 100_000;

    private static final int OLDEST_MINUTES = 1_200_000;

    private static final int WARM_UP = 30;
    private static final int ASKED = 200;

    private static final List<String> TABLES =
            List.of(
                    "catalog.products",
                    "catalog.stock",
                    "catalog.stock_movements",
                    "catalog.reservations",
                    "catalog.reservation_lines",
                    "orders.orders",
                    "orders.order_lines",
                    "orders.timeline",
                    "payment.payments",
                    "payment.ledger_entries",
                    "cart.carts",
                    "cart.cart_lines",
                    "cart.checkouts");

    private final Shop shop;
    private final PrintStream out;
    private final Api guest;

    Growth(Shop shop, PrintStream out) {
        this.shop = shop;
        this.out = out;
        this.guest = Api.of(shop.gateway());
    }

    void measure(int products, int orders) {
        fill(products, orders);
        Api customer = guest.signIn(Demo.CUSTOMERS.getFirst().email(), Demo.PASSWORD);
        Api vendor = guest.signIn(Demo.VENDORS.getFirst().email(), Demo.PASSWORD);
        Api admin = guest.signIn(Demo.ADMIN.email(), Demo.PASSWORD);
        String me = customer.get("/api/v1/users/me").expect(200).text("id");
        String seller = vendor.get("/api/v1/users/me").expect(200).text("id");
        var last = LocalDate.ofInstant(Instant.now().minus(age(orders)), ZoneOffset.UTC);
        var week = "from=%s&to=%s".formatted(last.minusDays(8), last.minusDays(2));

        var figures = new LinkedHashMap<String, Object>();
        out.printf("%-52s %8s %8s%n", "", "p50 ms", "p99 ms");
        // Each page once, for what many ask for is kept for seconds.
        ask(figures, guest, "products, newest first", page("products?page=%d"));
        ask(figures, guest, "products by price", page("products?ordering=price&page=%d"));
        ask(figures, guest, "products of a category", page("products?category=growth-7&page=%d"));
        ask(
                figures,
                guest,
                "products of a category by price",
                page("products?category=growth-7&ordering=price&page=%d"));
        ask(figures, guest, "products in stock", page("products?in_stock=true&page=%d"));
        ask(
                figures,
                guest,
                "products from 200 to 210",
                page("products?min_price=200&max_price=210&page=%d"));
        ask(
                figures,
                guest,
                "search: a word of one product",
                n -> "products?search=" + (20 * n + 1));
        ask(figures, guest, "search: a word of a fifth", page("products?search=oak&page=%d"));
        ask(figures, guest, "search: two words", n -> "products?search=ash%20" + (5 * n + 1));
        ask(figures, guest, "search: a word with an error", page("products?search=tabel&page=%d"));
        ask(figures, guest, "one product", n -> "products/growth-" + (20 * n + 1));
        read(figures, guest, "products, deep by cursor", "products?ordering=price&page_size=100");
        ask(figures, admin, "staff: all products", page("products?page=%d"));
        ask(figures, admin, "staff: stock movements", page("stock-movements?page=%d"));
        ask(figures, customer, "customer: orders", page("orders?page=%d&page_size=5"));
        ask(figures, vendor, "vendor: sold orders", page("orders/sold?page=%d"));
        ask(figures, admin, "staff: all orders", page("orders?page=%d"));
        ask(figures, admin, "staff: a customer's orders", _ -> "orders?customer_id=" + me);
        ask(figures, admin, "staff: a vendor's orders", page("orders?page=%d&vendor_id=" + seller));
        read(figures, admin, "staff: orders, deep by cursor", "orders?page_size=100");
        for (String by : List.of("day", "product", "vendor")) {
            ask(
                    figures,
                    admin,
                    "report of a week by " + by,
                    _ -> "reports/sales?by=%s&%s".formatted(by, week));
        }
        ask(figures, admin, "staff: all payments", page("payments?page=%d"));
        ask(figures, admin, "staff: a vendor's ledger", page("ledger?page=%d&vendor_id=" + seller));
        out.println(
                Api.JSON.writeValueAsString(
                        Map.of("products", products, "orders", orders, "p50_p99_ms", figures)));
    }

    /** They are a minute apart, the first ones before any that was bought for real. */
    private static Duration age(int orders) {
        return Duration.ofMinutes(OLDEST_MINUTES - orders);
    }

    private static IntFunction<String> page(String path) {
        return path::formatted;
    }

    private void ask(Map<String, Object> figures, Api who, String what, IntFunction<String> path) {
        for (int n = 1; n <= WARM_UP; n++) {
            who.get("/api/v1/" + path.apply(n % 10 + 1)).expect(200, 404);
        }
        var times = new long[ASKED];
        for (int n = 1; n <= ASKED; n++) {
            long began = System.nanoTime();
            who.get("/api/v1/" + path.apply(n)).expect(200, 404);
            times[n - 1] = System.nanoTime() - began;
        }
        note(figures, what, times);
    }

    /** Reads on and on; the beginning, which is counted, does not count. */
    private void read(Map<String, Object> figures, Api who, String what, String path) {
        var next = Optional.of("/api/v1/%s&cursor=".formatted(path));
        var times = new long[ASKED];
        int pages = 0;
        for (int n = 0; n <= ASKED && next.isPresent(); n++) {
            long began = System.nanoTime();
            var answer = who.get(next.get()).expect(200);
            if (n > 0) {
                times[pages++] = System.nanoTime() - began;
            }
            next = Optional.of(answer.body().path("next").asString("")).filter(it -> !it.isEmpty());
        }
        note(figures, what, Arrays.copyOf(times, pages));
    }

    private void note(Map<String, Object> figures, String what, long[] nanos) {
        Arrays.sort(nanos);
        double p50 = Math.round(Times.percentile(nanos, 50) / 1e5) / 10.0;
        double p99 = Math.round(Times.percentile(nanos, 99) / 1e5) / 10.0;
        out.printf("%-52s %8.1f %8.1f%n", what, p50, p99);
        figures.put(what, List.of(p50, p99));
    }

    private void fill(int products, int orders) {
        long began = System.nanoTime();
        String customer =
                guest.signIn(Demo.CUSTOMERS.getFirst().email(), Demo.PASSWORD)
                        .get("/api/v1/users/me")
                        .expect(200)
                        .text("id");
        try (var connection = shop.connect()) {
            String address = address(connection);
            grow(
                    connection,
                    "products",
                    count(connection, "catalog.products where slug like 'growth-%'"),
                    products,
                    Map.of());
            grow(
                    connection,
                    "orders",
                    count(connection, "orders.orders where payment_method = 'CASH_ON_DELIVERY'"),
                    orders,
                    Map.of(
                            "customer",
                            customer,
                            "mine",
                            "10000",
                            "oldest",
                            Integer.toString(OLDEST_MINUTES),
                            "address",
                            address));
            for (String table : TABLES) {
                run(connection, "vacuum (analyze) " + table);
            }
        } catch (SQLException e) {
            throw new Trouble("The shop cannot be filled: " + e.getMessage(), e);
        }
        out.printf(
                "Filled in %.0f s.%n",
                Duration.ofNanos(System.nanoTime() - began).toMillis() / 1e3);
    }

    private void grow(
            Connection connection, String what, long there, int wanted, Map<String, String> words)
            throws SQLException {
        for (long from = there; from < wanted; from += AT_ONCE) {
            long to = Math.min(wanted, from + AT_ONCE);
            String sql =
                    read("growth/%s.sql".formatted(what))
                            .replace("{from}", Long.toString(from))
                            .replace("{to}", Long.toString(to));
            for (var word : words.entrySet()) {
                sql = sql.replace("{%s}".formatted(word.getKey()), word.getValue());
            }
            connection.setAutoCommit(false);
            run(connection, sql);
            connection.commit();
            connection.setAutoCommit(true);
            out.printf("  %d %s%n", to, what);
        }
    }

    /** As one that was bought for real has it: nobody else can seal one. */
    private String address(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("select address from orders.orders limit 1")) {
            if (!rows.next()) {
                throw new Trouble("Nothing was bought here yet; ./duka checkout does so.");
            }
            return rows.getString(1);
        }
    }

    private static long count(Connection connection, String of) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("select count(*) from " + of)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String read(String resource) {
        try (InputStream stream = Growth.class.getClassLoader().getResourceAsStream(resource)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
