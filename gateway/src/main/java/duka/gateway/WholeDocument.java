package duka.gateway;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.util.StringUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The services' OpenAPI documents as one. What two of them name alike is there once if it is the
 * same, and else bears the name of its service too.
 */
final class WholeDocument {

    private static final String REFERENCE = "$ref";
    private static final String OPERATION_ID = "operationId";

    /** At each path: who answers there. */
    private static final String SERVICE = "x-service";

    private final ObjectNode whole = JsonNodeFactory.instance.objectNode();
    private final ObjectNode paths = JsonNodeFactory.instance.objectNode();
    private final ObjectNode components = JsonNodeFactory.instance.objectNode();
    private final Set<String> operations = new HashSet<>();

    private WholeDocument() {}

    /**
     * @param documents of the services by their names
     */
    static ObjectNode of(Map<String, ObjectNode> documents) {
        var document = new WholeDocument();
        document.whole.put("openapi", "3.1.0");
        document.whole.putObject("info").put("title", "Duka").put("version", "v1");
        document.whole.putArray("servers").addObject().put("url", "/");
        documents.forEach(document::add);
        document.whole.set("paths", document.paths);
        document.whole.set("components", document.components);
        return document.whole;
    }

    private void add(String service, ObjectNode document) {
        var name = StringUtils.capitalize(service.replaceFirst("-.*", ""));
        for (var kind : document.path("components").properties()) {
            for (var component : List.copyOf(kind.getValue().propertyNames())) {
                var known = components.path(kind.getKey()).path(component);
                if (!known.isMissingNode() && !known.equals(kind.getValue().path(component))) {
                    rename(document, kind.getKey(), component, free(kind, name + component));
                }
            }
        }
        for (var kind : document.path("components").properties()) {
            components.withObject("/" + kind.getKey()).setAll((ObjectNode) kind.getValue());
        }
        for (var path : document.path("paths").properties()) {
            path.getValue().forEach(operation -> nameOnce(operation, name));
            paths.set(path.getKey(), ((ObjectNode) path.getValue()).put(SERVICE, service));
        }
        if (document.has("security")) {
            whole.set("security", document.get("security"));
        }
    }

    private String free(Map.Entry<String, JsonNode> kind, String wanted) {
        var name = wanted;
        while (kind.getValue().has(name) || components.path(kind.getKey()).has(name)) {
            name += "_";
        }
        return name;
    }

    private void nameOnce(JsonNode operation, String service) {
        if (operation instanceof ObjectNode named && named.has(OPERATION_ID)) {
            var id = named.path(OPERATION_ID).asString();
            if (!operations.add(id)) {
                named.put(OPERATION_ID, id + "Of" + service);
                operations.add(id + "Of" + service);
            }
        }
    }

    private static void rename(ObjectNode document, String kind, String from, String to) {
        var all = (ObjectNode) document.path("components").path(kind);
        all.set(to, all.remove(from));
        var prefix = "#/components/%s/".formatted(kind);
        redirect(document, prefix + from, prefix + to);
    }

    private static void redirect(JsonNode node, String from, String to) {
        if (node instanceof ObjectNode object) {
            if (object.path(REFERENCE).asString("").equals(from)) {
                object.put(REFERENCE, to);
            }
            object.forEach(child -> redirect(child, from, to));
        } else if (node instanceof ArrayNode array) {
            array.forEach(child -> redirect(child, from, to));
        }
    }
}
