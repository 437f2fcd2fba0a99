/**
 * The shop's only public door. It knows where each path is answered and keeps out what is
 * malformed, too large or carries a bad token; what a caller may do is decided by the service that
 * owns the data.
 */
@NullMarked
package duka.gateway;

import org.jspecify.annotations.NullMarked;
