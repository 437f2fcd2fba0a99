package duka.catalog.stock;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Many rows' values of one column, as the driver takes them. */
final class Columns {

    static @Nullable String[] texts(Collection<? extends @Nullable Object> values) {
        return values.stream()
                .map(value -> value == null ? null : value.toString())
                .toArray(String[]::new);
    }

    private Columns() {}
}
