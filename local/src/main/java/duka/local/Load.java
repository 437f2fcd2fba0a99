package duka.local;

import static java.util.stream.Collectors.partitioningBy;

import duka.local.Arrivals.Outcome;
import duka.local.Checker.Backlog;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Open-loop load on a running shop: customers come at a constant rate, or to a flash sale all at
 * once, whatever has become of those before them. Tells how long an order took for them, what was
 * waiting in the shop meanwhile and, after a while of quiet, whether all books agree.
 */
final class Load {

    /** Each customer comes again only after so long: then there is a new cart for sure. */
    private static final int SECONDS_BETWEEN = 40;

    private static final String CONFIRMED = "CONFIRMED";
    private static final Duration QUIET = Duration.ofMinutes(2);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(10);
    private static final int ERRORS_SHOWN = 5;

    /** The ways in which a shop says that there is none left. */
    private static final List<String> SOLD_OUT =
            List.of("REJECTED", "/problems/not-enough-stock", "/problems/cart-changed");

    private final Shop shop;
    private final PrintStream out;
    private final Api guest;
    private final Checker checker;

    Load(Shop shop, PrintStream out) {
        this.shop = shop;
        this.out = out;
        this.guest = Api.of(shop.gateway());
        this.checker = Checker.of(shop);
    }

    /**
     * True if every customer who counts got an order and nothing is wrong with the books.
     *
     * @param warmUp at the same rate, before a customer counts
     */
    boolean steadily(int rate, Duration time, Duration warmUp) {
        var goods = new Goods(guest);
        goods.stockUp();
        var customers = new Crowd(guest).gather("load", rate * SECONDS_BETWEEN, goods.onSale());
        out.printf(
                "%d customers a second for %d s after %d s of warm-up%n",
                rate, time.toSeconds(), warmUp.toSeconds());
        var looks = new ConcurrentLinkedQueue<Backlog>();
        var before = checker.backlog();
        List<Outcome> all;
        try (var clock = Executors.newSingleThreadScheduledExecutor()) {
            var looking =
                    clock.scheduleWithFixedDelay(
                            () -> looks.add(checker.backlog()),
                            BETWEEN_LOOKS.toSeconds(),
                            BETWEEN_LOOKS.toSeconds(),
                            TimeUnit.SECONDS);
            all = new Arrivals(shop, customers).steadily(rate, warmUp.plus(time));
            if (looking.state() == Future.State.FAILED) {
                throw new Trouble("Nobody knows what was waiting.", looking.exceptionNow());
            }
        }
        var after = checker.backlog();

        var parted = all.stream().collect(partitioningBy(it -> it.came().compareTo(warmUp) >= 0));
        var counted = parted.get(true);
        var errors = withoutOrder(counted);
        showErrors(errors);
        var result = new LinkedHashMap<String, Object>();
        result.put("scenario", "load");
        result.put("rate", rate);
        result.put("seconds", time.toSeconds());
        result.put("warmup_seconds", warmUp.toSeconds());
        result.put("came", counted.size());
        result.put("ok", counted.stream().filter(it -> it.is(CONFIRMED)).count());
        result.put("errors", errors.size());
        result.put("warmup_errors", withoutOrder(parted.get(false)).size());
        result.putAll(times(counted.stream().filter(it -> it.is(CONFIRMED)).toList()));
        result.put("outbox_before", before.outbox());
        result.put("outbox_most", looks.stream().mapToLong(Backlog::outbox).max().orElse(0));
        result.put("outbox_after", after.outbox());
        result.put("lag_before", before.lag());
        result.put("lag_most", looks.stream().mapToLong(Backlog::lag).max().orElse(0));
        result.put("lag_after", after.lag());
        return report(result, errors.isEmpty());
    }

    /** True if each unit was sold, each other customer told so, and nothing is wrong. */
    boolean flashSale(int buyers, int units) {
        out.printf("%d customers gather for %d units%n", buyers, units);
        String product = scarce(units);
        var customers = new Crowd(guest).gather("sale", buyers, List.of(product));
        var all = new Arrivals(shop, customers).atOnce();

        var ends =
                all.stream()
                        .collect(
                                Collectors.groupingBy(
                                        Outcome::end, TreeMap::new, Collectors.counting()));
        long sold = ends.getOrDefault(CONFIRMED, 0L);
        long soldOut = SOLD_OUT.stream().mapToLong(end -> ends.getOrDefault(end, 0L)).sum();
        long left = stockOf(product);
        showErrors(
                all.stream()
                        .filter(it -> !it.is(CONFIRMED) && !SOLD_OUT.contains(it.end()))
                        .toList());
        var result = new LinkedHashMap<String, Object>();
        result.put("scenario", "flash-sale");
        result.put("buyers", buyers);
        result.put("units", units);
        result.put("sold", sold);
        result.put("told_sold_out", soldOut);
        result.put("errors", buyers - sold - soldOut);
        result.put("left", left);
        result.put("ends", ends);
        result.putAll(times(all));
        result.put(
                "last_answer_ms",
                all.stream().mapToLong(it -> it.came().plus(it.took()).toMillis()).max().orElse(0));
        return report(result, sold == units && left == 0 && sold + soldOut == buyers);
    }

    private boolean report(Map<String, Object> result, boolean asHoped) {
        out.println("Waiting for quiet ...");
        var violations = new ArrayList<String>();
        if (!checker.awaitQuiet(QUIET)) {
            violations.add("The shop is not quiet after %d s.".formatted(QUIET.toSeconds()));
        }
        violations.addAll(checker.violations());
        violations.forEach(violation -> out.println("VIOLATION " + violation));
        result.put("violations", violations.size());
        out.println(Api.JSON.writeValueAsString(result));
        return asHoped && violations.isEmpty();
    }

    private static List<Outcome> withoutOrder(List<Outcome> all) {
        return all.stream().filter(it -> !it.is(CONFIRMED)).toList();
    }

    private void showErrors(List<Outcome> errors) {
        errors.stream().limit(ERRORS_SHOWN).forEach(each -> out.println("ERROR " + each));
    }

    private static Map<String, Object> times(List<Outcome> outcomes) {
        var sorted = outcomes.stream().mapToLong(it -> it.took().toMillis()).sorted().toArray();
        var times = new LinkedHashMap<String, Object>();
        for (int percent : List.of(50, 95, 99, 100)) {
            times.put(
                    percent == 100 ? "max_ms" : "p%d_ms".formatted(percent),
                    Times.percentile(sorted, percent));
        }
        return times;
    }

    private String scarce(int units) {
        Api admin = guest.signIn(Demo.ADMIN.email(), Demo.PASSWORD);
        String category =
                guest.get("/api/v1/categories?page_size=1")
                        .expect(200)
                        .first()
                        .path("id")
                        .asString();
        return admin.post(
                        "/api/v1/products",
                        Map.of(
                                "name",
                                "Flash sale",
                                "price",
                                "100.00",
                                "category_id",
                                category,
                                "stock",
                                units))
                .expect(201)
                .text("id");
    }

    private long stockOf(String product) {
        return guest.get("/api/v1/products/" + product).expect(200).body().path("stock").asLong();
    }
}
