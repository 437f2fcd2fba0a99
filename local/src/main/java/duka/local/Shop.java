package duka.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The whole shop on this machine, from its real jars: each part a process that outlives whoever
 * started it and can be stopped, killed, frozen and started again.
 */
public final class Shop implements AutoCloseable {

    private static final Duration STARTING = Duration.ofMinutes(4);
    private static final Duration STOPPING = Duration.ofSeconds(25);
    private static final Duration ABANDONING = Duration.ofSeconds(5);
    private static final long LOG_BYTES = 20_000_000;
    private static final int LAST_WORDS = 12;
    private static final int LOOKED_AT = 400;

    /** A line of a stack trace, which says where and not why. */
    private static final Pattern FRAME = Pattern.compile("\\s+(at|\\.\\.\\.) ");

    /** What a stop takes together, in this order: nothing loses what it still needs. */
    private static final List<List<Part>> STOPS =
            List.of(
                    List.of(Part.GATEWAY),
                    List.of(
                            Part.IDENTITY,
                            Part.CATALOG,
                            Part.CART,
                            Part.ORDER,
                            Part.PAYMENT,
                            Part.SIMULATOR),
                    List.of(Part.DISCOVERY, Part.KAFKA, Part.REDIS),
                    List.of(Part.POSTGRES));

    private final Place place;
    private final Ports ports;
    private final Secrets secrets;
    private final Map<String, String> overrides;
    private final Map<Part, Program> programs = new EnumMap<>(Part.class);
    private final Postgres postgres;
    private volatile boolean abandoned;

    /** What an abandoned start leaves alone: all, until it has looked at what it found running. */
    private volatile Set<Part> found = Set.of(Part.values());

    private Shop(Place place, Ports ports, Secrets secrets, Map<String, String> overrides) {
        this.place = place;
        this.ports = ports;
        this.secrets = secrets;
        this.overrides = overrides;
        this.postgres = new Postgres(place, ports, secrets);
        programs.put(Part.POSTGRES, postgres);
        programs.put(Part.KAFKA, new Kafka(place, ports, place.run()));
        programs.put(Part.REDIS, new Redis(place, ports, secrets));
        for (Part part : Part.services()) {
            programs.put(part, new Service(part, place, ports, secrets, overrides));
        }
    }

    /**
     * @param overrides environment variables that every service is given on top of its own
     */
    public static Shop at(Place place, Ports ports, Map<String, String> overrides) {
        return new Shop(place, ports, Secrets.in(place.secrets()), overrides);
    }

    /**
     * The same shop once more, on other ports: whatever service is started there is a second
     * instance of this one's, with the same database, broker, registry and files.
     */
    public Shop twin() {
        var shared = new TreeMap<>(overrides);
        shared.put("DUKA_MAIL_FOLDER", place.mails().toString());
        shared.put("DUKA_IMAGES_FOLDER", place.images().toString());
        var twin =
                new Shop(
                        new Place(place.root(), place.run().resolve("twin")),
                        ports.twin(),
                        secrets,
                        shared);
        twin.place.create();
        return twin;
    }

    /** The one that was started here last, or that would be. */
    static Shop usual(Place place) {
        if (Files.exists(place.ports())) {
            return at(place, Ports.remembered(place.ports()), Map.of());
        }
        return at(place, Ports.usual(offset()), Map.of());
    }

    static int offset() {
        String offset = System.getenv().getOrDefault("DUKA_PORT_OFFSET", "0");
        try {
            return Integer.parseInt(offset);
        } catch (NumberFormatException e) {
            throw new Misuse("DUKA_PORT_OFFSET is to be a number, not \"%s\".".formatted(offset));
        }
    }

    /** Returns when the gateway serves every route and there is something to buy. */
    public void open() {
        try (var _ = LimitsLifted.fromStart(this)) {
            start();
            awaitOpen();
            Seeder.of(this, System.out).seedIfEmpty();
        }
    }

    /** Returns when the gateway serves every route. */
    public void awaitOpen() {
        Opening.await(this);
    }

    /** Returns when every part serves; when one cannot, leaves what it found and nothing more. */
    public void start() {
        start(List.of(Part.values()), Progress.SILENT);
    }

    void start(List<Part> parts, Progress progress) {
        place.create();
        stopStrays();
        found = Arrays.stream(Part.values()).filter(this::isAlive).collect(Collectors.toSet());
        Unpacked.forgetLeftovers(place.run());
        ports.mustBeFree(parts.stream().filter(part -> !isAlive(part)).toList());
        ports.remember(place.ports());
        var failure = new AtomicReference<@Nullable Throwable>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            int cores = Runtime.getRuntime().availableProcessors();
            var unpacking = new Semaphore(cores);
            var turns = new Semaphore(cores + 1);
            var prepared = new EnumMap<Part, CompletableFuture<Void>>(Part.class);
            for (Part part : parts) {
                prepared.put(
                        part,
                        CompletableFuture.runAsync(() -> prepare(part, unpacking), threads)
                                .whenComplete((_, thrown) -> giveUp(thrown, failure)));
            }
            var started = new EnumMap<Part, CompletableFuture<Void>>(Part.class);
            for (Part part : parts) {
                prepared.get(part).join();
                if (part.schema().isPresent() && started.containsKey(Part.POSTGRES)) {
                    started.get(Part.POSTGRES).join();
                }
                started.put(part, startInTurn(part, turns, progress, failure, threads));
            }
            started.values().forEach(CompletableFuture::join);
        } catch (CompletionException e) {
            abandon();
            Throwable first = failure.get();
            throw first instanceof RuntimeException reason ? reason : e;
        }
    }

    /**
     * A few at once: a JVM that shares its processor with many is slow to compile what it runs, so
     * that all have more to do. The gateway waits for the others and must not keep any waiting.
     */
    private CompletableFuture<Void> startInTurn(
            Part part,
            Semaphore turns,
            Progress progress,
            AtomicReference<@Nullable Throwable> failure,
            ExecutorService threads) {
        int taken = part.isService() && part != Part.GATEWAY ? 1 : 0;
        turns.acquireUninterruptibly(taken);
        return CompletableFuture.runAsync(() -> start(part, progress), threads)
                .whenComplete(
                        (_, thrown) -> {
                            giveUp(thrown, failure);
                            turns.release(taken);
                        });
    }

    /** The first failure is the reason; all others follow from it. */
    private void giveUp(@Nullable Throwable thrown, AtomicReference<@Nullable Throwable> failure) {
        if (thrown != null) {
            failure.compareAndSet(
                    null, thrown instanceof CompletionException ? thrown.getCause() : thrown);
            abandoned = true;
        }
    }

    private void prepare(Part part, Semaphore unpacking) {
        unpacking.acquireUninterruptibly();
        try {
            if (!isAlive(part)) {
                programs.get(part).prepare();
            }
        } finally {
            unpacking.release();
        }
    }

    /** Starts one part and waits until it serves. */
    public void start(Part part) {
        abandoned = false;
        if (!isAlive(part)) {
            programs.get(part).prepare();
        }
        start(part, Progress.SILENT);
    }

    private void start(Part part, Progress progress) {
        long began = System.nanoTime();
        Program program = programs.get(part);
        ProcessHandle process = process(part).orElseGet(() -> launch(program));
        long end = began + STARTING.toNanos();
        while (!program.serves()) {
            if (abandoned) {
                throw new Trouble("Starting was given up.");
            }
            if (!Processes.isAlive(process)) {
                String words = lastWords(part);
                if (!program.isWorthAnotherTry(words)) {
                    throw new Trouble("%s died while starting:%n%s".formatted(part.title(), words));
                }
                process = launch(program);
            }
            if (System.nanoTime() > end) {
                throw new Trouble(
                        "%s does not serve after %d s:%n%s"
                                .formatted(part.title(), STARTING.toSeconds(), lastWords(part)));
            }
            Processes.pause(Duration.ofMillis(200));
        }
        program.settle();
        progress.serves(part, Duration.ofNanos(System.nanoTime() - began));
    }

    /** Takes another build of a program from its next start on, such as an older release. */
    public void use(Part part, Path jar) {
        if (!(programs.get(part) instanceof Service service)) {
            throw new IllegalArgumentException(part.title() + " is none of our programs");
        }
        service.use(jar);
    }

    /** Starts one part that is down, without waiting until it serves. */
    void launch(Part part) {
        programs.get(part).prepare();
        launch(programs.get(part));
    }

    private synchronized ProcessHandle launch(Program program) {
        if (abandoned) {
            throw new Trouble("Starting was given up.");
        }
        Path log = place.log(program.part.title());
        rotate(log);
        ProcessHandle process =
                Processes.startDetached(
                        program.command(), program.environment(), place.home(), log);
        pidFile(program.part).remember(process);
        return process;
    }

    private static void rotate(Path log) {
        try {
            if (Files.exists(log) && Files.size(log) > LOG_BYTES) {
                Files.move(
                        log,
                        log.resolveSibling(log.getFileName() + ".1"),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String lastWords(Part part) {
        List<String> lines =
                Logs.tail(log(part), LOOKED_AT).stream()
                        .filter(line -> !line.isBlank() && !FRAME.matcher(line).lookingAt())
                        .toList();
        return String.join(
                "\n", lines.subList(Math.max(0, lines.size() - LAST_WORDS), lines.size()));
    }

    /** Stops every part in good order, and by force what does not go in time. */
    public void stop() {
        stop(Progress.SILENT);
    }

    void stop(Progress progress) {
        Training.stop(place);
        stop(_ -> true, STOPPING, progress);
    }

    @Override
    public void close() {
        stop();
    }

    /** Takes back a start that failed or is no longer wanted; what it found running stays. */
    void abandon() {
        synchronized (this) {
            abandoned = true;
        }
        stop(part -> !found.contains(part), ABANDONING, Progress.SILENT);
    }

    private void stop(Predicate<Part> wanted, Duration patience, Progress progress) {
        if (!Files.exists(place.run())) {
            return;
        }
        for (List<Part> together : STOPS) {
            var stopping =
                    together.stream()
                            .filter(wanted)
                            .map(
                                    part ->
                                            CompletableFuture.runAsync(
                                                    () -> stop(part, patience, progress),
                                                    Thread::startVirtualThread))
                            .toList();
            stopping.forEach(CompletableFuture::join);
        }
        stopStrays();
    }

    /** Stops one part in good order. */
    public void stop(Part part) {
        stop(part, STOPPING, Progress.SILENT);
    }

    /** Stops one part in good order and starts it again, as this shop has it. */
    void restart(Part part) {
        stop(part);
        start(part);
    }

    private void stop(Part part, Duration patience, Progress progress) {
        process(part)
                .ifPresent(
                        process -> {
                            List<ProcessHandle> family = Processes.family(process);
                            Processes.signal(process, "CONT");
                            programs.get(part).askToStop(process);
                            if (!Processes.awaitEnd(process, patience)) {
                                family.forEach(ProcessHandle::destroyForcibly);
                                Processes.awaitEnd(process, ABANDONING);
                            }
                            progress.stopped(part);
                        });
        pidFile(part).forget();
    }

    /** Ends what a killed command or a lost process id has left behind. */
    private void stopStrays() {
        Set<Long> known = new HashSet<>();
        for (Part part : Part.values()) {
            process(part).ifPresent(process -> known.add(process.pid()));
        }
        Training.process(place).ifPresent(process -> known.add(process.pid()));
        List<ProcessHandle> strays =
                Stream.of(
                                Program.HOME_MARK + place.home(),
                                place.postgres().toString(),
                                Postgres.TO_BE_MADE + Postgres.draft(place),
                                Redis.configuration(place).toString())
                        .flatMap(mark -> Processes.withArgument(mark).stream())
                        .filter(process -> !known.contains(process.pid()))
                        .toList();
        strays.forEach(stray -> Processes.signal(stray, "INT"));
        for (ProcessHandle stray : strays) {
            if (!Processes.awaitEnd(stray, ABANDONING)) {
                stray.destroyForcibly();
                Processes.awaitEnd(stray, ABANDONING);
            }
        }
    }

    /** {@code kill -9}. */
    public void kill(Part part) {
        process(part)
                .ifPresent(
                        process -> {
                            process.destroyForcibly();
                            Processes.awaitEnd(process, ABANDONING);
                        });
        pidFile(part).forget();
    }

    /** Freezes a part with all its processes: it is there, but answers nobody. */
    public void pause(Part part) {
        process(part).ifPresent(process -> Processes.signalFamily(process, "STOP"));
    }

    public void resume(Part part) {
        process(part).ifPresent(process -> Processes.signalFamily(process, "CONT"));
    }

    public boolean isAlive(Part part) {
        return process(part).isPresent();
    }

    boolean serves(Part part) {
        return isAlive(part) && programs.get(part).serves();
    }

    Optional<ProcessHandle> process(Part part) {
        return pidFile(part).live();
    }

    private PidFile pidFile(Part part) {
        return place.pidFile(part.title());
    }

    Program program(Part part) {
        return programs.get(part);
    }

    public Path log(Part part) {
        return place.log(part.title());
    }

    public Place place() {
        return place;
    }

    public Ports ports() {
        return ports;
    }

    public Secrets secrets() {
        return secrets;
    }

    /** Where a part answers HTTP. */
    public URI url(Part part) {
        return URI.create("http://%s:%d".formatted(Ports.HOST, ports.of(part)));
    }

    public URI gateway() {
        return url(Part.GATEWAY);
    }

    public String bootstrapServers() {
        return Ports.HOST + ":" + ports.of(Part.KAFKA);
    }

    public String jdbcUrl() {
        return postgres.url();
    }

    /** As the superuser, who sees every schema. */
    public Connection connect() throws SQLException {
        return postgres.connect(Postgres.DATABASE);
    }

    public String passwordOf(String role) {
        return secrets.of("postgres." + role);
    }

    /** A file, or a folder with all that is in it; nothing if there is none. */
    static void delete(Path path) {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try {
            Files.walkFileTree(
                    path,
                    new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                                throws IOException {
                            Files.delete(file);
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult postVisitDirectory(
                                Path folder, @Nullable IOException failure) throws IOException {
                            if (failure != null) {
                                throw failure;
                            }
                            Files.delete(folder);
                            return FileVisitResult.CONTINUE;
                        }
                    });
        } catch (IOException e) {
            throw new Trouble("Cannot delete %s: %s".formatted(path, e.getMessage()), e);
        }
    }

    /**
     * Deletes all that the shop has learned about its customers, and its keys; keeps the programs.
     */
    public void forgetEverything() {
        var data =
                new ArrayList<>(
                        List.of(
                                place.postgres(),
                                Postgres.draft(place),
                                place.kafka(),
                                place.redis(),
                                place.simulator(),
                                place.mails(),
                                place.images(),
                                place.secrets(),
                                place.ports()));
        data.add(place.log("x").getParent());
        data.forEach(Shop::delete);
    }
}
