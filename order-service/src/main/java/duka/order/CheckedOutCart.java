package duka.order;

import java.util.UUID;

/** A cart that somebody says to have checked out. */
public record CheckedOutCart(CustomerId customer, UUID id) {}
