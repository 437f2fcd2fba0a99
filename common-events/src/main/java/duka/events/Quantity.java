package duka.events;

import java.util.UUID;

/** So many units of a product. */
public record Quantity(UUID productId, int quantity) {}
