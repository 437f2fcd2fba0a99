/**
 * What the shop sells: categories and the products in them. How much of it there is and for whom it
 * is kept stands in {@link duka.catalog.stock}.
 *
 * <p>Hears: duka.orders.v1, duka.accounts.v1. Says: duka.products.v1, duka.stock.v1.
 */
@NullMarked
package duka.catalog;

import org.jspecify.annotations.NullMarked;
