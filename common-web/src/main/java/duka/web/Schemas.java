package duka.web;

import io.swagger.v3.oas.models.media.Schema;
import java.util.Map;
import java.util.Set;

/** OpenAPI 3.1 keeps a schema's type in another place than the model's older half reads it from. */
final class Schemas {

    private Schemas() {}

    static Schema<Object> of(String type) {
        var schema = new Schema<>();
        schema.addType(type);
        schema.setType(type);
        return schema;
    }

    static boolean is(Schema<?> schema, String type) {
        Set<String> types = schema.getTypes();
        return type.equals(schema.getType()) || types != null && types.contains(type);
    }

    @SuppressWarnings("rawtypes")
    static Map<String, Schema> properties(Schema<?> schema) {
        Map<String, Schema> properties = schema.getProperties();
        return properties == null ? Map.of() : properties;
    }
}
