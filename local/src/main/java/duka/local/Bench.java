package duka.local;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Closed-loop load on a running shop: each customer begins anew as soon as it has its answer. Tells
 * how fast, at what cost and, after a while of quiet, whether all books still agree.
 */
final class Bench {

    /** What every customer does again and again. */
    enum Scenario {
        /** From an empty cart to a confirmed order of one line. */
        CHECKOUT,
        /** A page of the catalog. */
        BROWSE,
        /** One product. */
        PRODUCT,
        /** One more of a product in the cart. */
        ADD_TO_CART;

        static Scenario named(String name) {
            return Arrays.stream(values())
                    .filter(scenario -> scenario.title().equals(name))
                    .findFirst()
                    .orElseThrow(
                            () ->
                                    new Misuse(
                                            "There is no scenario \"%s\"; there are %s."
                                                    .formatted(
                                                            name,
                                                            String.join(
                                                                    ", ",
                                                                    Arrays.stream(values())
                                                                            .map(Scenario::title)
                                                                            .toList()))));
        }

        /** Whether what is on the shelf gets less by it. */
        boolean takes() {
            return switch (this) {
                case CHECKOUT, ADD_TO_CART -> true;
                case BROWSE, PRODUCT -> false;
            };
        }

        String title() {
            return name().toLowerCase().replace('_', '-');
        }
    }

    /**
     * @param warmUp none to warm up until it gets no faster
     * @param hot whether all buy the same product
     */
    record Settings(
            Scenario scenario,
            int customers,
            Duration time,
            Optional<Duration> warmUp,
            boolean hot) {}

    private static final Duration QUIET = Duration.ofSeconds(90);
    private static final int ERRORS_SHOWN = 5;
    private static final Duration WARMING = Duration.ofSeconds(20);
    private static final Duration LONGEST_WARMING = Duration.ofMinutes(6);
    private static final double FASTER = 1.03;

    private final Shop shop;
    private final Settings settings;
    private final PrintStream out;
    private final Api guest;
    private final Tally tally = new Tally();
    private List<String> products = List.of();
    private volatile boolean over;

    Bench(Shop shop, Settings settings, PrintStream out) {
        this.shop = shop;
        this.settings = settings;
        this.out = out;
        this.guest = Api.of(shop.gateway());
    }

    /** True if there was neither an error nor a violation. */
    boolean run() {
        var goods = new Goods(guest);
        products = settings.hot() ? goods.onSale().subList(0, 1) : goods.onSale();
        if (settings.scenario().takes()) {
            goods.stockUp();
        }
        List<Customer> customers = customers();
        out.printf(
                "%d customers, %s%s, %d s after %s%n",
                settings.customers(),
                settings.scenario().title(),
                settings.hot() ? " of one product" : "",
                settings.time().toSeconds(),
                settings.warmUp()
                        .map(time -> time.toSeconds() + " s of warm-up")
                        .orElse("a warm-up until it gets no faster"));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            customers.forEach(customer -> threads.submit(customer::shopOnAndOn));
            Duration warmedUp = warmUp();
            Map<Part, Long> cpuBefore = cpu();
            tally.begin();
            Processes.pause(settings.time());
            tally.end();
            Map<Part, Long> cpuAfter = cpu();
            long memory = memory();
            over = true;
            threads.shutdown();
            return report(warmedUp, cpuBefore, cpuAfter, memory);
        }
    }

    /** A JVM needs minutes of load until it has compiled what the load needs. */
    private Duration warmUp() {
        if (settings.warmUp().isPresent()) {
            Processes.pause(settings.warmUp().get());
            return settings.warmUp().get();
        }
        var took = Duration.ZERO;
        long best = 0;
        int noFaster = 0;
        while (noFaster < 2 && took.compareTo(LONGEST_WARMING) < 0) {
            long before = tally.ended();
            Processes.pause(WARMING);
            took = took.plus(WARMING);
            long ended = tally.ended() - before;
            noFaster = ended > best * FASTER ? 0 : noFaster + 1;
            best = Math.max(best, ended);
            out.printf(
                    "  %d s: %.1f per second%n",
                    took.toSeconds(), (double) ended / WARMING.toSeconds());
        }
        return took;
    }

    private List<Customer> customers() {
        var customers = new ArrayList<Customer>();
        for (int number = 0; number < settings.customers(); number++) {
            customers.add(new Customer(new Account("bench%04d".formatted(number))));
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var ready = customers.stream().map(each -> threads.submit(each::arrive)).toList();
            ready.forEach(each -> Processes.join(each, Duration.ofMinutes(5)));
        }
        return customers;
    }

    private Map<Part, Long> cpu() {
        var cpu = new LinkedHashMap<Part, Long>();
        for (Part part : Part.values()) {
            shop.process(part).ifPresent(process -> cpu.put(part, Processes.cpuMillis(process)));
        }
        return cpu;
    }

    private long memory() {
        return Arrays.stream(Part.values())
                .flatMap(part -> shop.process(part).stream())
                .mapToLong(Processes::memoryBytes)
                .sum();
    }

    private boolean report(
            Duration warmedUp, Map<Part, Long> before, Map<Part, Long> after, long memory) {
        boolean sells = settings.scenario() == Scenario.CHECKOUT;
        out.println("Waiting for quiet ...");
        var checker = Checker.of(shop);
        var violations = new ArrayList<String>();
        if (!checker.awaitQuiet(QUIET)) {
            violations.add("The shop is not quiet after %d s.".formatted(QUIET.toSeconds()));
        }
        violations.addAll(checker.violations());
        violations.forEach(violation -> out.println("VIOLATION " + violation));
        tally.failures().stream().limit(ERRORS_SHOWN).forEach(each -> out.println("ERROR " + each));

        double done = Math.max(1, tally.count());
        var byPart = new LinkedHashMap<String, Object>();
        long cpu = 0;
        for (Part part : after.keySet()) {
            long used = after.get(part) - before.getOrDefault(part, 0L);
            cpu += used;
            byPart.put(part.title(), round(used / done));
        }
        var result = new LinkedHashMap<String, Object>();
        result.put("scenario", settings.scenario().title());
        result.put("hot", settings.hot());
        result.put("customers", settings.customers());
        result.put("seconds", settings.time().toSeconds());
        result.put("warmup_seconds", warmedUp.toSeconds());
        result.put("ok", tally.count());
        result.put("errors", tally.errors());
        result.put(
                sells ? "orders_per_second" : "requests_per_second",
                round(tally.count() / tally.seconds()));
        result.put("p50_ms", round(tally.percentile(50)));
        result.put("p95_ms", round(tally.percentile(95)));
        result.put("p99_ms", round(tally.percentile(99)));
        result.put(sells ? "cpu_ms_per_order" : "cpu_ms_per_request", round(cpu / done));
        result.put(sells ? "cpu_ms_per_order_by_process" : "cpu_ms_per_request_by_process", byPart);
        result.put("memory_mb", Duka.megabytes(memory));
        result.put("violations", violations.size());
        out.println(Api.JSON.writeValueAsString(result));
        return tally.errors() == 0 && violations.isEmpty();
    }

    private static double round(double number) {
        return Math.round(number * 100) / 100.0;
    }

    /** One who shops in a loop, with a sign-in that is renewed before it runs out. */
    private final class Customer {

        private final Account account;
        private Api api = guest;
        private long signedIn;

        Customer(Account account) {
            this.account = account;
        }

        void arrive() {
            account.open(guest);
            signIn();
            api.delete("/api/v1/cart").expect(200, 204, 404);
        }

        private void signIn() {
            api = account.signIn(guest);
            signedIn = System.nanoTime();
        }

        void shopOnAndOn() {
            while (!over) {
                try {
                    if (System.nanoTime() - signedIn > Account.SIGN_IN_LASTS.toNanos()) {
                        signIn();
                    }
                    long began = System.nanoTime();
                    once();
                    tally.done(System.nanoTime() - began);
                } catch (Trouble e) {
                    tally.failed(e.getMessage());
                    emptyCart();
                }
            }
        }

        /** So that the next purchase is of one line; when this fails, too, it goes on anyway. */
        private void emptyCart() {
            try {
                api.delete("/api/v1/cart");
            } catch (Trouble e) {
                tally.failed(e.getMessage());
            }
        }

        private void once() {
            String product = products.get(ThreadLocalRandom.current().nextInt(products.size()));
            switch (settings.scenario()) {
                case CHECKOUT -> buy(product);
                case BROWSE -> guest.get("/api/v1/products").expect(200);
                case PRODUCT -> guest.get("/api/v1/products/" + product).expect(200);
                case ADD_TO_CART -> add(product);
            }
        }

        private void add(String product) {
            api.post("/api/v1/cart/items", Map.of("product_id", product, "quantity", 1))
                    .expect(200, 201);
        }

        private void buy(String product) {
            add(product);
            var answer =
                    api.post(
                                    "/api/v1/checkout",
                                    Map.of(
                                            "shipping_address", "Moi Avenue 23, 00100 Nairobi",
                                            "payment_method", "CARD",
                                            "payment_token", "tok_approve"),
                                    Map.of("Prefer", "wait=30"))
                            .expect(201, 202);
            String status = answer.text("status");
            while (!status.equals("CONFIRMED")) {
                if (status.equals("REJECTED") || status.equals("CANCELLED")) {
                    throw new Trouble("Order %s is %s.".formatted(answer.text("order_id"), status));
                }
                Processes.pause(Duration.ofMillis(50));
                var order = api.get("/api/v1/orders/" + answer.text("order_id"));
                status = order.status() == 404 ? "" : order.expect(200).text("status");
            }
        }
    }

    /** Counts what ends between begin and end. */
    private static final class Tally {

        private final ConcurrentLinkedQueue<Long> times = new ConcurrentLinkedQueue<>();
        private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
        private final AtomicLong errors = new AtomicLong();
        private final AtomicLong ended = new AtomicLong();
        private volatile boolean counting;
        private long began;
        private double seconds;
        private long[] sorted = {};

        void begin() {
            began = System.nanoTime();
            counting = true;
        }

        void end() {
            counting = false;
            seconds = (System.nanoTime() - began) / 1e9;
            sorted = times.stream().mapToLong(Long::longValue).sorted().toArray();
        }

        void done(long nanos) {
            ended.incrementAndGet();
            if (counting) {
                times.add(nanos);
            }
        }

        /** One in the warm-up counts too: it may have left something behind. */
        void failed(String why) {
            errors.incrementAndGet();
            failures.add(why);
        }

        /** All so far, whether they count or not. */
        long ended() {
            return ended.get();
        }

        int count() {
            return sorted.length;
        }

        long errors() {
            return errors.get();
        }

        List<String> failures() {
            return List.copyOf(failures);
        }

        double seconds() {
            return seconds;
        }

        double percentile(int percent) {
            return Times.percentile(sorted, percent) / 1e6;
        }
    }
}
