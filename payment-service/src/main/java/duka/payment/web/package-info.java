/** The payment service's HTTP face. */
@NullMarked
package duka.payment.web;

import org.jspecify.annotations.NullMarked;
