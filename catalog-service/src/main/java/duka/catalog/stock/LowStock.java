package duka.catalog.stock;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A product on sale of which there is little left, or nothing. */
public record LowStock(
        Stock stock, String name, String slug, String sku, @Nullable UUID vendorId) {}
