package duka.local;

import duka.release.Refused;
import duka.release.Releasing;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/** The command line: {@code ./duka} after the build. */
final class Duka {

    private static final PrintStream OUT = System.out;
    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int MISUSED = 2;

    private Duka() {}

    public static void main(String[] arguments) {
        // Kafka's client tells at length what the command says in a line.
        System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "off");
        System.exit(run(List.of(arguments)));
    }

    static int run(List<String> arguments) {
        try {
            String command = arguments.isEmpty() ? "help" : arguments.getFirst();
            List<String> rest =
                    arguments.isEmpty() ? List.of() : arguments.subList(1, arguments.size());
            return run(command, rest);
        } catch (Misuse e) {
            System.err.println(e.getMessage());
            return MISUSED;
        } catch (Trouble | Refused e) {
            System.err.println(e.getMessage());
            return FAILED;
        }
    }

    private static int run(String command, List<String> rest) {
        return switch (command) {
            case "up" -> up(new Arguments(command, rest, Set.of("--attach"), Set.of(), 0));
            case "down" -> down(new Arguments(command, rest, Set.of(), Set.of(), 0));
            case "status" -> status(new Arguments(command, rest, Set.of(), Set.of(), 0));
            case "logs" ->
                    logs(new Arguments(command, rest, Set.of("-f", "--follow"), Set.of("-n"), 1));
            case "reset" ->
                    reset(
                            Place.usual(),
                            new Arguments(command, rest, Set.of("--yes"), Set.of(), 0));
            case "seed" ->
                    seed(
                            new Arguments(
                                    command,
                                    rest,
                                    Set.of(),
                                    Set.of("--products", "--at", "--admin-password-file"),
                                    0));
            case "checkout" ->
                    checkout(
                            new Arguments(
                                    command,
                                    rest,
                                    Set.of("--cod"),
                                    Set.of("--token", "--product", "--customer", "--at"),
                                    0));
            case "bench" ->
                    bench(
                            new Arguments(
                                    command,
                                    rest,
                                    Set.of("--hot"),
                                    Set.of("--customers", "--seconds", "--warmup", "--scenario"),
                                    0));
            case "load" ->
                    load(
                            new Arguments(
                                    command,
                                    rest,
                                    Set.of("--flash-sale"),
                                    Set.of(
                                            "--rate",
                                            "--seconds",
                                            "--warmup",
                                            "--buyers",
                                            "--units"),
                                    0));
            case "growth" ->
                    growth(
                            new Arguments(
                                    command, rest, Set.of(), Set.of("--products", "--orders"), 0));
            case "chaos" ->
                    chaos(
                            new Arguments(
                                    command,
                                    rest,
                                    Set.of(),
                                    Set.of("--minutes", "--seed", "--every", "--customers"),
                                    0));
            case "release" -> release(new Arguments(command, rest, Set.of(), Set.of(), 32));
            case "train" -> train();
            default ->
                    throw new Misuse(
                            "./duka has no command \"%s\"; see ./duka help.".formatted(command));
        };
    }

    private static int up(Arguments arguments) {
        Place place = Place.usual();
        Shop shop;
        try (var _ = Lock.take(place, "up")) {
            Shop last = Shop.usual(place);
            boolean runs = Arrays.stream(Part.values()).anyMatch(last::isAlive);
            if (runs && Arrays.stream(Part.values()).allMatch(last::serves)) {
                throw new Trouble("The shop is up already, at %s.".formatted(last.gateway()));
            }
            shop = runs ? last : Shop.at(place, Ports.usual(Shop.offset()), Map.of());
            start(shop);
            Training.startInBackground(shop);
            Welcome.print(shop, OUT);
        }
        return arguments.has("--attach") ? attach(shop) : OK;
    }

    /** Ctrl-C, like any failure, takes back all that was started. */
    private static void start(Shop shop) {
        var starting = new AtomicBoolean(true);
        var undo =
                new Thread(
                        () -> {
                            if (starting.get()) {
                                OUT.println("Stopping what was started ...");
                                shop.abandon();
                            }
                        });
        Runtime.getRuntime().addShutdownHook(undo);
        try (var _ = LimitsLifted.fromStart(shop)) {
            long began = System.nanoTime();
            OUT.println("Starting the shop in " + shop.place().home());
            shop.start(
                    List.of(Part.values()),
                    new Progress() {
                        @Override
                        public synchronized void serves(Part part, Duration after) {
                            OUT.printf(
                                    "  %-18s port %-6d %5.1f s%n",
                                    part.title(), shop.ports().of(part), seconds(after));
                        }
                    });
            Opening.await(shop);
            OUT.printf(
                    "  %-18s            %5.1f s%n",
                    "every route", seconds(Duration.ofNanos(System.nanoTime() - began)));
            Seeder.of(shop, OUT).seedIfEmpty();
            OUT.printf(
                    "Open after %.1f s.%n", seconds(Duration.ofNanos(System.nanoTime() - began)));
            starting.set(false);
        } catch (Trouble e) {
            if (starting.compareAndSet(true, false)) {
                shop.abandon();
            }
            throw e;
        }
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }

    private static int attach(Shop shop) {
        var attached = new AtomicBoolean(true);
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(
                                () -> {
                                    attached.set(false);
                                    OUT.println("Stopping the shop ...");
                                    shop.stop();
                                }));
        OUT.println("Ctrl-C stops the shop.");
        Logs.follow(logsOf(shop), OUT, () -> attached.get() && anyAlive(shop));
        return FAILED;
    }

    private static boolean anyAlive(Shop shop) {
        return Arrays.stream(Part.values()).anyMatch(shop::isAlive);
    }

    private static Map<String, Path> logsOf(Shop shop) {
        var logs = new LinkedHashMap<String, Path>();
        for (Part part : Part.values()) {
            logs.put(part.title(), shop.log(part));
        }
        return logs;
    }

    private static int down(Arguments none) {
        Place place = Place.usual();
        if (!Files.exists(place.run())) {
            OUT.println("Nothing runs.");
            return OK;
        }
        try (var _ = Lock.take(place, "down")) {
            stop(Shop.usual(place));
        }
        OUT.println("Nothing runs.");
        return OK;
    }

    private static void stop(Shop shop) {
        shop.stop(
                new Progress() {
                    @Override
                    public synchronized void stopped(Part part) {
                        OUT.printf("  %-18s stopped%n", part.title());
                    }
                });
    }

    private static int status(Arguments none) {
        Shop shop = Shop.usual(Place.usual());
        OUT.printf("%-18s %8s %6s %-9s %8s%n", "", "process", "port", "", "memory");
        boolean complete = true;
        long memory = 0;
        for (Part part : Part.values()) {
            Optional<ProcessHandle> process = shop.process(part);
            boolean serves = process.isPresent() && shop.program(part).serves();
            complete &= serves;
            long bytes = process.map(Processes::memoryBytes).orElse(0L);
            memory += bytes;
            OUT.printf(
                    "%-18s %8s %6d %-9s %8s%n",
                    part.title(),
                    process.map(ProcessHandle::pid).map(String::valueOf).orElse("-"),
                    shop.ports().of(part),
                    serves ? "serves" : process.isPresent() ? "not ready" : "down",
                    process.isPresent() ? megabytes(bytes) + " MB" : "-");
        }
        OUT.printf("%-18s %8s %6s %-9s %8s%n", "", "", "", "", megabytes(memory) + " MB");
        return complete ? OK : FAILED;
    }

    static long megabytes(long bytes) {
        return bytes / (1024 * 1024);
    }

    private static int logs(Arguments arguments) {
        Shop shop = Shop.usual(Place.usual());
        int lines = arguments.number("-n", arguments.word().isPresent() ? 100 : 20, 0, 100_000);
        Map<String, Path> logs =
                arguments
                        .word()
                        .map(name -> Map.of("", shop.log(Part.named(name))))
                        .orElseGet(() -> logsOf(shop));
        logs.forEach(
                (name, log) ->
                        Logs.tail(log, lines)
                                .forEach(line -> OUT.println(Logs.prefix(name) + line)));
        if (arguments.has("-f") || arguments.has("--follow")) {
            Logs.follow(logs, OUT, () -> true);
        }
        return OK;
    }

    static int reset(Place place, Arguments arguments) {
        if (!Files.exists(place.run())) {
            OUT.println("There is no shop in %s.".formatted(place.home()));
            return OK;
        }
        if (!arguments.has("--yes")) {
            if (System.console() == null) {
                throw new Misuse("./duka reset deletes every order; say --yes.");
            }
            String answer =
                    System.console()
                            .readLine(
                                    "This stops the shop and deletes all its data in %s. Go on? [y/N] ",
                                    place.home());
            if (!"y".equalsIgnoreCase(answer) && !"yes".equalsIgnoreCase(answer)) {
                OUT.println("Nothing was deleted.");
                return FAILED;
            }
        }
        try (var _ = Lock.take(place, "reset")) {
            Shop shop = Shop.usual(place);
            stop(shop);
            shop.forgetEverything();
        }
        OUT.println("The shop is as new.");
        return OK;
    }

    private static int seed(Arguments arguments) {
        int products = arguments.number("--products", Seeder.PRODUCTS, 0, 1_000_000);
        if (arguments.option("--at").isPresent()) {
            String password =
                    arguments
                            .option("--admin-password-file")
                            .map(file -> read(Path.of(file)))
                            .orElse(Demo.PASSWORD);
            Api guest = Api.of(elsewhere(arguments)).withPatience();
            new Seeder(guest, password, OUT).seed(products);
            return OK;
        }
        Shop shop = running();
        try (var _ = LimitsLifted.now(shop)) {
            Seeder.of(shop, OUT).seed(products);
        }
        return OK;
    }

    /** The gateway of a shop that something else has started. */
    private static URI elsewhere(Arguments arguments) {
        String at = arguments.option("--at").orElseThrow();
        if (!at.matches("https?://.+")) {
            throw new Misuse("--at takes the address of a gateway, not \"%s\".".formatted(at));
        }
        return URI.create(at);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new Misuse("%s cannot be read.".formatted(file));
        }
    }

    private static int checkout(Arguments arguments) {
        URI gateway =
                arguments.option("--at").isPresent() ? elsewhere(arguments) : running().gateway();
        boolean asHoped =
                new Checkout(gateway, OUT)
                        .buy(
                                arguments
                                        .option("--customer")
                                        .orElse(Demo.CUSTOMERS.getFirst().email()),
                                arguments.option("--product"),
                                arguments.has("--cod")
                                        ? Checkout.Payment.cashOnDelivery()
                                        : Checkout.Payment.card(
                                                arguments.option("--token").orElse("tok_approve")));
        return asHoped ? OK : FAILED;
    }

    private static int bench(Arguments arguments) {
        return measure(
                shop -> {
                    var settings =
                            new Bench.Settings(
                                    Bench.Scenario.named(
                                            arguments.option("--scenario").orElse("checkout")),
                                    arguments.number("--customers", 32, 1, 2000),
                                    Duration.ofSeconds(
                                            arguments.number("--seconds", 30, 1, 86_400)),
                                    arguments.option("--warmup").isEmpty()
                                            ? Optional.empty()
                                            : Optional.of(
                                                    Duration.ofSeconds(
                                                            arguments.number(
                                                                    "--warmup", 0, 0, 86_400))),
                                    arguments.has("--hot"));
                    return new Bench(shop, settings, OUT).run();
                });
    }

    private static int load(Arguments arguments) {
        return measure(
                shop -> {
                    var load = new Load(shop, OUT);
                    return arguments.has("--flash-sale")
                            ? load.flashSale(
                                    arguments.number("--buyers", 2000, 1, 10_000),
                                    arguments.number("--units", 100, 1, 10_000))
                            : load.steadily(
                                    arguments.number("--rate", 10, 1, 1000),
                                    Duration.ofSeconds(
                                            arguments.number("--seconds", 300, 1, 86_400)),
                                    Duration.ofSeconds(
                                            arguments.number("--warmup", 60, 0, 86_400)));
                });
    }

    private static int growth(Arguments arguments) {
        return measure(
                shop -> {
                    new Growth(shop, OUT)
                            .measure(
                                    arguments.number("--products", 100_000, 1_000, 1_000_000),
                                    arguments.number("--orders", 100_000, 0, 1_000_000));
                    return true;
                });
    }

    /** With nobody else at work, and nobody told to come back later. */
    private static int measure(Predicate<Shop> work) {
        Shop shop = running();
        return undisturbed(shop, work, () -> {});
    }

    /**
     * Ctrl-C runs hooks but no finally, so a hook lets training go on, however this ends.
     *
     * @param interrupted what is left to do when the work was
     */
    private static int undisturbed(Shop shop, Predicate<Shop> work, Runnable interrupted) {
        var working = new AtomicBoolean(true);
        var undo =
                new Thread(
                        () -> {
                            Training.resume(shop.place());
                            if (working.get()) {
                                interrupted.run();
                            }
                        });
        Runtime.getRuntime().addShutdownHook(undo);
        Training.pause(shop.place());
        try (var _ = LimitsLifted.now(shop)) {
            return work.test(shop) ? OK : FAILED;
        } finally {
            working.set(false);
        }
    }

    private static int chaos(Arguments arguments) {
        Shop shop = running();
        var settings =
                new Chaos.Settings(
                        arguments.number("--seed", 1, 0, Integer.MAX_VALUE),
                        Duration.ofMinutes(arguments.number("--minutes", 5, 1, 1440)),
                        Duration.ofSeconds(arguments.number("--every", 6, 1, 3600)),
                        arguments.number("--customers", 16, 1, 500));
        try (var _ = Lock.take(shop.place(), "chaos")) {
            return undisturbed(shop, _ -> chaos(shop, settings), () -> interrupted(shop));
        }
    }

    /** True if nothing is wrong afterwards. */
    private static boolean chaos(Shop shop, Chaos.Settings settings) {
        Shop hurried = Shop.at(shop.place(), shop.ports(), Chaos.HURRIED);
        ChaosReport report;
        try {
            hurried.restart(Part.ORDER);
            report = Chaos.upon(hurried, settings, OUT);
        } finally {
            shop.restart(Part.ORDER);
        }
        OUT.println(report.json());
        return report.violations().isEmpty();
    }

    /** What is frozen thaws; the rest takes longer than a hook should. */
    private static void interrupted(Shop shop) {
        List.of(Part.values()).forEach(shop::resume);
        OUT.println(
                "Interrupted: order-service keeps its short deadlines, and what was struck may be down; ./duka down and ./duka up mend that.");
    }

    private static int release(Arguments arguments) {
        Releasing.in(Place.usual().root(), OUT).release(arguments.words());
        return OK;
    }

    private static Shop running() {
        Shop shop = Shop.usual(Place.usual());
        if (!shop.serves(Part.GATEWAY)) {
            throw new Trouble("The shop is not up; ./duka up starts it.");
        }
        return shop;
    }

    private static int train() {
        Training.run(Shop.usual(Place.usual()));
        return OK;
    }
}
