package duka.catalog.stock;

/** A product on sale of which there is little left, or nothing. */
public record LowStock(Stock stock, String name, String slug, String sku) {}
