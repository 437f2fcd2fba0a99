package duka.order;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.ResultSet;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A row as JDBC would give it, of values in memory. */
final class MemoryRow {

    static ResultSet of(Map<String, @Nullable Object> values) {
        return (ResultSet)
                Proxy.newProxyInstance(
                        MemoryRow.class.getClassLoader(),
                        new Class<?>[] {ResultSet.class},
                        (_, method, arguments) -> get(values, method, (String) arguments[0]));
    }

    private static @Nullable Object get(
            Map<String, @Nullable Object> values, Method method, String column) {
        if (!values.containsKey(column)) {
            throw new IllegalStateException("the model does not keep the column " + column);
        }
        return switch (method.getName()) {
            case "getString", "getObject", "getInt", "getLong" -> values.get(column);
            default -> throw new UnsupportedOperationException(method.toString());
        };
    }

    private MemoryRow() {}
}
