package duka.release;

import static java.util.stream.Collectors.toMap;

import duka.release.SchemaChange.Sender;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * What a client that was written for one OpenAPI document (3.1) stumbles over in a later one: more
 * may be answered and less may be asked for, never the other way round.
 */
final class ApiChange {

    private static final Set<String> METHODS =
            Set.of("get", "put", "post", "delete", "patch", "head", "options", "trace");

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{[^}]+}");
    private static final JsonNode NOTHING = MissingNode.getInstance();

    private final List<String> breaches = new ArrayList<>();
    private final SchemaChange schemas;

    private ApiChange(JsonNode released, JsonNode today) {
        this.schemas = new SchemaChange(released, today, breaches);
    }

    /** A line for each, beginning with its operation; none if every client can go on. */
    static List<String> breaches(JsonNode released, JsonNode today) {
        var change = new ApiChange(released, today);
        var now = operations(today);
        operations(released)
                .forEach(
                        (key, operation) -> {
                            if (now.containsKey(key)) {
                                change.compare(operation, now.get(key));
                            } else {
                                change.breaches.add(operation + ": gone");
                            }
                        });
        return change.breaches;
    }

    /** By method and path; what a placeholder is called means nothing to a client. */
    private static Map<String, Operation> operations(JsonNode document) {
        return document.path("paths")
                .propertyStream()
                .flatMap(
                        path ->
                                path.getValue()
                                        .propertyStream()
                                        .filter(each -> METHODS.contains(each.getKey()))
                                        .map(
                                                each ->
                                                        new Operation(
                                                                each.getKey(),
                                                                path.getKey(),
                                                                each.getValue(),
                                                                document)))
                .collect(
                        toMap(
                                Operation::key,
                                Function.identity(),
                                (first, _) -> first,
                                LinkedHashMap::new));
    }

    private void compare(Operation released, Operation today) {
        if (released.isForGuests() && !today.isForGuests()) {
            breaches.add(released + ": no longer for guests");
        }
        parameters(released, today);
        body(released + " body", released.body(), today.body());
        for (var status : released.statuses()) {
            answer("%s %s".formatted(released, status), released, today, status);
        }
    }

    private void parameters(Operation released, Operation today) {
        var now = today.parameters();
        var before = released.parameters();
        before.forEach(
                (name, parameter) -> {
                    var at = "%s %s".formatted(released, name);
                    if (now.containsKey(name)) {
                        schemas.compare(
                                at,
                                parameter.path("schema"),
                                now.get(name).path("schema"),
                                Sender.CLIENT);
                    } else {
                        breaches.add(at + ": gone");
                    }
                });
        now.forEach(
                (name, parameter) ->
                        need(
                                "%s %s".formatted(released, name),
                                before.getOrDefault(name, NOTHING),
                                parameter));
    }

    private void body(String at, JsonNode released, JsonNode today) {
        need(at, released, today);
        contents(at, released, today, Sender.CLIENT);
    }

    private void need(String at, JsonNode released, JsonNode today) {
        if (today.path("required").asBoolean(false)
                && !released.path("required").asBoolean(false)) {
            breaches.add(at + ": required now");
        }
    }

    /** A refusal that is not told of any more is none that a client could miss. */
    private void answer(String at, Operation released, Operation today, String status) {
        if (today.statuses().contains(status)) {
            var before = released.answer(status);
            var now = today.answer(status);
            contents(at, before, now, Sender.SHOP);
            before.path("headers").propertyNames().stream()
                    .filter(header -> !now.path("headers").has(header))
                    .forEach(header -> breaches.add("%s header %s: gone".formatted(at, header)));
        } else if (status.startsWith("2")) {
            breaches.add(at + ": gone");
        }
    }

    private void contents(String at, JsonNode released, JsonNode today, Sender sender) {
        for (var content : released.path("content").properties()) {
            var still = today.path("content").path(content.getKey());
            if (still.isMissingNode()) {
                breaches.add("%s %s: gone".formatted(at, content.getKey()));
            } else {
                schemas.compare(
                        at, content.getValue().path("schema"), still.path("schema"), sender);
            }
        }
    }

    private record Operation(String method, String path, JsonNode definition, JsonNode document) {

        String key() {
            return method + " " + PLACEHOLDER.matcher(path).replaceAll("{}");
        }

        Map<String, JsonNode> parameters() {
            var placeholders = PLACEHOLDER.matcher(path).results().map(MatchResult::group).toList();
            var byName = new LinkedHashMap<String, JsonNode>();
            for (var each : definition.path("parameters")) {
                var parameter = ApiDocument.resolved(each, document);
                var name = parameter.path("name").asString();
                var in = parameter.path("in").asString();
                byName.put(
                        in.equals("path")
                                ? "placeholder " + (placeholders.indexOf("{" + name + "}") + 1)
                                : in + " " + name,
                        parameter);
            }
            return byName;
        }

        JsonNode body() {
            return ApiDocument.resolved(definition.path("requestBody"), document);
        }

        List<String> statuses() {
            return List.copyOf(definition.path("responses").propertyNames());
        }

        JsonNode answer(String status) {
            return ApiDocument.resolved(definition.path("responses").path(status), document);
        }

        boolean isForGuests() {
            var ways = definition.has("security") ? definition : document;
            return ways.path("security").isEmpty()
                    || ways.path("security").valueStream().anyMatch(JsonNode::isEmpty);
        }

        @Override
        public String toString() {
            return method.toUpperCase(Locale.ROOT) + " " + path;
        }
    }
}
