package duka.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** As much of JSON Schema as the published schemas of events use. */
record Schema(JsonNode root) {

    static Schema read(Path file) {
        try {
            return new Schema(Api.JSON.readTree(Files.readString(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What about the value is not as it should be. */
    List<String> complaints(JsonNode value) {
        var complaints = new ArrayList<String>();
        check(root, value, "$", complaints);
        return complaints;
    }

    private void check(JsonNode schema, JsonNode value, String at, List<String> complaints) {
        if (schema.has("$ref")) {
            String pointer = schema.path("$ref").asString().substring(1);
            check(root.at(pointer), value, at, complaints);
        }
        for (String choice : List.of("anyOf", "oneOf")) {
            if (schema.has(choice) && !fitsOne(schema.path(choice), value)) {
                complaints.add("%s fits none of %s".formatted(at, choice));
            }
        }
        if (schema.has("type") && !isOfType(schema.path("type"), value)) {
            complaints.add("%s is no %s".formatted(at, schema.path("type")));
            return;
        }
        if (schema.has("enum") && !contains(schema.path("enum"), value)) {
            complaints.add("%s is none of %s".formatted(at, schema.path("enum")));
        }
        if (schema.has("const") && !schema.path("const").equals(value)) {
            complaints.add("%s is not %s".formatted(at, schema.path("const")));
        }
        if (schema.has("minimum")
                && value.isNumber()
                && value.decimalValue().compareTo(schema.path("minimum").decimalValue()) < 0) {
            complaints.add("%s is less than %s".formatted(at, schema.path("minimum")));
        }
        if (value.isString()) {
            checkText(schema, value.asString(), at, complaints);
        }
        for (JsonNode name : schema.path("required")) {
            if (value.isObject() && !value.has(name.asString())) {
                complaints.add("%s has no %s".formatted(at, name.asString()));
            }
        }
        for (var property : schema.path("properties").properties()) {
            if (value.has(property.getKey())) {
                check(
                        property.getValue(),
                        value.path(property.getKey()),
                        at + "." + property.getKey(),
                        complaints);
            }
        }
        if (schema.has("items")) {
            for (int i = 0; i < value.size(); i++) {
                check(schema.path("items"), value.path(i), "%s[%d]".formatted(at, i), complaints);
            }
        }
    }

    private static void checkText(
            JsonNode schema, String text, String at, List<String> complaints) {
        if (schema.has("pattern")
                && !Pattern.compile(schema.path("pattern").asString()).matcher(text).find()) {
            complaints.add("%s does not match %s".formatted(at, schema.path("pattern")));
        }
        if (schema.path("format").asString("").equals("uuid")) {
            try {
                UUID.fromString(text);
            } catch (IllegalArgumentException e) {
                complaints.add("%s is no UUID".formatted(at));
            }
        }
    }

    private boolean fitsOne(JsonNode choices, JsonNode value) {
        for (JsonNode choice : choices) {
            var complaints = new ArrayList<String>();
            check(choice, value, "$", complaints);
            if (complaints.isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOfType(JsonNode type, JsonNode value) {
        if (type.isArray()) {
            for (JsonNode each : type) {
                if (isOfType(each, value)) {
                    return true;
                }
            }
            return false;
        }
        return switch (type.asString()) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isString();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            case "null" -> value.isNull();
            default -> false;
        };
    }

    private static boolean contains(JsonNode values, JsonNode value) {
        for (JsonNode each : values) {
            if (each.equals(value)) {
                return true;
            }
        }
        return false;
    }
}
