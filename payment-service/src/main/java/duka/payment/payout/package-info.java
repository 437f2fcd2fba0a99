/**
 * Paying vendors: where their money is to go, and when it went. What they have earned the ledger
 * knows; what is paid out is a posting there like any other.
 */
@NullMarked
package duka.payment.payout;

import org.jspecify.annotations.NullMarked;
