package duka.order;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which orders one is looking for; what is not given does not matter.
 *
 * @param vendor only those with a line of this vendor
 * @param inStatusSince only those that took their status by then
 * @param ids only those that are called like this
 */
public record OrderSearch(
        @Nullable CustomerId customer,
        @Nullable UUID vendor,
        @Nullable OrderStatus status,
        @Nullable Instant createdFrom,
        @Nullable Instant createdTo,
        @Nullable Instant inStatusSince,
        @Nullable Ids ids,
        Only only) {

    /** Which part of all orders. */
    public enum Only {
        ALL,
        /** That wait for something. */
        UNFINISHED,
        /** That were confirmed, whatever became of them. */
        SOLD
    }

    /** All ids from this one to that. */
    public record Ids(UUID first, UUID last) {

        private static final String NONE = "00000000000000000000000000000000";

        /**
         * @param start how they begin, in hexadecimal digits with or without hyphens
         * @throws IllegalArgumentException if no id does
         */
        public static Ids startingWith(String start) {
            var digits = start.replace("-", "");
            if (!digits.matches("[0-9a-fA-F]{1,32}")) {
                throw new IllegalArgumentException("no id starts with " + start);
            }
            return new Ids(
                    uuid(digits + NONE.substring(digits.length())),
                    uuid(digits + NONE.substring(digits.length()).replace('0', 'f')));
        }

        private static UUID uuid(String digits) {
            return new UUID(
                    Long.parseUnsignedLong(digits.substring(0, 16), 16),
                    Long.parseUnsignedLong(digits.substring(16), 16));
        }
    }
}
