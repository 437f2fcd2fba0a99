package duka.order.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=1+1",
                "+1",
                "-1",
                "@SUM(A1)",
                " =1",
                "\t=1",
                "\tx",
                "\rx",
                "\n=1",
                "\uff1d1",
                "=\"x\""
            })
    void what_would_begin_a_formula_is_text(String name) {
        assertThat(Csv.fields(name)).startsWith("\"'").endsWith("\"");
    }

    @Test
    void what_would_begin_a_formula_within_a_field_is_text_too() {
        var harmless =
                Map.of(
                        "a;=1", "a;'=1",
                        "a; \"=1", "a;' \"\"=1",
                        "a;\t=1", "a;'\t'=1",
                        "a\t@SUM(A1)", "a\t'@SUM(A1)",
                        "a\n+1", "a\n'+1",
                        "a\r\n-1", "a\r'\n'-1",
                        "a;b=1", "a;b=1");

        harmless.forEach((name, text) -> assertThat(Csv.fields(name)).isEqualTo('"' + text + '"'));
    }

    @Test
    void texts_are_quoted_and_all_else_is_as_it_is() {
        assertThat(Csv.fields("a \"b\", c\nd", 12, null, "Kiatu=1"))
                .isEqualTo("\"a \"\"b\"\", c\nd\",12,,\"Kiatu=1\"");
    }
}
