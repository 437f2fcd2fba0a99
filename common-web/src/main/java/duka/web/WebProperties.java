package duka.web;

import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * @param maxBody of a request that is no multipart form
 * @param maxWait how long {@code Prefer: wait} may hold a request at most
 * @param notice how long a process that stops goes on serving after it has left the registry
 */
@ConfigurationProperties("duka.web")
record WebProperties(
        @DefaultValue("1MB") DataSize maxBody,
        @DefaultValue("20s") Duration maxWait,
        @DefaultValue("4s") Duration notice,
        @DefaultValue Idempotency idempotency) {

    /**
     * @param keep how long an answer is given again under its key
     * @param prune how often answers older than that are deleted
     */
    record Idempotency(@DefaultValue("24h") Duration keep, @DefaultValue("10m") Duration prune) {}

    /**
     * @param jwksUri where identity publishes the keys that it signs access tokens with
     */
    @ConfigurationProperties("duka.security")
    record Security(@DefaultValue("http://localhost:8081/.well-known/jwks.json") URI jwksUri) {}
}
