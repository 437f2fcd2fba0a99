package duka.catalog.stock;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

/**
 * That the stock was compared with its books.
 *
 * @param products how many were compared
 * @param differences how many figures were not as the books say
 */
public record InventoryReport(UUID id, LocalDate day, Instant at, int products, int differences) {}
