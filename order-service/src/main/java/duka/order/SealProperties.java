package duka.order;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * @param addressKey shared with cart-service, which seals customers' addresses: 32 bytes in base64
 */
@ConfigurationProperties("duka.seal")
record SealProperties(String addressKey) {}
