package duka.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** What the JDK does not say about processes, for Linux and macOS. */
final class Processes {

    private static final boolean LINUX = Files.exists(Path.of("/proc/self/stat"));

    /** What a shop is run by, and what makes its database. */
    private static final Set<String> PROGRAMS =
            Set.of("java", "postgres", "initdb", "redis-server");

    private static final String LIBC_CLOCK_TICKS = "100";

    private Processes() {}

    /** Starts a program that outlives this one, and that Ctrl-C in this terminal does not reach. */
    static ProcessHandle startDetached(
            List<String> command, Map<String, String> environment, Path folder, Path log) {
        var line = new ArrayList<>(DETACH);
        line.addAll(command);
        var builder =
                new ProcessBuilder(line)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectInput(Path.of("/dev/null").toFile())
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        try {
            return builder.start().toHandle();
        } catch (IOException e) {
            throw new Trouble(
                    "Cannot start %s: %s".formatted(command.getFirst(), e.getMessage()), e);
        }
    }

    private static final List<String> DETACH = detach();

    private static List<String> detach() {
        if (isOnPath("setsid")) {
            return List.of("setsid");
        }
        return isOnPath("perl")
                ? List.of("perl", "-e", "use POSIX; POSIX::setsid(); exec @ARGV or die $!")
                : List.of("nohup");
    }

    static boolean isOnPath(String program) {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /** Runs a program to its end and answers what it printed. */
    static String run(List<String> command, Path folder) {
        return run(new ProcessBuilder(command).directory(folder.toFile()));
    }

    static String run(ProcessBuilder builder) {
        String program = Path.of(builder.command().getFirst()).getFileName().toString();
        try {
            Process process = builder.redirectErrorStream(true).start();
            process.getOutputStream().close();
            String output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new Trouble("%s failed: %s".formatted(program, output.strip()));
            }
            return output;
        } catch (IOException e) {
            throw new Trouble("Cannot run %s: %s".formatted(program, e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Trouble(program + " was interrupted.", e);
        }
    }

    static boolean succeeds(String... command) {
        try {
            run(List.of(command), Path.of("/"));
            return true;
        } catch (Trouble failed) {
            return false;
        }
    }

    /** Sends a signal that the JDK has no method for, such as INT, STOP or CONT. */
    static void signal(ProcessHandle process, String name) {
        succeeds("sh", "-c", "kill -%s %d".formatted(name, process.pid()));
    }

    /** The process first, so that it starts no more of those that follow. */
    static void signalFamily(ProcessHandle process, String name) {
        signal(process, name);
        process.descendants().forEach(descendant -> signal(descendant, name));
    }

    /** One that has ended and that nobody has buried yet counts as dead. */
    static boolean isAlive(ProcessHandle process) {
        return process.isAlive() && !(LINUX && isZombie(process.pid()));
    }

    /** Its first thread may be one already while another still holds its ports. */
    private static boolean isZombie(long pid) {
        List<String> stat = stat(pid);
        return stat.isEmpty() || stat.getFirst().equals("Z") && threads(stat) <= 1;
    }

    private static int threads(List<String> stat) {
        return Integer.parseInt(stat.get(17));
    }

    /** True if it ended in time. */
    static boolean awaitEnd(ProcessHandle process, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        while (isAlive(process)) {
            if (System.nanoTime() > end) {
                return false;
            }
            pause(Duration.ofMillis(20));
        }
        return true;
    }

    static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Trouble("Interrupted.", e);
        }
    }

    /** The process and all that it has started. */
    static List<ProcessHandle> family(ProcessHandle process) {
        return Stream.concat(Stream.of(process), process.descendants()).toList();
    }

    /** Every process of a shop's programs on this machine whose command line has this word. */
    static List<ProcessHandle> withArgument(String word) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.pid() != ProcessHandle.current().pid())
                .filter(process -> isOurs(commandLine(process), word))
                .filter(Processes::isAlive)
                .toList();
    }

    /** Somebody may well copy the data or look at a log. */
    private static boolean isOurs(List<String> line, String word) {
        String program = line.getFirst();
        return line.contains(word)
                && PROGRAMS.contains(program.substring(program.lastIndexOf('/') + 1));
    }

    /** The program first, and never empty. */
    private static List<String> commandLine(ProcessHandle process) {
        if (LINUX) {
            try {
                byte[] line =
                        Files.readAllBytes(
                                Path.of("/proc", Long.toString(process.pid()), "cmdline"));
                return List.of(new String(line, StandardCharsets.UTF_8).split("\0", -1));
            } catch (IOException gone) {
                return List.of("");
            }
        }
        var line = new ArrayList<String>();
        line.add(process.info().command().orElse(""));
        process.info().arguments().map(List::of).ifPresent(line::addAll);
        return line;
    }

    /** CPU time that a process and its children have used, in milliseconds. */
    static long cpuMillis(ProcessHandle process) {
        return family(process).stream().mapToLong(Processes::ownCpuMillis).sum();
    }

    private static long ownCpuMillis(ProcessHandle process) {
        if (!LINUX) {
            return process.info().totalCpuDuration().map(Duration::toMillis).orElse(0L);
        }
        List<String> stat = stat(process.pid());
        if (stat.isEmpty()) {
            return 0;
        }
        // Fields 14 to 17 of proc(5), counted from the state: own user and system time, and that
        // of children which have ended.
        long ticks = 0;
        for (int field = 11; field <= 14; field++) {
            ticks += Long.parseLong(stat.get(field));
        }
        return ticks * 1000 / Long.parseLong(LIBC_CLOCK_TICKS);
    }

    /** The fields of /proc/pid/stat that follow the program's name, which may hold spaces. */
    private static List<String> stat(long pid) {
        try {
            String line = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            return List.of(line.substring(line.lastIndexOf(')') + 2).split(" "));
        } catch (IOException gone) {
            return List.of();
        }
    }

    /**
     * What a process and its children hold of the machine's memory; shared pages are shared out.
     */
    static long memoryBytes(ProcessHandle process) {
        return family(process).stream().mapToLong(Processes::ownMemoryBytes).sum();
    }

    private static long ownMemoryBytes(ProcessHandle process) {
        String pid = Long.toString(process.pid());
        if (LINUX) {
            try {
                for (String line : Files.readAllLines(Path.of("/proc", pid, "smaps_rollup"))) {
                    if (line.startsWith("Pss:")) {
                        return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
                    }
                }
            } catch (IOException notOurs) {
                return residentBytes(pid);
            }
        }
        return residentBytes(pid);
    }

    private static long residentBytes(String pid) {
        try {
            return Long.parseLong(run(List.of("ps", "-o", "rss=", "-p", pid), Path.of("/")).strip())
                    * 1024;
        } catch (Trouble | NumberFormatException gone) {
            return 0;
        }
    }

    /** Who listens on a port, as far as this user may know. */
    static Optional<String> listeningOn(int port) {
        return CompletableFuture.supplyAsync(() -> listener(port), Thread::startVirtualThread)
                .completeOnTimeout(Optional.empty(), 2, TimeUnit.SECONDS)
                .join();
    }

    private static Optional<String> listener(int port) {
        Optional<Long> pid = LINUX ? listenerByProc(port) : listenerByLsof(port);
        return pid.flatMap(ProcessHandle::of)
                .map(
                        process ->
                                "process %d (%s)"
                                        .formatted(
                                                process.pid(),
                                                process.info()
                                                        .command()
                                                        .map(Path::of)
                                                        .map(path -> path.getFileName().toString())
                                                        .orElse("another user's")));
    }

    private static Optional<Long> listenerByLsof(int port) {
        try {
            String pids =
                    run(
                            List.of("lsof", "-nP", "-t", "-iTCP:" + port, "-sTCP:LISTEN"),
                            Path.of("/"));
            return pids.lines().findFirst().map(Long::valueOf);
        } catch (Trouble unknown) {
            return Optional.empty();
        }
    }

    private static Optional<Long> listenerByProc(int port) {
        String address = ":%04X".formatted(port);
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            try (var lines = Files.lines(Path.of(table))) {
                var inode =
                        lines.map(line -> line.strip().split("\\s+"))
                                .filter(
                                        words ->
                                                words[1].endsWith(address) && words[3].equals("0A"))
                                .map(words -> "socket:[" + words[9] + "]")
                                .findFirst();
                if (inode.isPresent()) {
                    return ProcessHandle.allProcesses()
                            .map(ProcessHandle::pid)
                            .filter(pid -> holds(pid, inode.get()))
                            .findFirst();
                }
            } catch (IOException noSuchTable) {
                continue;
            }
        }
        return Optional.empty();
    }

    private static boolean holds(long pid, String socket) {
        try (var files = Files.newDirectoryStream(Path.of("/proc", Long.toString(pid), "fd"))) {
            for (Path file : files) {
                if (Files.readSymbolicLink(file).toString().equals(socket)) {
                    return true;
                }
            }
            return false;
        } catch (IOException notOurs) {
            return false;
        }
    }

    /** Waits for work that was given to other threads, and throws what it threw. */
    static <T> T join(java.util.concurrent.Future<T> work, Duration patience) {
        try {
            return work.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new Trouble(String.valueOf(e.getCause()), e);
        } catch (TimeoutException e) {
            throw new Trouble("Gave up after " + patience.toSeconds() + " s.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Trouble("Interrupted.", e);
        }
    }
}
