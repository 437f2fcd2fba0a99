/**
 * Carts, from a customer's first item until the order that was made of them is decided.
 *
 * <p>Hears: duka.orders.v1 for checkout; duka.products.v1 and duka.stock.v1 for its copy of what it
 * needs of products. Says: duka.cart.v1. {@link duka.cart.CheckoutSaga} is where the one becomes
 * the other.
 */
@NullMarked
package duka.cart;

import org.jspecify.annotations.NullMarked;
