package duka.catalog;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * A place in an ordered list: that of the product which had this value and this id, wherever the
 * product itself may be now.
 *
 * @param forgiving whether the list has also what is only like what was searched for
 */
public record ListingMark(ListingOrder.By by, boolean forgiving, String value, UUID id) {

    /**
     * @throws IllegalArgumentException if it is no place in a list of that order
     */
    public ListingMark {
        sqlValue(by, value);
    }

    static ListingMark at(Listing listing, float relevance, ListingOrder order, boolean forgiving) {
        var value =
                switch (order.by()) {
                    case CREATED_AT ->
                            ChronoUnit.MICROS.between(Instant.EPOCH, listing.createdAt());
                    case PRICE -> listing.unitPrice().minorUnits();
                    case NAME -> listing.name();
                    case RELEVANCE -> relevance;
                };
        return new ListingMark(order.by(), forgiving, value.toString(), listing.id());
    }

    Object sqlValue() {
        return sqlValue(by, value);
    }

    private static Object sqlValue(ListingOrder.By by, String value) {
        return switch (by) {
            case CREATED_AT -> time(Long.parseLong(value));
            case PRICE -> Long.parseLong(value);
            case NAME -> value;
            case RELEVANCE -> relevance(Float.parseFloat(value));
        };
    }

    private static Object time(long micros) {
        if (micros < 0) {
            throw new IllegalArgumentException("nothing was offered before 1970");
        }
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }

    private static float relevance(float value) {
        if (!(value >= 0 && value < 100)) {
            throw new IllegalArgumentException("nothing is that relevant");
        }
        return value;
    }
}
