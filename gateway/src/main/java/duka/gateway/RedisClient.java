package duka.gateway;

import io.lettuce.core.metrics.CommandLatencyRecorder;
import io.lettuce.core.resource.Delay;
import io.lettuce.core.tracing.Tracing;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.data.redis.autoconfigure.ClientResourcesBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** A client that is back soon after Redis is, and that keeps no times of each command. */
@Configuration(proxyBeanMethods = false)
class RedisClient {

    private static final Duration AT_MOST = Duration.ofSeconds(1);

    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    ClientResourcesBuilderCustomizer backSoonAndQuiet() {
        return resources ->
                resources
                        .reconnectDelay(
                                Delay.exponential(Duration.ZERO, AT_MOST, 2, TimeUnit.MILLISECONDS))
                        .commandLatencyRecorder(CommandLatencyRecorder.disabled())
                        .tracing(Tracing.disabled());
    }
}
