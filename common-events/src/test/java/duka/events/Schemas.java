package duka.events;

import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** JSON Schemas (draft 2020-12) of the contract's records, and what may change in them. */
final class Schemas {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final SnakeCaseStrategy NAMES = new SnakeCaseStrategy();

    private Schemas() {}

    static ObjectNode of(Class<? extends Event> type) {
        var schema = JSON.createObjectNode();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("$id", "urn:duka:schema:%s.v1".formatted(type.getSimpleName()));
        schema.put("title", type.getSimpleName());
        schema.setAll(ofRecord(type));
        return schema;
    }

    /** What stands in the way of publishing the new schema under the old one's name. */
    static List<String> breaches(JsonNode published, JsonNode now) {
        var breaches = new ArrayList<String>();
        compare("", published, now, breaches);
        return breaches;
    }

    private static void compare(
            String at, JsonNode published, JsonNode now, List<String> breaches) {
        for (var keyword : List.of("type", "format", "pattern", "enum", "uniqueItems")) {
            if (!published.path(keyword).equals(now.path(keyword))) {
                breaches.add("%s: another %s".formatted(at, keyword));
            }
        }
        if (!names(published.path("required")).equals(names(now.path("required")))) {
            breaches.add(
                    "%s: required are %s, not %s"
                            .formatted(at, now.path("required"), published.path("required")));
        }
        if (published.has("items")) {
            compare(at + "[]", published.path("items"), now.path("items"), breaches);
        }
        for (var property : published.path("properties").properties()) {
            var name = at + "/" + property.getKey();
            var still = now.path("properties").path(property.getKey());
            if (still.isMissingNode()) {
                breaches.add(name + ": gone");
            } else {
                compare(name, property.getValue(), still, breaches);
            }
        }
    }

    private static Set<String> names(JsonNode required) {
        return Set.copyOf(required.valueStream().map(JsonNode::asString).toList());
    }

    private static ObjectNode ofRecord(Class<?> type) {
        var schema = JSON.createObjectNode().put("type", "object");
        var properties = schema.putObject("properties");
        var required = schema.putArray("required");
        for (var component : type.getRecordComponents()) {
            var name = NAMES.nameForField(null, null, component.getName());
            properties.set(name, ofType(component.getAnnotatedType()));
            if (!isNullable(component)) {
                required.add(name);
            }
        }
        return schema;
    }

    private static ObjectNode ofType(AnnotatedType annotated) {
        if (annotated instanceof AnnotatedParameterizedType parameterized) {
            var schema = JSON.createObjectNode().put("type", "array");
            if (((ParameterizedType) parameterized.getType()).getRawType() == Set.class) {
                schema.put("uniqueItems", true);
            }
            schema.set("items", ofType(parameterized.getAnnotatedActualTypeArguments()[0]));
            return schema;
        }
        return ofClass(annotated.getType());
    }

    private static ObjectNode ofClass(Type type) {
        var schema = JSON.createObjectNode();
        return switch (type) {
            case Class<?> c when c == UUID.class ->
                    schema.put("type", "string").put("format", "uuid");
            case Class<?> c when c == String.class -> schema.put("type", "string");
            case Class<?> c when c == Instant.class ->
                    schema.put("type", "string").put("format", "date-time");
            case Class<?> c when c == Currency.class ->
                    schema.put("type", "string").put("pattern", "^[A-Z]{3}$");
            case Class<?> c when c == int.class ->
                    schema.put("type", "integer").put("format", "int32");
            case Class<?> c when c == long.class ->
                    schema.put("type", "integer").put("format", "int64");
            case Class<?> c when c == boolean.class -> schema.put("type", "boolean");
            case Class<?> c when c.isEnum() -> {
                var values = schema.put("type", "string").putArray("enum");
                Arrays.stream(c.getEnumConstants())
                        .forEach(value -> values.add(((Enum<?>) value).name()));
                yield schema;
            }
            case Class<?> c when c.isRecord() -> ofRecord(c);
            default -> throw new IllegalArgumentException("no JSON for " + type);
        };
    }

    private static boolean isNullable(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }
}
