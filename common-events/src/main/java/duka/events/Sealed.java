package duka.events;

/**
 * Personal data or a secret that only its addressee can open. What is inside never stands on Kafka
 * in clear.
 */
public record Sealed(String ciphertext) {}
