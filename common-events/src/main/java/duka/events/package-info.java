/**
 * What the services tell one another and anybody else who listens: the public contract of Duka's
 * Kafka topics. Facts only: no Spring, no Kafka, no behaviour.
 */
@NullMarked
package duka.events;

import org.jspecify.annotations.NullMarked;
