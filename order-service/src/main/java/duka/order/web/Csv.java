package duka.order.web;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Fields of RFC 4180, safe to open in a spreadsheet: what would begin a formula there, and vendors
 * name their products as they like, is quoted as text.
 */
final class Csv {

    private static final String FORMULAS = "=+-@\uff1d\uff0b\uff0d\uff20";

    static String fields(@Nullable Object... values) {
        return Arrays.stream(values).map(Csv::field).collect(Collectors.joining(","));
    }

    private static String field(@Nullable Object value) {
        return switch (value) {
            case null -> "";
            case String text -> quoted(harmless(text));
            case Object plain -> plain.toString();
        };
    }

    private static String harmless(String text) {
        var start = text.strip();
        var isFormula = !start.isEmpty() && FORMULAS.indexOf(start.charAt(0)) >= 0;
        return isFormula || text.startsWith("\t") || text.startsWith("\r") ? "'" + text : text;
    }

    private static String quoted(String text) {
        return '"' + text.replace("\"", "\"\"") + '"';
    }

    private Csv() {}
}
