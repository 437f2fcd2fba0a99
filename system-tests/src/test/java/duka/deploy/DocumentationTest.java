package duka.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whether the pages for operators and analysts have all that there is, as it is. */
class DocumentationTest {

    private static final List<String> PROGRAMS =
            List.of(
                    "gateway",
                    "discovery",
                    "identity-service",
                    "catalog-service",
                    "cart-service",
                    "order-service",
                    "payment-service",
                    "payment-simulator");

    /** A setting that is read where it is used, as the times of jobs are. */
    private static final Pattern PLACEHOLDER =
            Pattern.compile("\\$\\{(duka\\.[a-z0-9.-]+)(?::([^}]*))?}");

    /** A table of settings; what its names begin with may stand in its head. */
    private static final Pattern HEAD = Pattern.compile("\\| setting (?:`([a-z.]+)\\.` )?\\|.*");

    private static final Pattern ROW = Pattern.compile("\\| (`.*?) \\|.*\\| (.*?) \\|");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    /** Where a setting is none, or a word instead of a value says what it is. */
    private static final String NO_VALUE = "";

    @Test
    void every_setting_has_its_row_with_its_default() throws IOException {
        assertThat(documented()).containsExactlyInAnyOrderEntriesOf(known());
    }

    private static Map<String, String> known() throws IOException {
        var known = new TreeMap<String, String>();
        for (String program : PROGRAMS) {
            known.putAll(Deployable.named(program).ownSettings());
            try (var sources = Files.walk(sources(program))) {
                sources.filter(file -> file.toString().endsWith(".java"))
                        .flatMap(DocumentationTest::lines)
                        .flatMap(line -> PLACEHOLDER.matcher(line).results())
                        .filter(it -> it.group(2) != null)
                        .forEach(it -> known.putIfAbsent(it.group(1), it.group(2)));
            }
        }
        return known;
    }

    private static Path sources(String program) {
        return Deployable.ROOT.resolve(program).resolve("src/main/java");
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> documented() throws IOException {
        var documented = new TreeMap<String, String>();
        String prefix = null;
        for (String line : Files.readAllLines(Deployable.ROOT.resolve("docs/running.md"))) {
            var head = HEAD.matcher(line);
            var row = ROW.matcher(line);
            if (head.matches()) {
                prefix = head.group(1) == null ? "" : head.group(1) + ".";
            } else if (!line.startsWith("|")) {
                prefix = null;
            } else if (prefix != null && row.matches()) {
                read(prefix, row.group(1), row.group(2), documented);
            }
        }
        return documented;
    }

    private static void read(
            String prefix, String names, String defaults, Map<String, String> into) {
        var each = CODE.matcher(names).results().map(it -> it.group(1)).toList();
        var usual = defaults.split(", | in ");
        String parent = each.getFirst().replaceFirst("\\.[^.]*$", "");
        for (int i = 0; i < each.size(); i++) {
            String name =
                    prefix
                            + (each.get(i).startsWith(".") ? parent : "")
                            + each.get(i).replace(".<scope>", "");
            if (name.startsWith("duka.")) {
                var value = CODE.matcher(i < usual.length ? usual[i] : NO_VALUE);
                into.put(name, value.matches() ? value.group(1) : NO_VALUE);
            }
        }
    }

    @Test
    void every_event_is_told_of() throws IOException {
        String page = Files.readString(Deployable.ROOT.resolve("docs/events.md"));
        try (var schemas =
                Files.list(Deployable.ROOT.resolve("common-events/src/main/resources/schemas"))) {
            assertThat(schemas.map(it -> it.getFileName().toString().replaceAll("\\..*", "")))
                    .isNotEmpty()
                    .allSatisfy(
                            event ->
                                    assertThat(page)
                                            .containsPattern("\\| .*`%s`.* \\|".formatted(event)));
        }
    }
}
