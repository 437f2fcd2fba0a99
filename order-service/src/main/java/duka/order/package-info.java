/**
 * Orders, from the moment a cart is checked out until they are delivered, returned, rejected or
 * cancelled.
 *
 * <p>Hears: duka.cart.v1, duka.stock.v1, duka.payments.v1. Says: duka.orders.v1. {@link
 * duka.order.CheckoutSaga} is where the one becomes the other: it alone decides whether an order
 * lives or dies.
 */
@NullMarked
package duka.order;

import org.jspecify.annotations.NullMarked;
