package duka.cart;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * @param addressKey shared with order-service
 * @param paymentKey shared with payment-service
 */
@ConfigurationProperties("duka.seal")
record SealProperties(String addressKey, String paymentKey) {}
