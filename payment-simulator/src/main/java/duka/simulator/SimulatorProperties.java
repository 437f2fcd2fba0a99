package duka.simulator;

import jakarta.validation.constraints.NotBlank;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * @param apiKey what a shop shows to be let in
 * @param webhookSecret what webhooks are signed with
 * @param webhookUrl where webhooks go; none are sent without it
 * @param webhookPatience how long an undelivered webhook is tried again
 * @param data the folder of the books
 * @param publicUrl where a customer's browser finds this simulator
 */
@Validated
@ConfigurationProperties("duka.simulator")
record SimulatorProperties(
        @NotBlank String apiKey,
        @NotBlank String webhookSecret,
        @Nullable URI webhookUrl,
        @DefaultValue("10m") Duration webhookPatience,
        @DefaultValue("data/simulator") Path data,
        @DefaultValue("http://localhost:8090") String publicUrl) {}
