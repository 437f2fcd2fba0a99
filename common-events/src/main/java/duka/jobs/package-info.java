/**
 * Work beside the requests: what keeps a processor busy, and what the clock starts. A job is a
 * {@code @Scheduled} method with a {@code @SchedulerLock}: of all replicas, one runs it. The lock
 * saves work; a job must do no harm if it runs twice all the same.
 */
@NullMarked
package duka.jobs;

import org.jspecify.annotations.NullMarked;
