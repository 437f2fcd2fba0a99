/** Orders over HTTP: translates, and does nothing more. */
@NullMarked
package duka.order.web;

import org.jspecify.annotations.NullMarked;
