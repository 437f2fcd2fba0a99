package duka.release;

import static java.lang.Double.NEGATIVE_INFINITY;
import static java.lang.Double.POSITIVE_INFINITY;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toUnmodifiableSet;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What breaks between a schema of a released OpenAPI document and the same schema today. That
 * depends on who sends what it describes: what clients send must still be taken, what the shop
 * sends must still be what clients know.
 */
final class SchemaChange {

    enum Sender {
        CLIENT,
        SHOP
    }

    /** A whole parameter, body or answer, or a field in it. */
    private record Place(String owner, String field) {

        Place field(String name) {
            return new Place(owner, field.isEmpty() ? " " + name : field + "." + name);
        }

        Place each() {
            return new Place(owner, field.isEmpty() ? " []" : field + "[]");
        }

        @Override
        public String toString() {
            return owner + field;
        }
    }

    private static final List<String> LEAST = List.of("minLength", "minimum", "minItems");
    private static final List<String> MOST = List.of("maxLength", "maximum", "maxItems");
    private static final List<String> FORM = List.of("format", "pattern");
    private static final List<String> INNER = List.of("items", "additionalProperties");

    private static final List<String> TOLD_TO_PEOPLE =
            List.of("description", "title", "example", "examples", "default", "deprecated");

    /** Of what a change of any other keyword means, nothing is known here: it has to stay. */
    private static final Set<String> UNDERSTOOD =
            Stream.of(
                            List.of("type", "enum", "uniqueItems", "required", "properties"),
                            LEAST,
                            MOST,
                            FORM,
                            INNER,
                            TOLD_TO_PEOPLE)
                    .flatMap(List::stream)
                    .collect(toUnmodifiableSet());

    private final JsonNode releasedDocument;
    private final JsonNode todaysDocument;
    private final List<String> breaches;

    SchemaChange(JsonNode releasedDocument, JsonNode todaysDocument, List<String> breaches) {
        this.releasedDocument = releasedDocument;
        this.todaysDocument = todaysDocument;
        this.breaches = breaches;
    }

    void compare(String at, JsonNode released, JsonNode today, Sender sender) {
        compare(new Place(at, ""), released, today, sender, Set.of());
    }

    /**
     * @param within those that this one is part of, as some contain themselves
     */
    private void compare(
            Place at, JsonNode released, JsonNode today, Sender sender, Set<String> within) {
        var inner = new HashSet<>(within);
        if (released.has(ApiDocument.REFERENCE)
                && !inner.add(released.path(ApiDocument.REFERENCE).asString())) {
            return;
        }
        var before = whole(released, releasedDocument);
        var now = whole(today, todaysDocument);
        switch (sender) {
            case CLIENT -> mustStillBeTaken(at, before, now);
            case SHOP -> mustStillBeKnown(at, before, now);
        }
        for (var property : before.path("properties").properties()) {
            var still = now.path("properties").path(property.getKey());
            if (still.isMissingNode()) {
                breach(at.field(property.getKey()), "gone");
            } else {
                compare(at.field(property.getKey()), property.getValue(), still, sender, inner);
            }
        }
        for (var part : INNER) {
            if (before.path(part).isObject() && now.path(part).isObject()) {
                compare(at.each(), before.path(part), now.path(part), sender, inner);
            } else {
                mustBeTheSame(at, part, before, now);
            }
        }
        var keywords = new TreeSet<>(before.propertyNames());
        keywords.addAll(now.propertyNames());
        keywords.removeAll(UNDERSTOOD);
        keywords.forEach(keyword -> mustBeTheSame(at, keyword, before, now));
    }

    private void mustStillBeTaken(Place at, JsonNode released, JsonNode today) {
        if (!isWithin(released, today, "type")) {
            breach(at, "%s, no longer %s".formatted(said(today, "type"), said(released, "type")));
        }
        if (!isWithin(released, today, "enum")) {
            breach(at, "only %s".formatted(said(today, "enum")));
        }
        FORM.stream().filter(today::has).forEach(form -> mustBeTheSame(at, form, released, today));
        LEAST.stream()
                .filter(today::has)
                .filter(
                        least ->
                                today.path(least).asDouble()
                                        > released.path(least).asDouble(NEGATIVE_INFINITY))
                .forEach(least -> breach(at, "%s %s now".formatted(least, today.path(least))));
        MOST.stream()
                .filter(today::has)
                .filter(
                        most ->
                                today.path(most).asDouble()
                                        < released.path(most).asDouble(POSITIVE_INFINITY))
                .forEach(most -> breach(at, "%s %s now".formatted(most, today.path(most))));
        if (today.path("uniqueItems").asBoolean(false)) {
            mustBeTheSame(at, "uniqueItems", released, today);
        }
        names(today, "required").stream()
                .filter(name -> !names(released, "required").contains(name))
                .forEach(name -> breach(at.field(name), "required now"));
    }

    private void mustStillBeKnown(Place at, JsonNode released, JsonNode today) {
        if (!isWithin(today, released, "type")) {
            breach(at, "%s, not %s".formatted(said(today, "type"), said(released, "type")));
        }
        if (!isWithin(today, released, "enum")) {
            breach(at, "also other than %s".formatted(said(released, "enum")));
        }
        FORM.stream()
                .filter(released::has)
                .forEach(form -> mustBeTheSame(at, form, released, today));
        names(released, "required").stream()
                .filter(name -> !names(today, "required").contains(name))
                .forEach(name -> breach(at.field(name), "no longer always there"));
    }

    /** Whether whatever fits the one keyword fits the other; without it, everything does. */
    private static boolean isWithin(JsonNode narrower, JsonNode wider, String keyword) {
        return !wider.has(keyword)
                || narrower.has(keyword)
                        && names(wider, keyword).containsAll(names(narrower, keyword));
    }

    private void mustBeTheSame(Place at, String keyword, JsonNode released, JsonNode today) {
        if (!released.path(keyword).equals(today.path(keyword))) {
            breach(at, "another " + keyword);
        }
    }

    private void breach(Place at, String what) {
        breaches.add("%s: %s".formatted(at, what));
    }

    /** A keyword's values; most have one, and then as a rule no list. */
    private static Set<String> names(JsonNode schema, String keyword) {
        var value = schema.path(keyword);
        return (value.isArray() ? value.valueStream() : Stream.of(value))
                .filter(each -> !each.isMissingNode())
                .map(JsonNode::asString)
                .collect(toCollection(TreeSet::new));
    }

    private static String said(JsonNode schema, String keyword) {
        return schema.has(keyword)
                ? names(schema, keyword).stream().collect(joining(" or "))
                : "anything";
    }

    /** Without references, and with all that it is made of as if it stood there itself. */
    private static ObjectNode whole(JsonNode schema, JsonNode document) {
        var whole = JsonMapper.shared().createObjectNode();
        var itself = ApiDocument.resolved(schema, document);
        for (var part : itself.path("allOf")) {
            merge(whole(part, document), whole);
        }
        if (itself instanceof ObjectNode object) {
            merge(object.deepCopy().without("allOf"), whole);
        }
        return whole;
    }

    private static void merge(ObjectNode from, ObjectNode into) {
        for (var each : from.properties()) {
            switch (each.getKey()) {
                case "properties" ->
                        into.withObject("/properties").setAll((ObjectNode) each.getValue());
                case "required" -> into.withArray("/required").addAll(each.getValue().values());
                default -> into.set(each.getKey(), each.getValue());
            }
        }
    }
}
