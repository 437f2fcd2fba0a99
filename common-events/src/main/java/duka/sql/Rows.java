package duka.sql;

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
public final class Rows {

    public static UUID uuid(ResultSet row, String column) throws SQLException {
        return row.getObject(column, UUID.class);
    }

    public static @Nullable UUID maybeUuid(ResultSet row, String column) throws SQLException {
        return row.getObject(column, UUID.class);
    }

    public static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    public static @Nullable Instant maybeInstant(ResultSet row, String column) throws SQLException {
        var value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }

    /** Of a row that has its currency beside the amount. */
    public static Money money(ResultSet row, String column) throws SQLException {
        return new Money(row.getLong(column), Currency.getInstance(row.getString("currency")));
    }

    public static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    public static @Nullable OffsetDateTime maybeAt(@Nullable Instant instant) {
        return instant == null ? null : at(instant);
    }

    public static SqlArrayValue uuids(Collection<UUID> ids) {
        return array("uuid", ids, id -> id);
    }

    /**
     * One parameter for however many values.
     *
     * @param type of each, as PostgreSQL calls it
     */
    public static <T> SqlArrayValue array(
            String type,
            Collection<T> rows,
            Function<? super T, ? extends @Nullable Object> value) {
        return new SqlArrayValue(type, rows.stream().map(value).map(Rows::plain).toArray());
    }

    private static @Nullable Object plain(@Nullable Object value) {
        return switch (value) {
            case Instant instant -> at(instant);
            case Enum<?> constant -> constant.name();
            case Currency currency -> currency.getCurrencyCode();
            case null -> null;
            default -> value;
        };
    }

    private Rows() {}
}
