package duka.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaTest {

    static final Schema SCHEMA =
            new Schema(
                    Api.JSON.readTree(
                            """
                            {"type": "object", "required": ["id", "lines"], "properties": {
                              "id": {"type": "string", "format": "uuid"},
                              "method": {"type": "string", "enum": ["CARD", "CASH"]},
                              "lines": {"type": "array", "items": {"type": "object",
                                "required": ["quantity"], "properties": {"quantity": {"type": "integer"}}}}}}
                            """));

    @Test
    void what_fits_causes_no_complaint() {
        assertThat(
                        SCHEMA.complaints(
                                Api.JSON.readTree(
                                        """
                                        {"id": "01a2002a-f99e-7000-aefb-733f79a57a48", "method": "CARD",
                                         "lines": [{"quantity": 1}], "added_later": true}
                                        """)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    []                                                         | $ is no "object"
                    {"lines": []}                                              | $ has no id
                    {"id": "x", "lines": []}                                   | $.id is no UUID
                    {"id": 1, "lines": []}                                     | $.id is no "string"
                    {"id": "01a2002a-f99e-7000-aefb-733f79a57a48", "lines": [{"quantity": 1.5}]} | $.lines[0].quantity is no "integer"
                    {"id": "01a2002a-f99e-7000-aefb-733f79a57a48", "lines": [], "method": "GOLD"} | $.method is none of ["CARD","CASH"]
                    """)
    void what_does_not_fit_is_named(String value, String complaint) {
        assertThat(SCHEMA.complaints(Api.JSON.readTree(value))).containsExactly(complaint);
    }
}
