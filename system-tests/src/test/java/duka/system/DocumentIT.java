package duka.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What tools that read the API documents stumble over. The whole API's is kept in docs, where
 * clients are generated from it; {@code -Ddocument=write} writes it anew (CONTRIBUTING.md).
 */
class DocumentIT {

    private static final Path KEPT = Path.of("../docs/openapi.json");

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private static final List<String> PARTS =
            List.of("/paths", "/components/schemas", "/components/responses");

    static Stream<Endpoint> endpoints() {
        return Endpoint.all(TheShop.running().guest()).stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("endpoints")
    void every_operation_has_a_name_a_summary_an_answer_and_each_argument_once(Endpoint endpoint) {
        var operation = endpoint.operation();

        assertThat(operation.path("operationId").asString("")).isNotBlank();
        assertThat(operation.path("summary").asString("")).isNotBlank();
        assertThat(operation.path("responses").propertyNames())
                .anyMatch(status -> status.startsWith("2"));
        assertThat(
                        operation
                                .path("parameters")
                                .valueStream()
                                .map(
                                        parameter ->
                                                parameter.path("in").asString("")
                                                        + " "
                                                        + parameter.path("name").asString("")))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("endpoints")
    void every_answer_and_every_body_has_a_schema(Endpoint endpoint) {
        var operation = endpoint.operation();

        assertThat(operation.path("requestBody").path("content").valueStream())
                .allMatch(DocumentIT::hasSchema);
        operation
                .path("responses")
                .propertyStream()
                .filter(response -> !response.getKey().equals("204"))
                .map(Map.Entry::getValue)
                .filter(response -> !response.has("$ref"))
                .forEach(
                        response -> {
                            assertThat(response.path("description").asString("")).isNotBlank();
                            assertThat(response.path("content").valueStream())
                                    .isNotEmpty()
                                    .allMatch(DocumentIT::hasSchema);
                        });
    }

    @Test
    void every_field_shows_what_it_looks_like() {
        assertThat(
                        shown().at("/components/schemas")
                                .propertyStream()
                                .flatMap(
                                        schema ->
                                                schema.getValue()
                                                        .path("properties")
                                                        .propertyStream()
                                                        .filter(field -> isOpen(field.getValue()))
                                                        .map(
                                                                field ->
                                                                        schema.getKey()
                                                                                + "."
                                                                                + field.getKey())))
                .isEmpty();
    }

    @Test
    void every_shared_refusal_is_shown_by_an_example() {
        assertThat(shown().at("/components/responses").valueStream())
                .isNotEmpty()
                .allMatch(
                        response ->
                                response.at("/content/application~1problem+json/example/type")
                                        .asString("")
                                        .startsWith("/problems/"));
    }

    @Test
    void the_document_that_is_kept_is_the_one_that_the_shop_shows() throws IOException {
        var shown = shown();

        if ("write".equals(System.getProperty("document"))) {
            Files.writeString(KEPT, JSON.writeValueAsString(inOrder(shown)) + "\n");
        }
        var kept = JSON.readTree(Files.readString(KEPT));
        for (var part : PARTS) {
            assertThat(differences(kept.at(part), shown.at(part))).as(part).isEmpty();
        }
        assertThat(kept.equals(shown)).isTrue();
    }

    private static JsonNode shown() {
        return TheShop.running().guest().get("/api/schema").expect(200).body();
    }

    private static boolean hasSchema(JsonNode content) {
        return content.path("schema").isObject() && !content.path("schema").isEmpty();
    }

    /** A text or number of which nothing says what it is like. */
    private static boolean isOpen(JsonNode field) {
        if (field.has("example") || field.has("enum")) {
            return false;
        }
        var type = field.path("type");
        return switch (type.isArray() ? type.path(0).asString() : type.asString("")) {
            case "string" -> !field.has("format");
            case "integer", "number" -> true;
            case "array" -> isOpen(field.path("items"));
            default -> false;
        };
    }

    private static List<String> differences(JsonNode kept, JsonNode shown) {
        return Stream.concat(kept.propertyNames().stream(), shown.propertyNames().stream())
                .distinct()
                .filter(name -> !kept.path(name).equals(shown.path(name)))
                .sorted(Comparator.naturalOrder())
                .toList();
    }

    /** The services list what they have as it comes. */
    private static JsonNode inOrder(JsonNode document) {
        var ordered = (ObjectNode) document.deepCopy();
        for (var part : PARTS) {
            var entries = (ObjectNode) ordered.at(part);
            var byName = new TreeMap<String, JsonNode>();
            entries.properties().forEach(entry -> byName.put(entry.getKey(), entry.getValue()));
            entries.removeAll();
            entries.setAll(byName);
        }
        return ordered;
    }
}
