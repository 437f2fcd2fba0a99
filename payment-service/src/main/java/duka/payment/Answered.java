package duka.payment;

import org.jspecify.annotations.Nullable;

/**
 * How a call ended.
 *
 * @param answer none if the outcome is not known
 */
record Answered(Call call, @Nullable Answer answer) {}
