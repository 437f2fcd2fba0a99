package duka.events;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import duka.messaging.EventCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Holds the contract to what has been published of it.
 *
 * <p>After adding a type or an optional field, write its schema anew and commit it: {@code mvn -pl
 * common-events -am test -Dtest=SchemaTest,AsyncApiTest -Dsurefire.failIfNoSpecifiedTests=false
 * -Dschemas=write}
 */
class SchemaTest {

    private static final Path SCHEMAS = Path.of("src/main/resources/schemas");
    private static final Path RECORDED = Path.of("src/test/resources/recorded");
    private static final Path RELEASES = Path.of("../contracts");

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private static final SchemaRegistry DIALECT =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private final EventCodec codec = new EventCodec();

    static List<Class<? extends Event>> types() {
        return EventCodec.types().stream()
                .sorted(Comparator.comparing(Class::getSimpleName))
                .toList();
    }

    /** What is said today. */
    static List<Path> recordings() throws IOException {
        return files(RECORDED, "*.json");
    }

    /** What a release has said, or may still say while others are newer. */
    static List<Path> recordingsOfReleases() throws IOException {
        return files(RELEASES, "*/*/events/*.json");
    }

    /** What a release understands. */
    static List<Path> schemasOfReleases() throws IOException {
        return files(RELEASES, "*/*/schemas/*.json");
    }

    private static List<Path> files(Path folder, String glob) throws IOException {
        var pattern = folder.getFileSystem().getPathMatcher("glob:" + glob);
        try (var files = Files.walk(folder)) {
            return files.filter(file -> pattern.matches(folder.relativize(file))).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void what_is_published_stays_true(Class<? extends Event> type) throws IOException {
        var now = Schemas.of(type);
        var file = SCHEMAS.resolve(type.getSimpleName() + ".v1.json");
        if (Files.exists(file)) {
            assertThat(Schemas.breaches(JSON.readTree(file), now))
                    .as("a new meaning is a new type")
                    .isEmpty();
        }
        if ("write".equals(System.getProperty("schemas"))) {
            Files.writeString(file, JSON.writeValueAsString(now) + "\n");
        }
        assertThat(file).as("see this class's comment").exists();
        assertThat(JSON.readTree(file)).as("see this class's comment").isEqualTo(now);
    }

    @ParameterizedTest
    @MethodSource({"recordings", "recordingsOfReleases"})
    void what_was_once_said_is_still_understood(Path recording) throws IOException {
        var body = Files.readAllBytes(recording);
        var event = codec.read(typeOf(recording), body);

        assertThat(JSON.readTree(codec.write(event)))
                .as("nothing of it is lost")
                .isEqualTo(JSON.readTree(body));
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void what_is_said_fits_its_schema(Path recording) throws IOException {
        var schema =
                DIALECT.getSchema(
                        Files.readString(SCHEMAS.resolve(typeOf(recording) + ".v1.json")));

        assertThat(schema.validate(Files.readString(recording), InputFormat.JSON)).isEmpty();
    }

    /** Both ways: whoever hears this type keeps hearing it, and whoever says it keeps saying it. */
    @ParameterizedTest
    @MethodSource("schemasOfReleases")
    void what_is_said_fits_the_schema_of_every_release(Path released) throws IOException {
        var schema = JSON.readTree(Files.readString(released));
        var type =
                types().stream()
                        .filter(each -> each.getSimpleName().equals(typeOf(released)))
                        .findFirst();

        assertThat(type).as("the type is still there").isPresent();
        assertThat(Schemas.breaches(schema, Schemas.of(type.get()))).isEmpty();
        assertThat(recordings().stream().filter(said -> typeOf(said).equals(typeOf(released))))
                .isNotEmpty()
                .allSatisfy(
                        said ->
                                assertThat(
                                                DIALECT.getSchema(schema)
                                                        .validate(
                                                                Files.readString(said),
                                                                InputFormat.JSON))
                                        .isEmpty());
    }

    @Test
    void every_release_has_recorded_what_it_says_and_hears() throws IOException {
        for (var release : files(RELEASES, "*/*/events.json")) {
            var contract = JSON.readTree(Files.readString(release));
            var folder = release.getParent();

            assertThat(typesIn(folder.resolve("events")))
                    .as("events of %s", folder)
                    .isEqualTo(names(contract.path("says")));
            assertThat(typesIn(folder.resolve("schemas")))
                    .as("schemas of %s", folder)
                    .containsAll(names(contract.path("says")))
                    .containsAll(names(contract.path("hears")));
        }
    }

    @Test
    void of_every_type_something_is_recorded() throws IOException {
        assertThat(recordings().stream().map(SchemaTest::typeOf))
                .containsAll(types().stream().map(Class::getSimpleName).toList());
    }

    @Test
    void breaches_are_noticed() {
        var published = Schemas.of(OrderEvent.OrderPlaced.class);

        var gone = published.deepCopy();
        properties(gone).remove("customer_id");
        assertThat(Schemas.breaches(published, gone)).containsExactly("/customer_id: gone");

        var retyped = published.deepCopy();
        ((ObjectNode) retyped.at("/properties/lines/items/properties/quantity"))
                .put("type", "string");
        assertThat(Schemas.breaches(published, retyped))
                .containsExactly("/lines[]/quantity: another type");

        var newlyRequired = published.deepCopy();
        properties(newlyRequired).putObject("note");
        newlyRequired.withArray("required").add("note");
        assertThat(Schemas.breaches(published, newlyRequired)).hasSize(1);

        var added = published.deepCopy();
        properties(added).putObject("note");
        assertThat(Schemas.breaches(published, added)).isEmpty();
    }

    private static ObjectNode properties(JsonNode schema) {
        return (ObjectNode) schema.get("properties");
    }

    private static Set<String> typesIn(Path folder) throws IOException {
        return files(folder, "*.json").stream().map(SchemaTest::typeOf).collect(toSet());
    }

    private static Set<String> names(JsonNode list) {
        return list.valueStream().map(JsonNode::asString).collect(toSet());
    }

    /** {@code OrderPlaced.json} or, for another release's, {@code OrderPlaced-<anything>.json}. */
    static String typeOf(Path recording) {
        return recording.getFileName().toString().split("[-.]")[0];
    }
}
