package duka.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The alerts and the dashboards. */
public final class Observability {

    static final Path FOLDER = Deployable.ROOT.resolve("observability");

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /**
     * @param where which alert or which panel asks it
     */
    public record Question(String where, String expression) {

        @Override
        public String toString() {
            return where;
        }
    }

    record Dashboard(String file, JsonNode json) {

        List<JsonNode> panels() {
            return json.path("panels").valueStream().toList();
        }

        Stream<Question> questions() {
            return panels().stream()
                    .flatMap(
                            panel ->
                                    panel.path("targets")
                                            .valueStream()
                                            .map(
                                                    target ->
                                                            new Question(
                                                                    "%s: %s"
                                                                            .formatted(
                                                                                    file,
                                                                                    panel.path(
                                                                                                    "title")
                                                                                            .asString()),
                                                                    target.path("expr")
                                                                            .asString())));
        }

        @Override
        public String toString() {
            return file;
        }
    }

    private Observability() {}

    /** All that Prometheus is asked. */
    public static List<Question> questions() {
        return Stream.concat(
                        alerts().stream()
                                .map(
                                        alert ->
                                                new Question(
                                                        (String) alert.get("alert"),
                                                        (String) alert.get("expr"))),
                        dashboards().stream().flatMap(Dashboard::questions))
                .toList();
    }

    static List<Map<String, Object>> alerts() {
        return Yaml.list(Yaml.one(FOLDER.resolve("alerts.yml")), "groups").stream()
                .flatMap(group -> Yaml.list(Yaml.map(group), "rules").stream())
                .map(Yaml::map)
                .toList();
    }

    static List<Dashboard> dashboards() {
        try (var files = Files.newDirectoryStream(FOLDER.resolve("grafana/dashboards"), "*.json")) {
            return StreamSupport.stream(files.spliterator(), false)
                    .sorted()
                    .map(
                            file ->
                                    new Dashboard(
                                            file.getFileName().toString(),
                                            JSON.readTree(file.toFile())))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
