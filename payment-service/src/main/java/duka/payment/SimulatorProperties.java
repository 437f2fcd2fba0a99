package duka.payment;

import jakarta.validation.constraints.NotBlank;
import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * @param url where the simulator's API is
 * @param apiKey lets us in
 * @param webhookSecret what its webhooks are signed with
 * @param connectTimeout for a connection
 * @param timeout for an answer, to its end
 * @param logTimeout for a day of its books, to their end
 * @param concurrency how many calls it may have under way
 */
@Validated
@ConfigurationProperties("duka.payment.simulator")
record SimulatorProperties(
        @DefaultValue("http://localhost:8090") URI url,
        @NotBlank String apiKey,
        @NotBlank String webhookSecret,
        @DefaultValue("1s") Duration connectTimeout,
        @DefaultValue("3s") Duration timeout,
        @DefaultValue("10m") Duration logTimeout,
        @DefaultValue("64") int concurrency) {}
