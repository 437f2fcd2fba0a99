package duka.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/** Runs like any other, but can be turned ahead. As exact as the database. */
public class TurnedClock extends Clock {

    private volatile Duration ahead = Duration.ZERO;

    public void ahead(Duration by) {
        ahead = by;
    }

    @Override
    public Instant instant() {
        return Clock.systemUTC().instant().plus(ahead).truncatedTo(ChronoUnit.MICROS);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }

    /** For tests that import it. */
    @TestConfiguration(proxyBeanMethods = false)
    public static class Bound {

        @Bean
        public TurnedClock clock() {
            return new TurnedClock();
        }
    }
}
