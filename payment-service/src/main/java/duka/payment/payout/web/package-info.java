/** How vendors and admins see payouts over HTTP. */
@NullMarked
package duka.payment.payout.web;

import org.jspecify.annotations.NullMarked;
