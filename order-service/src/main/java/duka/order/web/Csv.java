package duka.order.web;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Fields of RFC 4180, safe to open in a spreadsheet: what would begin a formula there, and vendors
 * name their products as they like, is quoted as text. So it is within a field, for spreadsheets
 * may split that at semicolons, tabs and line breaks.
 */
final class Csv {

    /** Where a cell begins that may be a formula, whatever spaces and quotes come first. */
    private static final Pattern FORMULA =
            Pattern.compile(
                    "^(?=[\\t\\r])|(?:^|(?<=[;\\t\\v]))"
                            + "(?=[\\p{Z}\\p{C}\"]*+[=+\\-@\uff1d\uff0b\uff0d\uff20])");

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
        return FORMULA.matcher(text).replaceAll("'");
    }

    private static String quoted(String text) {
        return '"' + text.replace("\"", "\"\"") + '"';
    }

    private Csv() {}
}
