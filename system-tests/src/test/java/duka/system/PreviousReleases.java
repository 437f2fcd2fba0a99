package duka.system;

import static java.util.stream.Collectors.groupingBy;

import duka.local.Part;
import duka.local.Place;
import duka.release.Contracts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The programs as they were released before, built anew from what git remembers of them. */
final class PreviousReleases {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    /** A commit that is to be taken for the previous release of each. */
    private static final @Nullable String COMMIT = System.getProperty("duka.test.previous");

    private PreviousReleases() {}

    static Map<Part, Path> jars() {
        var contracts = new Contracts(ROOT);
        var programs = contracts.programs();
        var byCommit =
                Arrays.stream(Part.values())
                        .filter(part -> programs.contains(part.title()))
                        .collect(groupingBy(part -> commit(contracts, part)));
        var jars = new EnumMap<Part, Path>(Part.class);
        byCommit.forEach((commit, parts) -> jars.putAll(build(commit, parts)));
        return jars;
    }

    private static String commit(Contracts contracts, Part part) {
        return COMMIT != null
                ? COMMIT
                : contracts
                        .previous(part.title())
                        .orElseThrow(
                                () -> new AssertionError(part.title() + " was not released yet"))
                        .commit();
    }

    private static Map<Part, Path> build(String commit, List<Part> parts) {
        var source = ROOT.resolve("system-tests/target/previous").resolve(commit);
        try {
            if (!Files.exists(source)) {
                var draft = Files.createDirectories(source.resolveSibling(commit + ".draft"));
                var archive = draft.resolveSibling(commit + ".tar");
                run(ROOT, "git", "archive", "--output", archive.toString(), commit);
                run(draft, "tar", "-xf", archive.toString());
                Files.delete(archive);
                Files.move(draft, source);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        run(
                source,
                "mvn",
                "-B",
                "-q",
                "-ntp",
                "-DskipTests",
                "-pl",
                parts.stream().map(Part::title).collect(Collectors.joining(",")),
                "-am",
                "package");
        var built = new Place(source, source);
        return parts.stream().collect(Collectors.toMap(part -> part, built::jar));
    }

    private static void run(Path folder, String... command) {
        var builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        try {
            var process = builder.start();
            process.getOutputStream().close();
            var output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError(
                        "%s failed; is the whole history here (git fetch --unshallow)?%n%s"
                                .formatted(String.join(" ", command), output));
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
