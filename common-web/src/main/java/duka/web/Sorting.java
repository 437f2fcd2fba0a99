package duka.web;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The order of a list as its reader wishes it, {@code ordering=-price,name}, in columns that the
 * service has named: nothing of the request gets into SQL.
 */
public record Sorting(List<By> by) {

    /** One column, downwards or not. */
    public record By(String column, boolean descending) {

        private String sql() {
            return descending ? column + " desc" : column;
        }
    }

    public Sorting {
        by = List.copyOf(by);
    }

    /**
     * @param columns what may be asked for, and the column behind it
     * @param dflt as a request would say it
     */
    public static Sorting parse(
            @Nullable String ordering, Map<String, String> columns, String dflt) {
        var wish = ordering == null || ordering.isBlank() ? dflt : ordering;
        var by = new ArrayList<By>();
        var seen = new HashSet<String>();
        for (var part : wish.split(",", -1)) {
            var name = part.strip();
            boolean descending = name.startsWith("-");
            var column = columns.get(descending ? name.substring(1) : name);
            if (column == null) {
                throw Refused.invalid(
                        "ordering",
                        "must be of %s, each with - before it for downwards"
                                .formatted(String.join(", ", new TreeSet<>(columns.keySet()))));
            }
            if (seen.add(column)) {
                by.add(new By(column, descending));
            }
        }
        return new Sorting(by);
    }

    /** What follows {@code order by}. */
    public String sql() {
        return by.stream().map(By::sql).collect(Collectors.joining(", "));
    }
}
