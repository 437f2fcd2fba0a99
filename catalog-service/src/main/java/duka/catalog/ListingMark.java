package duka.catalog;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * A place in an ordered list: that of the product which had this value and this id, wherever the
 * product itself may be now.
 */
public record ListingMark(ListingOrder.By by, String value, UUID id) {

    public static ListingMark at(Listing listing, ListingOrder order) {
        var value =
                switch (order.by()) {
                    case CREATED_AT ->
                            ChronoUnit.MICROS.between(Instant.EPOCH, listing.createdAt());
                    case PRICE -> listing.unitPrice().minorUnits();
                    case NAME -> listing.name();
                };
        return new ListingMark(order.by(), value.toString(), listing.id());
    }

    /**
     * @throws IllegalArgumentException if it is no place in a list of that order
     */
    public ListingMark {
        sqlValue(by, value);
    }

    Object sqlValue() {
        return sqlValue(by, value);
    }

    private static Object sqlValue(ListingOrder.By by, String value) {
        return switch (by) {
            case CREATED_AT -> time(Long.parseLong(value));
            case PRICE -> Long.parseLong(value);
            case NAME -> value;
        };
    }

    private static Object time(long micros) {
        if (micros < 0) {
            throw new IllegalArgumentException("nothing was offered before 1970");
        }
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }
}
