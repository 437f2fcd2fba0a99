package duka.order;

import org.jspecify.annotations.Nullable;

/**
 * What a cart is to become: its first order, or the one after an order that gave it back.
 *
 * @param after the one that is known
 */
public record NextOrder(CheckedOutCart cart, @Nullable OrderId after) {}
