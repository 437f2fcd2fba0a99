package duka.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class WholeDocumentTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final String PROBLEM =
            """
            "Problem": {"type": "object"}
            """;

    private final ObjectNode whole =
            whole(
                    """
                    {"paths": {"/a": {"get": {"operationId": "list", "schema": {"$ref": "#/components/schemas/Item"}}}},
                     "security": [{"bearer": []}],
                     "components": {"schemas": {%s, "Item": {"title": "a"}}}}
                    """
                            .formatted(PROBLEM),
                    """
                    {"paths": {"/b": {"parameters": [], "get": {"operationId": "list", "any": [{"$ref": "#/components/schemas/Item"}]}}},
                     "components": {"schemas": {%s, "Item": {"title": "b"}, "List": {"items": {"$ref": "#/components/schemas/Item"}}}}}
                    """
                            .formatted(PROBLEM));

    @Test
    void it_has_all_paths() {
        assertThat(whole.path("paths").propertyNames()).containsExactly("/a", "/b");
        assertThat(whole.path("openapi").asString()).isEqualTo("3.1.0");
        assertThat(whole.at("/security/0").has("bearer")).isTrue();
    }

    @Test
    void each_path_names_the_service_that_answers_there() {
        assertThat(whole.at("/paths/~1a/x-service").asString()).isEqualTo("cart-service");
        assertThat(whole.at("/paths/~1b/x-service").asString()).isEqualTo("order-service");
    }

    @Test
    void what_is_the_same_is_there_once() {
        assertThat(whole.at("/components/schemas").propertyNames())
                .containsExactlyInAnyOrder("Problem", "Item", "OrderItem", "List");
    }

    @Test
    void what_only_sounds_the_same_is_told_apart_wherever_it_is_meant() {
        assertThat(whole.at("/components/schemas/Item/title").asString()).isEqualTo("a");
        assertThat(whole.at("/components/schemas/OrderItem/title").asString()).isEqualTo("b");
        assertThat(whole.at("/paths/~1a/get/schema/$ref").asString())
                .isEqualTo("#/components/schemas/Item");
        assertThat(whole.at("/paths/~1b/get/any/0/$ref").asString())
                .isEqualTo("#/components/schemas/OrderItem");
        assertThat(whole.at("/components/schemas/List/items/$ref").asString())
                .isEqualTo("#/components/schemas/OrderItem");
    }

    @Test
    void no_two_operations_have_one_name() {
        assertThat(whole.at("/paths/~1a/get/operationId").asString()).isEqualTo("list");
        assertThat(whole.at("/paths/~1b/get/operationId").asString()).isEqualTo("listOfOrder");
    }

    private static ObjectNode whole(String cart, String order) {
        var documents = new LinkedHashMap<String, ObjectNode>();
        documents.put("cart-service", JSON.readValue(cart, ObjectNode.class));
        documents.put("order-service", JSON.readValue(order, ObjectNode.class));
        return WholeDocument.of(documents);
    }
}
