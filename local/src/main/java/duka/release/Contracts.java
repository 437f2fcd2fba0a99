package duka.release;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What each release has promised, recorded for as long as somebody may rely on it. */
public record Contracts(Path root) {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /** One release of a program, and where what it promised is recorded. */
    public record Release(String program, Version version, Path folder) {

        /** What it was built from. */
        public String commit() {
            return read(folder.resolve("release.json")).path("commit").asString();
        }

        /** Empty if it has no API of its own. */
        Optional<JsonNode> api() {
            var file = folder.resolve("openapi.json");
            return Files.exists(file) ? Optional.of(read(file)) : Optional.empty();
        }

        @Override
        public String toString() {
            return "%s %s".formatted(program, version);
        }
    }

    /** Every program that is released, by the name of its module. */
    public List<String> programs() {
        return names(root).filter(name -> Files.exists(changelog(name))).toList();
    }

    /** All releases of a program, the oldest first. */
    List<Release> releases(String program) {
        var folder = folder(program);
        return names(folder)
                .filter(name -> Files.isDirectory(folder.resolve(name)))
                .map(name -> new Release(program, Version.of(name), folder.resolve(name)))
                .sorted(Comparator.comparing(Release::version))
                .toList();
    }

    Optional<Release> newest(String program) {
        var releases = releases(program);
        return releases.isEmpty() ? Optional.empty() : Optional.of(releases.getLast());
    }

    /** The last one before what the program is now. */
    public Optional<Release> previous(String program) {
        var now = Version.of(new Pom(root, program).version().replace("-SNAPSHOT", ""));
        return releases(program).reversed().stream()
                .filter(release -> release.version().compareTo(now) < 0)
                .findFirst();
    }

    Path changelog(String program) {
        return root.resolve(program).resolve(Changelog.FILE);
    }

    /** Today's API of a program. */
    ObjectNode api(String program) {
        return ApiDocument.partOf(read(root.resolve("docs/openapi.json")), program);
    }

    /** Records what a program promises as it is now. */
    void record(String program, Version version, String commit, LocalDate on) {
        var folder = folder(program, version);
        var release =
                JSON.createObjectNode()
                        .put("program", program)
                        .put("version", version.toString())
                        .put("released", on.toString())
                        .put("commit", commit);
        try {
            Files.createDirectories(folder);
            write(release, folder.resolve("release.json"));
            var api = api(program);
            if (!api.isEmpty()) {
                write(api, folder.resolve("openapi.json"));
            }
            var events = folder(program).resolve("events.json");
            if (Files.exists(events)) {
                Files.copy(events, folder.resolve("events.json"));
                record(read(events), folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void record(JsonNode events, Path folder) throws IOException {
        var contract = root.resolve("common-events/src");
        var said =
                new TreeSet<>(events.path("says").valueStream().map(JsonNode::asString).toList());
        var known = new TreeSet<>(said);
        events.path("hears").forEach(type -> known.add(type.asString()));
        copy(contract.resolve("main/resources/schemas"), known, folder.resolve("schemas"));
        copy(contract.resolve("test/resources/recorded"), said, folder.resolve("events"));
    }

    /** Files are named after their type, with more behind a dash or a dot. */
    private static void copy(Path from, TreeSet<String> types, Path into) throws IOException {
        Files.createDirectories(into);
        for (String name : names(from).toList()) {
            if (types.contains(name.split("[-.]")[0])) {
                Files.copy(from.resolve(name), into.resolve(name));
            }
        }
    }

    Path folder(String program, Version version) {
        return folder(program).resolve(version.toString());
    }

    private Path folder(String program) {
        return root.resolve("contracts").resolve(program);
    }

    private static Stream<String> names(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Stream.of();
        }
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode read(Path file) {
        try {
            return JSON.readTree(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(JsonNode document, Path file) throws IOException {
        Files.writeString(file, JSON.writeValueAsString(document) + "\n");
    }
}
