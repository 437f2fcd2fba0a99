package duka.events;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What catalog-service says about its products. The topic keeps each product's latest state. */
public sealed interface ProductEvent extends Event {

    UUID productId();

    @Override
    default UUID key() {
        return productId();
    }

    /**
     * A product is now as told here; it is complete, nothing needs to be asked for.
     *
     * @param revision grows with every change, so that an older state never replaces a newer one
     * @param vendorId none for what the shop itself sells
     * @param price before any discount
     * @param unitPrice what a customer pays for one
     * @param active whether it is for sale
     */
    record ProductChanged(
            UUID productId,
            long revision,
            String slug,
            String sku,
            String name,
            UUID categoryId,
            @Nullable UUID vendorId,
            Money price,
            Money unitPrice,
            boolean active)
            implements ProductEvent {}
}
