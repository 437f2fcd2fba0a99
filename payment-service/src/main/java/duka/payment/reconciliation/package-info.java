/** Holds our books against the providers' own, day by day. */
@NullMarked
package duka.payment.reconciliation;

import org.jspecify.annotations.NullMarked;
