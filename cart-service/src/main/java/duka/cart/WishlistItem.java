package duka.cart;

import java.time.Instant;

/** A product that a customer would like to have one day, as cart knows it now. */
public record WishlistItem(Product product, Instant addedAt) {}
