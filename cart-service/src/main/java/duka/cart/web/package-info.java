/** The cart service's HTTP face. */
@NullMarked
package duka.cart.web;

import org.jspecify.annotations.NullMarked;
