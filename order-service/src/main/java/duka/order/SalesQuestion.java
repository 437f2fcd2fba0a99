package duka.order;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which sales one asks for, and how they are to be summed up.
 *
 * @param from inclusive; a sale counts when its order was confirmed
 * @param to exclusive
 * @param vendor only what this vendor sold
 */
public record SalesQuestion(Instant from, Instant to, By by, @Nullable UUID vendor) {

    /** What is summed up together. */
    public enum By {
        DAY,
        PRODUCT,
        VENDOR
    }
}
