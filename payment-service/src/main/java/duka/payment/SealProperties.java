package duka.payment;

import jakarta.validation.constraints.NotBlank;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * @param paymentKey opens payment tokens; base64 of 32 bytes, shared with cart-service only
 */
@Validated
@ConfigurationProperties("duka.seal")
record SealProperties(@NotBlank String paymentKey) {}
