package duka.gateway;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * @param cors who may call from a browser
 * @param trustedProxies networks (CIDR) of the proxies whose forwarded headers are believed
 * @param maxBody the largest request body that is let in
 * @param maxUpload the largest that may bring a picture
 */
@ConfigurationProperties("duka.gateway")
record GatewayProperties(
        @DefaultValue Cors cors,
        @DefaultValue List<String> trustedProxies,
        @DefaultValue("1MB") DataSize maxBody,
        @DefaultValue("6MB") DataSize maxUpload) {

    /**
     * @param origins the frontends' origins, or {@code *}; with none, browsers of other origins are
     *     refused
     */
    record Cors(@DefaultValue List<String> origins) {}
}
