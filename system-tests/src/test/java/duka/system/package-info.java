/** The shop as a whole: its real jars as processes, driven through the gateway. */
@NullMarked
package duka.system;

import org.jspecify.annotations.NullMarked;
