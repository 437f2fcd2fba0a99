/**
 * How a trace goes on where no thread carries it: over rows, records, and batches of what belongs
 * to many. {@link duka.tracing.Traces} is all that others use.
 *
 * <p>Traces are made where somebody takes them, that is where an endpoint is configured. Nobody
 * else pays for them.
 */
@NullMarked
package duka.tracing;

import org.jspecify.annotations.NullMarked;
