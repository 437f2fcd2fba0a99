package duka.local;

import java.io.PrintStream;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/**
 * Breaks one part of a running shop after another while customers buy, then lets it rest and holds
 * what it has told them, and all its books, against each other.
 */
public final class Chaos {

    /**
     * @param seed of the faults and of what each customer does
     * @param time how long faults happen
     * @param every how much time lies between two faults on average
     */
    public record Settings(long seed, Duration time, Duration every, int customers) {}

    /**
     * Deadlines short enough to pass while something is broken, and soon enough for the end of a
     * run to wait for them.
     */
    static final Map<String, String> HURRIED =
            Map.of(
                    "DUKA_CHECKOUT_STOCKDEADLINE", "15s",
                    "DUKA_CHECKOUT_DEADLINE", "30s",
                    "DUKA_CHECKOUT_PENDINGDEADLINE", "20s",
                    "DUKA_CHECKOUT_SWEEP", "1s");

    private static final Duration RECOVERY = Duration.ofMinutes(10);
    private static final Duration LAST_PURCHASE = Duration.ofMinutes(10);
    private static final Duration DECISION = Duration.ofMinutes(5);
    private static final Duration QUIET = Duration.ofMinutes(5);
    private static final Duration LOOK = Duration.ofMillis(250);

    private final Shop shop;
    private final Settings settings;
    private final PrintStream out;
    private final Answers answers = new Answers();
    private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
    private final Queue<Duration> ends = new ConcurrentLinkedQueue<>();
    private final List<Stalls.Span> whole = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();
    private final ChaosGoods goods;
    private long began;
    private volatile boolean over;

    private Chaos(Shop shop, Settings settings, PrintStream out) {
        this.shop = shop;
        this.settings = settings;
        this.out = out;
        this.goods =
                new ChaosGoods(
                        new Insistent(Api.of(shop.gateway()), Demo.MANAGER.email(), answers));
    }

    /** A shop that serves is left serving. */
    public static ChaosReport upon(Shop shop, Settings settings, PrintStream out) {
        return new Chaos(shop, settings, out).run();
    }

    private ChaosReport run() {
        goods.putOnSale();
        List<ChaosCustomer> customers = customers();
        out.printf(
                "Seed %d: %d customers, %d s, a fault every %d s%n",
                settings.seed(),
                settings.customers(),
                settings.time().toSeconds(),
                settings.every().toSeconds());
        int deaths;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                var keeper = new Keeper(shop, out)) {
            began = System.nanoTime();
            List<Future<?>> buying = load(threads, customers);
            List<Future<?>> breaking = breakThings(threads, keeper);
            watch(keeper);
            over = true;
            out.println("Waiting until everything serves again ...");
            breaking.forEach(each -> Processes.join(each, RECOVERY));
            if (!keeper.awaitWhole(RECOVERY)) {
                violations.add("Down for good: " + String.join(", ", keeper.missing()));
            }
            buying.forEach(each -> Processes.join(each, LAST_PURCHASE));
            deaths = keeper.deaths();
        }
        shop.awaitOpen();
        return verdict(customers, deaths);
    }

    private List<ChaosCustomer> customers() {
        Api guest = Api.of(shop.gateway());
        String run = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
        return IntStream.range(0, settings.customers())
                .mapToObj(number -> customer(guest, "chaos%s%03d".formatted(run, number), number))
                .toList();
    }

    private ChaosCustomer customer(Api guest, String name, int number) {
        var account = new Account(name);
        account.open(guest);
        return new ChaosCustomer(
                new Insistent(guest, account.email(), answers),
                new Promises(name),
                goods,
                new Random(31 * settings.seed() + number),
                () -> ends.add(elapsed()));
    }

    private List<Future<?>> load(ExecutorService threads, List<ChaosCustomer> customers) {
        var buying = new ArrayList<Future<?>>();
        for (ChaosCustomer customer : customers) {
            buying.add(threads.submit(() -> customer.shopOnAndOn(() -> over)));
        }
        buying.add(threads.submit(() -> goods.tend(new Random(settings.seed()), () -> over)));
        return buying;
    }

    private List<Future<?>> breakThings(ExecutorService threads, Keeper keeper) {
        var breaking = new ArrayList<Future<?>>();
        var plan = Fault.plan(settings.seed(), settings.time(), settings.every());
        for (Fault fault : plan) {
            breaking.add(threads.submit(() -> inflict(fault, keeper)));
        }
        return breaking;
    }

    private void inflict(Fault fault, Keeper keeper) {
        Processes.pause(fault.at().minus(elapsed()));
        out.printf("%7.1f s  %s%n", elapsed().toMillis() / 1000.0, fault);
        if (keeper.inflict(fault)) {
            faults.add(fault);
        }
    }

    /** Notes when the shop was whole, until the time is up. */
    private void watch(Keeper keeper) {
        Duration wholeSince = Duration.ZERO;
        boolean wasWhole = false;
        while (elapsed().compareTo(settings.time()) < 0) {
            boolean isWhole = keeper.isWhole();
            if (isWhole && !wasWhole) {
                wholeSince = elapsed();
            } else if (!isWhole && wasWhole) {
                whole.add(new Stalls.Span(wholeSince, elapsed()));
            }
            wasWhole = isWhole;
            Processes.pause(LOOK);
        }
        if (wasWhole) {
            whole.add(new Stalls.Span(wholeSince, elapsed()));
        }
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private ChaosReport verdict(List<ChaosCustomer> customers, int deaths) {
        out.println("Waiting for quiet ...");
        if (!everythingIsDecided()) {
            violations.add(
                    "5: there are undecided orders after %d s".formatted(DECISION.toSeconds()));
        }
        var checker = Checker.of(shop);
        if (!checker.awaitQuiet(QUIET)) {
            violations.add("The shop is not quiet after %d s.".formatted(QUIET.toSeconds()));
        }
        violations.addAll(checker.violations());
        Map<String, Long> orders = orders(customers);
        violations.forEach(violation -> out.println("VIOLATION " + violation));
        Stalls.Span stall =
                Stalls.longest(
                        List.copyOf(ends),
                        List.of(new Stalls.Span(Duration.ZERO, settings.time())));
        out.printf("The longest stall began at %.1f s.%n", stall.from().toMillis() / 1000.0);
        return new ChaosReport(
                settings,
                List.copyOf(faults),
                deaths,
                orders,
                stall.length(),
                Stalls.longest(List.copyOf(ends), whole).length(),
                answers.counts(),
                List.copyOf(violations));
    }

    private boolean everythingIsDecided() {
        long end = System.nanoTime() + DECISION.toNanos();
        while (undecided() > 0) {
            if (System.nanoTime() > end) {
                return false;
            }
            Processes.pause(LOOK);
        }
        return true;
    }

    private long undecided() {
        try (var connection = shop.connect();
                var statement = connection.createStatement();
                var rows =
                        statement.executeQuery(
                                "select count(*) from orders.orders where status in ('PLACED', 'AWAITING_PAYMENT')")) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new Trouble("Cannot look for undecided orders: " + e.getMessage(), e);
        }
    }

    /** Holds against each other what the customers were told and what they are told now. */
    private Map<String, Long> orders(List<ChaosCustomer> customers) {
        var byEnd = new TreeMap<String, Long>();
        var sold = new HashMap<String, Long>();
        for (ChaosCustomer customer : customers) {
            var statuses = new HashMap<String, String>();
            customer.orders()
                    .forEach(
                            (id, order) -> {
                                String status = order.path("status").asString();
                                statuses.put(id, status);
                                byEnd.merge(end(order), 1L, Long::sum);
                                if (status.equals("CONFIRMED")) {
                                    addUnits(order, sold);
                                }
                            });
            violations.addAll(customer.promises().brokenBy(statuses));
        }
        violations.addAll(goods.violations(sold));
        return byEnd;
    }

    /** Such as "confirmed" or "cancelled: declined". */
    private static String end(JsonNode order) {
        String status = order.path("status").asString();
        String end =
                status.equals("CANCELLED")
                        ? status + ": " + order.path("reason").asString("")
                        : status;
        return end.toLowerCase();
    }

    private static void addUnits(JsonNode order, Map<String, Long> sold) {
        for (JsonNode line : order.path("lines")) {
            sold.merge(
                    line.path("product_id").asString(), line.path("quantity").asLong(), Long::sum);
        }
    }
}
