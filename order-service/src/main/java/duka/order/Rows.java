package duka.order;

import duka.events.Money;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Currency;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.support.SqlArrayValue;

/** How the database says what Java says in other words. */
final class Rows {

    static UUID uuid(ResultSet row, String column) throws SQLException {
        return row.getObject(column, UUID.class);
    }

    static @Nullable UUID maybeUuid(ResultSet row, String column) throws SQLException {
        return row.getObject(column, UUID.class);
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    static @Nullable Instant maybeInstant(ResultSet row, String column) throws SQLException {
        var value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }

    /** Of a row that has its currency beside the amount. */
    static Money money(ResultSet row, String column) throws SQLException {
        return new Money(row.getLong(column), Currency.getInstance(row.getString("currency")));
    }

    static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    static @Nullable OffsetDateTime maybeAt(@Nullable Instant instant) {
        return instant == null ? null : at(instant);
    }

    /** One parameter for however many values. */
    static <T> SqlArrayValue array(
            String type, Collection<T> rows, Function<? super T, @Nullable Object> value) {
        return new SqlArrayValue(type, rows.stream().map(value).map(Rows::plain).toArray());
    }

    private static @Nullable Object plain(@Nullable Object value) {
        return value instanceof Enum<?> || value instanceof Instant || value instanceof Currency
                ? value.toString()
                : value;
    }

    private Rows() {}
}
