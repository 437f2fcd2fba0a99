/**
 * A payment provider of its own: it authorizes, captures, voids and refunds as its test tokens tell
 * it, keeps books of its own on disk, and so bears witness to what the shop has really charged.
 */
@NullMarked
package duka.simulator;

import org.jspecify.annotations.NullMarked;
