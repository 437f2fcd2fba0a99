package duka.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A real Redis, for what may be lost: rate limits, revoked sessions, caches. The shop goes on
 * without it.
 */
final class Redis extends Program {

    private static final String RUNNABLE = "rwxr-xr-x";
    private static final String OWNER_ONLY = "rw-------";

    private final Secrets secrets;

    Redis(Place place, Ports ports, Secrets secrets) {
        super(Part.REDIS, place, ports);
        this.secrets = secrets;
    }

    /** Its command line names it, and so marks the process. */
    static Path configuration(Place place) {
        return place.redis().resolve("redis.conf");
    }

    private Path configuration() {
        return configuration(place);
    }

    @Override
    void prepare() {
        server();
        String settings =
                """
                bind %s
                port %d
                dir "%s"
                requirepass %s
                databases 2
                save ""
                appendonly yes
                appendfsync everysec
                maxmemory 128mb
                maxmemory-policy volatile-lru
                # its command line tells whose it is
                set-proc-title no
                # some kernels on arm64 lose data when a forked process dies early; it forks only to tidy up
                ignore-warnings ARM64-COW-BUG
                """
                        .formatted(Ports.HOST, port(), quotable(place.redis()), password());
        try {
            Files.createDirectories(place.redis());
            Shop.delete(configuration());
            Files.createFile(
                    configuration(),
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString(OWNER_ONLY)));
            Files.writeString(configuration(), settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Between quotes Redis takes a blank as it is, and a backslash as the start of an escape. */
    private static String quotable(Path path) {
        return path.toString().replace("\\", "\\\\").replace("\"", "\\\"");
    }

    String password() {
        return secrets.of("redis");
    }

    @Override
    List<String> command() {
        return List.of(server(), configuration().toString());
    }

    /** The one that came with us, or where that lacks a library, the system's own. */
    private String server() {
        String bundled = unpacked().toString();
        if (Processes.succeeds(bundled, "--version")) {
            return bundled;
        }
        if (Processes.isOnPath("redis-server")) {
            return "redis-server";
        }
        throw new Trouble(
                "The Redis that comes with Duka needs OpenSSL 3, which this system lacks: install redis-server.");
    }

    private Path unpacked() {
        Path program = place.run().resolve("redis-server");
        if (!Files.exists(program)) {
            try {
                Path next = Files.createTempFile(place.run(), "redis-server", ".new");
                unpack(next);
                Files.setPosixFilePermissions(next, PosixFilePermissions.fromString(RUNNABLE));
                Files.move(next, program, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                throw new Trouble("Cannot unpack Redis: " + e.getMessage(), e);
            }
        }
        return program;
    }

    private void unpack(Path to) throws IOException {
        try (var jars = Files.newDirectoryStream(place.libraries(), "embedded-redis-*.jar")) {
            for (Path jar : jars) {
                try (var zip = new ZipFile(jar.toFile())) {
                    ZipEntry entry = find(zip).orElseThrow(Redis::unknownPlatform);
                    try (var in = zip.getInputStream(entry)) {
                        Files.copy(in, to, StandardCopyOption.REPLACE_EXISTING);
                        return;
                    }
                }
            }
        }
        throw new IOException("it is not in " + place.libraries());
    }

    private static Optional<? extends ZipEntry> find(ZipFile zip) {
        return zip.stream().filter(entry -> isFor(entry.getName(), os(), arch())).findFirst();
    }

    /** Its file is called redis-server-6.2.6-v5-linux-amd64. */
    static boolean isFor(String file, String os, String arch) {
        return file.startsWith("redis-server-") && file.endsWith("-%s-%s".formatted(os, arch));
    }

    private static String os() {
        return System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac")
                ? "darwin"
                : "linux";
    }

    private static String arch() {
        String arch = System.getProperty("os.arch");
        return switch (arch) {
            case "x86_64" -> "amd64";
            case "aarch64" -> "arm64";
            default -> arch;
        };
    }

    private static Trouble unknownPlatform() {
        return new Trouble(
                "There is no Redis for %s on %s: Linux and macOS on x86-64 and arm64 have one."
                        .formatted(System.getProperty("os.name"), System.getProperty("os.arch")));
    }

    @Override
    boolean serves() {
        try {
            return ask("PING").equals("+PONG");
        } catch (IOException notYet) {
            return false;
        }
    }

    /** One command in a connection of its own; answers the first line of what Redis says. */
    String ask(String... command) throws IOException {
        return RedisCall.ask(Ports.HOST, port(), password(), command);
    }
}
