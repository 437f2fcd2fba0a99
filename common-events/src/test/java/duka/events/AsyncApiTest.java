package duka.events;

import static org.assertj.core.api.Assertions.assertThat;

import duka.messaging.EventCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps the AsyncAPI document true; the same command as for the schemas writes it anew, see {@link
 * SchemaTest}.
 */
class AsyncApiTest {

    private static final Path DOCUMENT = Path.of("src/main/resources/asyncapi.json");

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final EventCodec codec = new EventCodec();

    @Test
    void the_document_says_what_the_types_say() throws IOException {
        var bodies = new LinkedHashMap<Event, JsonNode>();
        for (var recording : SchemaTest.recordings()) {
            var body = Files.readAllBytes(recording);
            bodies.put(codec.read(SchemaTest.typeOf(recording), body), JSON.readTree(body));
        }
        var now = AsyncApi.of(List.copyOf(bodies.keySet()), bodies);

        if ("write".equals(System.getProperty("schemas"))) {
            Files.writeString(DOCUMENT, JSON.writeValueAsString(now) + "\n");
        }
        assertThat(DOCUMENT).as("see this class's comment").exists();
        assertThat(JSON.readTree(DOCUMENT)).as("see this class's comment").isEqualTo(now);
    }

    @Test
    void every_type_is_in_it_once() throws IOException {
        assertThat(
                        JSON.readTree(DOCUMENT)
                                .path("channels")
                                .valueStream()
                                .flatMap(channel -> channel.path("messages").propertyStream())
                                .map(Map.Entry::getKey))
                .containsExactlyInAnyOrderElementsOf(
                        SchemaTest.types().stream().map(Class::getSimpleName).toList());
    }
}
