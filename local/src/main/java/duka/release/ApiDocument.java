package duka.release;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The OpenAPI document of the whole shop, and what of it is one service's. */
final class ApiDocument {

    /** At each path: who answers there. */
    static final String SERVICE = "x-service";

    static final String REFERENCE = "$ref";
    private static final String COMPONENTS = "/components/";

    private ApiDocument() {}

    /** A document of its own: the service's paths, and what they refer to. Empty for no paths. */
    static ObjectNode partOf(JsonNode whole, String service) {
        var part = JsonMapper.shared().createObjectNode();
        var paths = JsonMapper.shared().createObjectNode();
        whole.path("paths")
                .propertyStream()
                .filter(path -> path.getValue().path(SERVICE).asString("").equals(service))
                .forEach(path -> paths.set(path.getKey(), path.getValue()));
        if (paths.isEmpty()) {
            return part;
        }
        part.set("openapi", whole.path("openapi"));
        part.putObject("info").put("title", service).set("version", whole.at("/info/version"));
        part.set("servers", whole.path("servers"));
        part.set("security", whole.path("security"));
        part.set("paths", paths);
        part.putObject("components")
                .set("securitySchemes", whole.at(COMPONENTS + "securitySchemes"));
        copyWhatIsMeant(paths, whole, part);
        return part;
    }

    /** What a reference means, or the node itself. */
    static JsonNode resolved(JsonNode node, JsonNode document) {
        return node.has(REFERENCE)
                ? resolved(document.at(node.path(REFERENCE).asString().substring(1)), document)
                : node;
    }

    private static void copyWhatIsMeant(JsonNode from, JsonNode whole, ObjectNode part) {
        var seen = new HashSet<String>();
        var open = new ArrayDeque<>(references(from));
        while (!open.isEmpty()) {
            var reference = open.pop();
            if (seen.add(reference)) {
                var pointer = JsonPointer.compile(reference.substring(1));
                var meant = whole.at(pointer);
                part.withObject(pointer.head()).set(pointer.last().getMatchingProperty(), meant);
                open.addAll(references(meant));
            }
        }
    }

    private static Set<String> references(JsonNode in) {
        var found = new HashSet<String>();
        in.findValues(REFERENCE).forEach(reference -> found.add(reference.asString()));
        return found;
    }
}
