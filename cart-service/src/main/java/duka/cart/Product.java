package duka.cart;

import duka.events.Money;
import duka.events.StockLevelChanged.Level;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What cart knows of a product: its own copy of what catalog has said.
 *
 * @param revision grows with every change of the product
 * @param level none until catalog has said one
 * @param lowThreshold while the level is IN, at least this many are available
 */
public record Product(
        UUID id,
        long revision,
        String slug,
        String name,
        Money unitPrice,
        boolean active,
        @Nullable Level level,
        int lowThreshold) {

    Product forSale() {
        return active
                ? this
                : new Product(id, revision, slug, name, unitPrice, true, level, lowThreshold);
    }

    /** Whether catalog need not be asked. A wrong guess is harmless: the reservation decides. */
    boolean surelyHas(int quantity) {
        return level == Level.IN && quantity <= lowThreshold;
    }
}
