package duka.web;

import jakarta.validation.Validator;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.http.converter.HttpMessageNotWritableException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The body of a PATCH: a JSON Merge Patch (RFC 7396).
 *
 * @param <T> a record that holds what may be changed
 */
public final class MergePatch<T> {

    static final MediaType TYPE = MediaType.valueOf("application/merge-patch+json");

    private final ObjectNode patch;
    private final JsonMapper json;
    private final Validator validator;

    MergePatch(ObjectNode patch, JsonMapper json, Validator validator) {
        this.patch = patch;
        this.json = json;
        this.validator = validator;
    }

    /** What becomes of it; refused with 400 if that breaks the record's constraints. */
    public T applyTo(T current) {
        @SuppressWarnings("unchecked")
        var type = (Class<T>) current.getClass();
        try {
            var patched = json.treeToValue(merge(json.valueToTree(current), patch), type);
            var violations = validator.validate(patched);
            if (!violations.isEmpty()) {
                throw Refused.invalid(Invalid.errors(violations));
            }
            return patched;
        } catch (JacksonException e) {
            throw Unreadable.because(e);
        }
    }

    private static JsonNode merge(JsonNode target, ObjectNode patch) {
        var merged = target instanceof ObjectNode object ? object : patch.objectNode();
        patch.properties()
                .forEach(
                        change -> {
                            var name = change.getKey();
                            switch (change.getValue()) {
                                case ObjectNode nested ->
                                        merged.set(name, merge(merged.path(name), nested));
                                case JsonNode value when value.isNull() -> merged.remove(name);
                                case JsonNode value -> merged.set(name, value);
                            }
                        });
        return merged;
    }

    /** Reads a patch from a body of its own type or of plain JSON. */
    static final class Converter extends AbstractHttpMessageConverter<MergePatch<?>> {

        private final JsonMapper json;
        private final Validator validator;

        Converter(JsonMapper json, Validator validator) {
            super(TYPE, MediaType.APPLICATION_JSON);
            this.json = json;
            this.validator = validator;
        }

        @Override
        protected boolean supports(Class<?> type) {
            return type == MergePatch.class;
        }

        @Override
        public boolean canWrite(Class<?> type, @Nullable MediaType media) {
            return false;
        }

        @Override
        protected MergePatch<?> readInternal(
                Class<? extends MergePatch<?>> type, HttpInputMessage input) throws IOException {
            try {
                if (json.readTree(input.getBody()) instanceof ObjectNode patch) {
                    return new MergePatch<>(patch, json, validator);
                }
            } catch (JacksonException e) {
                throw new HttpMessageNotReadableException("unreadable patch", e, input);
            }
            throw new HttpMessageNotReadableException("a patch is a JSON object", input);
        }

        @Override
        protected void writeInternal(MergePatch<?> patch, HttpOutputMessage output) {
            throw new HttpMessageNotWritableException("patches are only read");
        }
    }
}
