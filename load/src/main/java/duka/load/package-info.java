/** Load on a shop from outside, by Gatling. Knows nothing of the shop but its address. */
@NullMarked
package duka.load;

import org.jspecify.annotations.NullMarked;
