package duka.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Lets each program run once for its AOT cache, in the background and at the lowest priority. The
 * runs have a broker and a database of their own and are not in the registry, so the shop does not
 * notice them.
 */
final class Training {

    private static final String DATABASE = "duka_training";
    private static final Duration STARTING = Duration.ofMinutes(30);
    private static final Duration WRITING = Duration.ofMinutes(30);

    /** What most requests come to, so that the classes behind it are known. */
    private static final Map<Part, List<String>> TOUCHES =
            Map.of(
                    Part.DISCOVERY, List.of("/eureka/apps"),
                    Part.IDENTITY,
                            List.of("/.well-known/jwks.json", "/api/v1/users/me", "/api/v1/users"),
                    Part.CATALOG, List.of("/api/v1/categories", "/api/v1/products?search=x"),
                    Part.CART, List.of("/api/v1/cart", "/api/v1/checkout"),
                    Part.ORDER, List.of("/api/v1/orders", "/api/v1/sagas"),
                    Part.PAYMENT, List.of("/api/v1/payments"),
                    Part.SIMULATOR, List.of("/v1/log"),
                    Part.GATEWAY,
                            List.of(
                                    "/api/v1/categories",
                                    "/api/v1/products",
                                    "/api/v1/users/me",
                                    "/api/v1/cart",
                                    "/api/v1/orders"));

    /** What all caches come to, with the draft of the largest. */
    private static final long CACHES_MEGABYTES = 1500;

    private final Shop shop;
    private final Place place;
    private final Ports ports = Ports.free();

    private Training(Shop shop) {
        this.shop = shop;
        this.place = new Place(shop.place().root(), home(shop.place()));
    }

    private static Path home(Place place) {
        return place.run().resolve("training");
    }

    private static boolean isNeeded(Shop shop) {
        return !((Kafka) shop.program(Part.KAFKA)).cache().isThere() || !untrained(shop).isEmpty();
    }

    private static List<Service> untrained(Shop shop) {
        return Part.services().stream()
                .map(part -> (Service) shop.program(part))
                .filter(Service::keepToLastUnpacked)
                .filter(service -> !service.unpacked().cache().isThere())
                .toList();
    }

    /** In a process of its own that outlives this command. */
    static void startInBackground(Shop shop) {
        Place place = shop.place();
        if (process(place).isPresent() || !isNeeded(shop)) {
            return;
        }
        var command = new ArrayList<String>();
        if (Processes.isOnPath("nice")) {
            command.addAll(List.of("nice", "-n", "19"));
        }
        command.addAll(
                List.of(
                        Program.java(),
                        Program.HOME_MARK + place.home(),
                        "-Dduka.root=" + place.root(),
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        Place.ownClasses() + ":" + place.classPath(),
                        Duka.class.getName(),
                        "train"));
        pidFile(place)
                .remember(
                        Processes.startDetached(
                                command,
                                Map.of("DUKA_HOME", place.home().toString()),
                                place.home(),
                                place.log("training")));
    }

    private static PidFile pidFile(Place place) {
        return place.pidFile("training");
    }

    static Optional<ProcessHandle> process(Place place) {
        return pidFile(place).live();
    }

    static void stop(Place place) {
        process(place)
                .ifPresent(
                        process ->
                                Processes.family(process).forEach(ProcessHandle::destroyForcibly));
        // It may have started somebody just as its family was looked at.
        Processes.withArgument(Program.HOME_MARK + home(place))
                .forEach(ProcessHandle::destroyForcibly);
        pidFile(place).forget();
    }

    /** Holds it, for as long as something is measured. */
    static void pause(Place place) {
        signal(place, "STOP");
    }

    static void resume(Place place) {
        signal(place, "CONT");
    }

    private static void signal(Place place, String name) {
        process(place)
                .ifPresent(
                        process ->
                                Processes.family(process)
                                        .forEach(each -> Processes.signal(each, name)));
    }

    static void run(Shop shop) {
        var training = new Training(shop);
        try (var _ = Lock.take(shop.place(), "training.lock", "train")) {
            Shop.delete(training.place.home());
            training.place.create();
            training.place.mustHaveFree(CACHES_MEGABYTES);
            training.giveWay();
            training.run();
            Shop.delete(training.place.home());
            pidFile(shop.place()).forget();
        }
    }

    /** Where the system groups processes by session, priority counts between sessions only so. */
    private void giveWay() {
        Path autogroup = Path.of("/proc/self/autogroup");
        try {
            if (Files.isWritable(autogroup)) {
                Files.writeString(autogroup, "19");
            }
        } catch (IOException notAllowed) {
            System.out.println("The system does not let training give way: " + notAllowed);
        }
    }

    private void run() {
        var postgres = (Postgres) shop.program(Part.POSTGRES);
        var kafka = new Kafka(place, ports, shop.place().run());
        kafka.prepare();
        boolean learns = !kafka.cache().isThere();
        Process broker =
                launch(
                        kafka,
                        kafka.command(learns ? kafka.cache().learningFlags() : List.of()),
                        Map.of());
        try {
            await(kafka, broker);
            postgres.drop(DATABASE);
            postgres.settle(DATABASE);
            String token = Api.of(shop.gateway()).tokenOf(Demo.ADMIN.email(), Demo.PASSWORD);
            for (Service service : untrained(shop)) {
                try {
                    train(service.part, token);
                } catch (Trouble e) {
                    System.out.println(e.getMessage());
                }
            }
            finish(broker);
            report("kafka", learns && kafka.cache().publish());
        } finally {
            broker.destroyForcibly();
            postgres.drop(DATABASE);
        }
    }

    private void train(Part part, String token) {
        var service = new Service(part, shop.place(), ports, shop.secrets(), overrides());
        service.keepToLastUnpacked();
        AotCache cache = service.unpacked().cache();
        Process process =
                launch(service, service.command(cache.learningFlags()), service.environment());
        try {
            await(service, process);
            touch(part, token);
            finish(process);
            report(part.title(), cache.publish());
        } finally {
            process.destroyForcibly();
        }
    }

    /**
     * The real shop's keys and registry, to read; a database and a broker that nobody else uses.
     */
    private Map<String, String> overrides() {
        var env = new TreeMap<String, String>();
        env.put("SPRING_DATASOURCE_URL", ((Postgres) shop.program(Part.POSTGRES)).url(DATABASE));
        env.put("EUREKA_CLIENT_SERVICEURL_DEFAULTZONE", shop.url(Part.DISCOVERY) + "/eureka/");
        env.put("EUREKA_CLIENT_REGISTERWITHEUREKA", "false");
        env.put("DUKA_SECURITY_JWKSURI", shop.url(Part.IDENTITY) + "/.well-known/jwks.json");
        env.put("DUKA_SIMULATOR_DATA", place.simulator().toString());
        env.put("DUKA_MAIL_FOLDER", place.mails().toString());
        env.put("DUKA_IMAGES_FOLDER", place.images().toString());
        env.put("SPRING_DATA_REDIS_PORT", Integer.toString(shop.ports().of(Part.REDIS)));
        env.put("SPRING_DATA_REDIS_DATABASE", "1");
        return env;
    }

    private Process launch(Program program, List<String> command, Map<String, String> environment) {
        var builder =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(place.log(program.part.title()).toFile());
        builder.environment().putAll(environment);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void await(Program program, Process process) {
        long end = System.nanoTime() + STARTING.toNanos();
        while (!program.serves()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new Trouble(
                        "%s cannot be trained:%n%s"
                                .formatted(
                                        program.part.title(),
                                        String.join(
                                                "\n",
                                                Logs.tail(place.log(program.part.title()), 20))));
            }
            Processes.pause(Duration.ofMillis(500));
        }
    }

    private void touch(Part part, String token) {
        var api =
                Api.of(URI.create("http://%s:%d".formatted(Ports.HOST, ports.of(part)))).as(token);
        var paths = new ArrayList<>(TOUCHES.get(part));
        paths.addAll(List.of("/v3/api-docs", "/actuator/health", "/actuator/prometheus"));
        for (int round = 0; round < 20; round++) {
            paths.forEach(api::get);
        }
    }

    private static void finish(Process process) {
        process.destroy();
        Processes.awaitEnd(process.toHandle(), WRITING);
    }

    private static void report(String program, boolean learned) {
        System.out.println(program + (learned ? " has learned" : " has not learned anything"));
    }
}
