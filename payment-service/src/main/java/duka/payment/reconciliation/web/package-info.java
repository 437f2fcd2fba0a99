/** What admins see of it over HTTP. */
@NullMarked
package duka.payment.reconciliation.web;

import org.jspecify.annotations.NullMarked;
