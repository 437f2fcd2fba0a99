/**
 * Checkout as an explicit-state model: the four participants' own code, wired to topics, inboxes,
 * outboxes and a provider in memory. {@link duka.system.model.World} is all that there is and how
 * it moves, {@link duka.system.model.Invariants} what is promised of it, {@link
 * duka.system.model.Explorer} goes everywhere.
 */
@NullMarked
package duka.system.model;

import org.jspecify.annotations.NullMarked;
