/** A service with one controller of everything, for the tests of what services share. */
@NullMarked
package duka.web.sample;

import org.jspecify.annotations.NullMarked;
