package duka.catalog;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param life how long others may see something old where they cannot be told; zero for no cache
 * @param pause for how long the cache is left alone when it was away
 */
@ConfigurationProperties("duka.catalog.cache")
record CacheProperties(@DefaultValue("5s") Duration life, @DefaultValue("2s") Duration pause) {}
