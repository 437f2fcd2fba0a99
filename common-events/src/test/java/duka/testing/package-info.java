/** What the tests of every service share. */
@NullMarked
package duka.testing;

import org.jspecify.annotations.NullMarked;
