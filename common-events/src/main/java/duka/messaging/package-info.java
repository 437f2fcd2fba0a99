/**
 * How an event leaves a service exactly when its transaction commits, and takes effect in another
 * exactly once.
 *
 * <p>On the way out: {@link duka.messaging.Outbox}, {@link duka.messaging.OutboxRelay}. On the way
 * in: {@link duka.messaging.Delivery} around every listener, and {@link duka.messaging.DeadLetters}
 * for what could not be taken in. {@link duka.messaging.Step} and {@link duka.messaging.Impossible}
 * are the words in which a saga decides.
 */
@NullMarked
package duka.messaging;

import org.jspecify.annotations.NullMarked;
