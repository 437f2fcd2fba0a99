package duka.identity.mail;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.support.SqlArrayValue;

/** Columns as arrays, so that one statement can write many rows. */
final class Sql {

    static SqlArrayValue uuids(Collection<UUID> ids) {
        return column("uuid", ids, id -> id);
    }

    static <T> SqlArrayValue column(
            String type,
            Collection<T> rows,
            Function<? super T, ? extends @Nullable Object> value) {
        return new SqlArrayValue(type, rows.stream().map(value).toArray());
    }

    static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private Sql() {}
}
