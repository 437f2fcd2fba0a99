/**
 * All mail of the shop. Only identity-service knows addresses, so the others say what happened and
 * this writes to whom it concerns.
 *
 * <p>Hears: {@code duka.orders.v1}, {@code duka.payments.v1}, {@code duka.products.v1}, {@code
 * duka.stock.v1} and {@code duka.reports.v1}; and what accounts need through {@link
 * duka.identity.Mailing}. A mail is first a row in {@link duka.identity.mail.Mailbox}, written in
 * the transaction of what it is about; {@link duka.identity.mail.Postman} sends it, later and
 * outside of any transaction.
 *
 * <p>Who gets mail:
 *
 * <ul>
 *   <li>Whoever has an address and an active account.
 *   <li>About their account and their own orders: at the address they signed up with, confirmed or
 *       not. Who buys is owed a receipt, and must be able to read how to confirm the address. But
 *       what the sign-up form said about a name is not repeated to an address that is not
 *       confirmed, which may be a stranger's.
 *   <li>About the shop's own affairs (stock, sales): only at a confirmed address.
 * </ul>
 */
@NullMarked
package duka.identity.mail;

import org.jspecify.annotations.NullMarked;
