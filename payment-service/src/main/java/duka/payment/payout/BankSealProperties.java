package duka.payment.payout;

import jakarta.validation.constraints.NotBlank;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * @param bankKey seals vendors' account numbers; base64 of 32 bytes, of this service alone
 */
@Validated
@ConfigurationProperties("duka.seal")
record BankSealProperties(@NotBlank String bankKey) {}
