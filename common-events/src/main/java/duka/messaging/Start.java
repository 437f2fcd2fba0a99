package duka.messaging;

import java.time.Duration;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;

/** Starts a service as often as it takes until its database stays with it. */
public final class Start {

    private static final RetryTemplate WHILE_THE_DATABASE_IS_AWAY =
            new RetryTemplate(
                    RetryPolicy.builder()
                            .predicate(Faults::isOfAnAbsentDatabase)
                            .maxRetries(Long.MAX_VALUE)
                            .delay(Duration.ofSeconds(1))
                            .multiplier(2)
                            .maxDelay(Duration.ofSeconds(10))
                            .build());

    private Start() {}

    /** Returns when it has started; throws what will not pass. */
    public static ConfigurableApplicationContext of(Class<?> service, String... arguments) {
        return WHILE_THE_DATABASE_IS_AWAY.invoke(() -> SpringApplication.run(service, arguments));
    }
}
