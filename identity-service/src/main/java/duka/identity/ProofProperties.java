package duka.identity;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long something that was mailed is good for.
 *
 * @param email the token that verifies an address
 * @param reset the token that resets a forgotten password
 * @param code the code that lets a password be changed
 * @param permission that the right code gives
 */
@ConfigurationProperties("duka.identity.proofs")
public record ProofProperties(
        @DefaultValue("24h") Duration email,
        @DefaultValue("15m") Duration reset,
        @DefaultValue("10m") Duration code,
        @DefaultValue("5m") Duration permission) {}
