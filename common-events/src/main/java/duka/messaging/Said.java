package duka.messaging;

import duka.events.Event;
import java.time.Instant;

/**
 * An event and when it was said: what a listener takes a list of to which it matters how old its
 * news are.
 */
public record Said<E extends Event>(E event, Instant at) {}
