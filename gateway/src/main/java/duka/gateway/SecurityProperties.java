package duka.gateway;

import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param jwksUri where identity-service publishes the keys that it signs tokens with
 */
@ConfigurationProperties("duka.security")
record SecurityProperties(
        @DefaultValue("http://localhost:8081/.well-known/jwks.json") URI jwksUri) {}
