package duka.cart;

import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param catalogUrl where to ask for what cart has not heard of; a host without a port is the name
 *     of a service in the registry
 * @param catalogTimeout how long catalog may take for one answer
 * @param watch how often decisions are looked for while somebody waits for one
 * @param ttl how long a customer's cart is kept open without being changed
 * @param guestTtl how long a guest's cart is kept at all without being changed
 */
@ConfigurationProperties("duka.cart")
record CartProperties(
        @DefaultValue("http://catalog-service") URI catalogUrl,
        @DefaultValue("400ms") Duration catalogTimeout,
        @DefaultValue("25ms") Duration watch,
        @DefaultValue("30h") Duration ttl,
        @DefaultValue("7d") Duration guestTtl) {}
