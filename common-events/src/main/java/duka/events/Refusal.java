package duka.events;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Why a line of an order cannot be had as it was asked for.
 *
 * @param available units that could be had now
 * @param unitPrice what one costs now; none when the product is not for sale
 */
public record Refusal(UUID productId, Why why, int available, @Nullable Money unitPrice) {

    /** What is wrong with the line. */
    public enum Why {
        OUT_OF_STOCK,
        PRICE_CHANGED,
        WITHDRAWN
    }
}
