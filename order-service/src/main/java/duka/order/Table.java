package duka.order;

import static java.util.stream.Collectors.joining;

import duka.sql.Rows;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Writes things into a table's rows, however many at once, with one statement; reads them back. */
final class Table<T> {

    /**
     * One column of a table, and what is written into it.
     *
     * @param type as PostgreSQL calls it
     */
    record Column<T>(
            String name, String type, Role role, Function<? super T, @Nullable Object> value) {}

    private enum Role {
        KEY,
        FIXED,
        CHANGING
    }

    private final List<Column<T>> all;
    private final List<Column<T>> some;
    private final String select;
    private final String insert;
    private final String update;

    @SafeVarargs
    Table(String name, Column<T>... columns) {
        this.all = List.of(columns);
        this.some = all.stream().filter(column -> column.role != Role.FIXED).toList();
        this.select = "select %s from %s ".formatted(names(all), name);
        this.insert =
                "insert into %s (%s) select * from %s".formatted(name, names(all), unnested(all));
        this.update =
                "update %s t set %s from %s as n (%s) where %s"
                        .formatted(
                                name,
                                each(Role.CHANGING, "%1$s = n.%1$s", ", "),
                                unnested(some),
                                names(some),
                                each(Role.KEY, "t.%1$s = n.%1$s", " and "));
    }

    static <T> Column<T> key(
            String name, String type, Function<? super T, @Nullable Object> value) {
        return new Column<>(name, type, Role.KEY, value);
    }

    static <T> Column<T> fixed(
            String name, String type, Function<? super T, @Nullable Object> value) {
        return new Column<>(name, type, Role.FIXED, value);
    }

    static <T> Column<T> changing(
            String name, String type, Function<? super T, @Nullable Object> value) {
        return new Column<>(name, type, Role.CHANGING, value);
    }

    /** A statement that reads what is written here, and no column that a later version adds. */
    String select(String rest) {
        return select + rest;
    }

    void insert(JdbcClient jdbc, List<T> rows) {
        write(jdbc, insert, all, rows);
    }

    void update(JdbcClient jdbc, List<T> rows) {
        write(jdbc, update, some, rows);
    }

    private void write(JdbcClient jdbc, String sql, List<Column<T>> columns, List<T> rows) {
        if (!rows.isEmpty()) {
            jdbc.sql(sql)
                    .params(
                            columns.stream()
                                    .map(column -> Rows.array(column.type, rows, column.value))
                                    .toList())
                    .update();
        }
    }

    private String each(Role role, String format, String separator) {
        return all.stream()
                .filter(column -> column.role == role)
                .map(column -> format.formatted(column.name))
                .collect(joining(separator));
    }

    private static <T> String names(List<Column<T>> columns) {
        return columns.stream().map(Column::name).collect(joining(", "));
    }

    private static <T> String unnested(List<Column<T>> columns) {
        return columns.stream()
                .map(column -> "?::" + column.type + "[]")
                .collect(joining(", ", "unnest(", ")"));
    }
}
