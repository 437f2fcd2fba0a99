package duka.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where things are.
 *
 * @param root the project's folder with the built jars
 * @param home the shop's own folder: its data, logs, secrets and process ids
 */
public record Place(Path root, Path home) {

    /** Programs with their libraries, unpacked once; what is built anew later adds little. */
    private static final long PROGRAMS_MEGABYTES = 250;

    /** The database's and the broker's first files. */
    private static final long DATA_MEGABYTES = 200;

    /** To log and to sell for a while. */
    private static final long ROOM_MEGABYTES = 150;

    public Place {
        root = root.toAbsolutePath().normalize();
        home = home.toAbsolutePath().normalize();
    }

    /** As the environment says: {@code DUKA_HOME}, or {@code .duka} in the project. */
    public static Place usual() {
        return usual(System.getenv("DUKA_HOME"));
    }

    /** A variable that is there but empty says nothing: it must not mean the current folder. */
    static Place usual(@Nullable String home) {
        Path root = projectRoot();
        boolean said = home != null && !home.isBlank();
        return new Place(root, said ? Path.of(home) : root.resolve(".duka"));
    }

    /** A shop of its own somewhere else, such as a test's. */
    public static Place at(Path home) {
        return new Place(projectRoot(), home);
    }

    private static Path projectRoot() {
        String told = System.getProperty("duka.root");
        if (told != null) {
            return Path.of(told);
        }
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.exists(at.resolve("duka")) && Files.exists(at.resolve("common-events"))) {
                return at;
            }
        }
        throw new Trouble("Call ./duka in the project's folder.");
    }

    Path secrets() {
        return home.resolve("secrets.properties");
    }

    Path postgres() {
        return home.resolve("postgres");
    }

    Path kafka() {
        return home.resolve("kafka");
    }

    Path redis() {
        return home.resolve("redis");
    }

    /** Where identity-service leaves the shop's mails, each a file. */
    public Path mails() {
        return home.resolve("mails");
    }

    /** Where catalog-service keeps the products' pictures. */
    Path images() {
        return home.resolve("images");
    }

    Path simulator() {
        return home.resolve("payment-simulator");
    }

    /** What can be made again at any time: unpacked programs, caches, process ids. */
    Path run() {
        return home.resolve("run");
    }

    Path ports() {
        return run().resolve("ports.properties");
    }

    Path log(String name) {
        return home.resolve("logs").resolve(name + ".log");
    }

    PidFile pidFile(String name) {
        return new PidFile(run().resolve(name + ".pid"));
    }

    /** Everything that {@code ./duka} itself and the broker run on. */
    Path libraries() {
        return root.resolve("local/target/lib");
    }

    /** In one order always: what a JVM has learned holds for the same class path only. */
    String classPath() {
        try (var jars = Files.list(libraries())) {
            return jars.map(Path::toString).sorted().collect(Collectors.joining(":"));
        } catch (IOException e) {
            throw new Trouble("The module local is not built: there is no " + libraries(), e);
        }
    }

    /** The jar, or in a test the folder, that this class itself came from. */
    static Path ownClasses() {
        try {
            return Path.of(Place.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A program as it was built last. */
    public Path jar(Part part) {
        Path target = root.resolve(part.title()).resolve("target");
        try (var jars = Files.newDirectoryStream(target, part.title() + "-*.jar")) {
            Path newest = null;
            for (Path jar : jars) {
                String name = jar.getFileName().toString();
                boolean extra = name.endsWith("-tests.jar") || name.endsWith("-sources.jar");
                if (!extra && (newest == null || byAge().compare(jar, newest) > 0)) {
                    newest = jar;
                }
            }
            if (newest != null) {
                return newest;
            }
        } catch (IOException e) {
            throw new Trouble("%s is not built: %s".formatted(part.title(), e.getMessage()), e);
        }
        throw new Trouble(
                "%s is not built: there is no jar in %s.".formatted(part.title(), target));
    }

    private static Comparator<Path> byAge() {
        return Comparator.comparing(
                path -> {
                    try {
                        return Files.getLastModifiedTime(path);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }

    void create() {
        try {
            for (Path folder :
                    List.of(home, run(), log("x").getParent(), simulator(), mails(), images())) {
                Files.createDirectories(folder);
            }
            mustHaveFree(neededMegabytes());
        } catch (IOException e) {
            throw new Trouble("Cannot write to %s: %s".formatted(home, e.getMessage()), e);
        }
    }

    /** What the next start adds at most. */
    long neededMegabytes() {
        boolean unpacked = Unpacked.last(Part.GATEWAY.title(), run()).isPresent();
        boolean hasData = Files.exists(postgres());
        return ROOM_MEGABYTES
                + (unpacked ? 0 : PROGRAMS_MEGABYTES)
                + (hasData ? 0 : DATA_MEGABYTES);
    }

    void mustHaveFree(long megabytes) {
        long free = home.toFile().getUsableSpace() / (1024 * 1024);
        if (free < megabytes) {
            throw new Trouble(
                    "The disk is too full: %d MB are free under %s, and %d MB are needed."
                            .formatted(free, home, megabytes));
        }
    }
}
