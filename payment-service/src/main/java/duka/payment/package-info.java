/**
 * Payments: what a customer owes for an order, and what the provider says to it, from authorization
 * to capture or release, and back to the customer if need be.
 *
 * <p>Hears: duka.orders.v1. Says: duka.payments.v1. {@link duka.payment.CheckoutSaga} is where the
 * one becomes the other; {@link duka.payment.ProviderWorker} asks the providers in between.
 */
@NullMarked
package duka.payment;

import org.jspecify.annotations.NullMarked;
