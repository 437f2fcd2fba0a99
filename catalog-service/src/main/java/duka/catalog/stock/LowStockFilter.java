package duka.catalog.stock;

import duka.events.StockLevelChanged.Level;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which of the products that run low somebody wants to see; what is null does not matter.
 *
 * @param vendor whose products
 * @param level LOW or OUT
 */
public record LowStockFilter(@Nullable UUID vendor, @Nullable Level level) {}
