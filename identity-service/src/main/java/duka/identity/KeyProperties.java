package duka.identity;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param rotate how long a key signs before another takes over
 * @param lead how long that one is published before: longer than anybody keeps the keys in mind
 * @param check when it is looked whether a key's time is up
 */
@ConfigurationProperties("duka.identity.keys")
record KeyProperties(
        @DefaultValue("30d") Duration rotate,
        @DefaultValue("10m") Duration lead,
        @DefaultValue("0 17 3 * * *") String check) {}
