package duka.order;

import java.util.UUID;

/** Whose order it is. */
public record CustomerId(UUID value) {}
