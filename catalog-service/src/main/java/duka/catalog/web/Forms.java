package duka.catalog.web;

import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Validator;
import java.util.Map;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads the fields of a form as the JSON that they stand for; an empty field is null. */
@Component
class Forms {

    private final JsonMapper json;
    private final Validator validator;

    Forms(JsonMapper json, Validator validator) {
        this.json = json;
        this.validator = validator;
    }

    <T> T read(Map<String, String> fields, Class<T> type) {
        return read(json.createObjectNode(), fields, type);
    }

    /** What becomes of it when only the fields of the form change. */
    <T> T patch(Map<String, String> fields, T current) {
        @SuppressWarnings("unchecked")
        var type = (Class<T>) current.getClass();
        return read(json.valueToTree(current), fields, type);
    }

    private <T> T read(ObjectNode object, Map<String, String> fields, Class<T> type) {
        fields.forEach(
                (name, value) -> {
                    if (value.isBlank()) {
                        object.putNull(name);
                    } else {
                        object.put(name, value);
                    }
                });
        try {
            var read = json.treeToValue(object, type);
            var violations = validator.validate(read);
            if (!violations.isEmpty()) {
                throw new ConstraintViolationException(violations);
            }
            return read;
        } catch (JacksonException e) {
            throw Problems.invalid(field(e), "is not what it must be");
        }
    }

    private static String field(JacksonException fault) {
        return fault instanceof DatabindException e && !e.getPath().isEmpty()
                ? e.getPath().getFirst().getPropertyName()
                : "request";
    }
}
