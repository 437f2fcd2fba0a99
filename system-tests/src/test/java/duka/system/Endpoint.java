package duka.system;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One operation of the API, as its service documents it. */
record Endpoint(String method, String path, JsonNode operation, JsonNode document) {

    static final List<String> SERVICES = List.of("identity", "catalog", "cart", "order", "payment");

    private static final List<String> METHODS = List.of("get", "post", "put", "patch", "delete");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^}]+)}");

    /** Whatever the services say they serve; a new endpoint cannot be forgotten. */
    static List<Endpoint> all(Http guest) {
        var all = new ArrayList<Endpoint>();
        for (var service : SERVICES) {
            var document = guest.get("/api/docs/%s-service".formatted(service)).expect(200).body();
            for (var path : document.path("paths").properties()) {
                for (var method : METHODS) {
                    var operation = path.getValue().path(method);
                    if (operation.isObject()) {
                        all.add(
                                new Endpoint(
                                        method.toUpperCase(), path.getKey(), operation, document));
                    }
                }
            }
        }
        return all;
    }

    boolean isPublic() {
        return path.startsWith("/api/") || path.startsWith("/.well-known/");
    }

    boolean reads() {
        return method.equals("GET");
    }

    /** Its path, with each placeholder replaced. */
    String at(UnaryOperator<String> value) {
        return PLACEHOLDER.matcher(path).replaceAll(match -> value.apply(match.group(1)));
    }

    List<String> placeholders() {
        return PLACEHOLDER.matcher(path).results().map(match -> match.group(1)).toList();
    }

    List<String> parameters(String in) {
        return operation
                .path("parameters")
                .valueStream()
                .filter(parameter -> parameter.path("in").asString().equals(in))
                .map(parameter -> parameter.path("name").asString())
                .toList();
    }

    /** Whether it takes JSON, and which. */
    Optional<JsonNode> body() {
        return operation.path("requestBody").path("content").properties().stream()
                .filter(type -> type.getKey().contains("json"))
                .map(type -> resolved(type.getValue().path("schema")))
                .findFirst();
    }

    boolean takesBody() {
        return operation.has("requestBody");
    }

    List<String> fields() {
        return body().stream()
                .flatMap(schema -> schema.path("properties").propertyStream())
                .map(Map.Entry::getKey)
                .toList();
    }

    /**
     * A body that could be meant.
     *
     * @param known what fields of some names are to be, whatever their schema
     */
    Map<String, Object> plausible(Map<String, ?> known) {
        var body = new LinkedHashMap<String, Object>();
        body().ifPresent(
                        schema ->
                                schema.path("properties")
                                        .propertyStream()
                                        .forEach(
                                                field -> {
                                                    var value =
                                                            known.containsKey(field.getKey())
                                                                    ? known.get(field.getKey())
                                                                    : value(
                                                                            field.getValue(),
                                                                            known);
                                                    if (value != null) {
                                                        body.put(field.getKey(), value);
                                                    }
                                                }));
        return body;
    }

    private @Nullable Object value(JsonNode schema, Map<String, ?> known) {
        var as = resolved(schema);
        if (as.has("example")) {
            return as.path("example");
        }
        if (as.path("enum").isArray()) {
            return as.path("enum").path(0).asString();
        }
        var type = as.path("type");
        return switch (type.isArray() ? type.path(0).asString() : type.asString("")) {
            case "integer", "number" -> as.path("minimum").asInt(1);
            case "boolean" -> true;
            case "array" -> {
                var item = value(as.path("items"), known);
                yield item == null ? List.of() : List.of(item);
            }
            case "object" -> {
                var object = new LinkedHashMap<String, Object>();
                as.path("properties")
                        .propertyStream()
                        .forEach(
                                field -> {
                                    var value =
                                            known.containsKey(field.getKey())
                                                    ? known.get(field.getKey())
                                                    : value(field.getValue(), known);
                                    if (value != null) {
                                        object.put(field.getKey(), value);
                                    }
                                });
                yield object;
            }
            case "string" -> text(as);
            default -> null;
        };
    }

    private static String text(JsonNode schema) {
        return switch (schema.path("format").asString("")) {
            case "date" -> "2026-11-01";
            case "date-time" -> "2026-11-01T10:00:00Z";
            case "uuid" -> "01a1f9e0-0000-7000-8000-000000000000";
            default -> "text";
        };
    }

    private JsonNode resolved(JsonNode schema) {
        return schema.has("$ref")
                ? resolved(document.at(schema.path("$ref").asString().substring(1)))
                : schema;
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
