package duka.order;

/** Where to ship, and whom to bill. */
public record Address(String shipping, String billing) {}
