/** One violation of each of the rules, so that none passes only because it guards nothing. */
@NullMarked
package duka.testing.planted;

import org.jspecify.annotations.NullMarked;
