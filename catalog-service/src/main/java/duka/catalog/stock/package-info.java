/**
 * How much there is of each product, for which orders it is kept, and every movement that made it
 * so. {@link duka.catalog.stock.CheckoutSaga} is catalog's part in checkout.
 */
@NullMarked
package duka.catalog.stock;

import org.jspecify.annotations.NullMarked;
