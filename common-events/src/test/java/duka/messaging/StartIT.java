package duka.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import duka.testing.Cable;
import duka.testing.Infrastructure;
import duka.testing.Parallel;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** A database that is away, or leaves, while a service starts. */
class StartIT {

    static final Cable TO_POSTGRES = new Cable();
    static final AtomicInteger STARTS = new AtomicInteger();

    @Import({NotesService.class, Infrastructure.class})
    @TestConfiguration
    static class Migrating {

        /** The database leaves in the middle of the first migration. */
        @Bean
        FlywayConfigurationCustomizer leaving() {
            int start = STARTS.incrementAndGet();
            return flyway -> flyway.callbacks(new Leaving(start == 1));
        }
    }

    record Leaving(boolean leaves) implements Callback {

        @Override
        public boolean supports(Event event, Context context) {
            return event == Event.BEFORE_EACH_MIGRATE;
        }

        @Override
        public boolean canHandleInTransaction(Event event, Context context) {
            return true;
        }

        @Override
        public void handle(Event event, Context context) {
            if (leaves) {
                TO_POSTGRES.pull();
            }
        }

        @Override
        public String getCallbackName() {
            return "leaving";
        }
    }

    @AfterEach
    void plugIn() {
        TO_POSTGRES.plugIn();
        STARTS.set(0);
    }

    @Test
    void a_database_that_leaves_during_a_migration_is_waited_for() {
        TO_POSTGRES.leadsTo(Infrastructure.postgres());
        var started = Parallel.start(() -> Start.of(Migrating.class, arguments("duka")));

        await().atMost(Duration.ofSeconds(60)).until(() -> STARTS.get() > 1);
        assertThat(started).isNotDone();
        TO_POSTGRES.plugIn();

        await().atMost(Duration.ofSeconds(60)).until(started::isDone);
        try (var service = started.join()) {
            assertThat(service.isRunning()).isTrue();
        }
    }

    @Test
    void a_database_that_does_not_exist_is_not() {
        TO_POSTGRES.leadsTo(Infrastructure.postgres());

        assertThatThrownBy(() -> Start.of(Migrating.class, arguments("nowhere")))
                .rootCause()
                .hasMessageContaining("does not exist");
        assertThat(STARTS).hasValue(1);
    }

    private static String[] arguments(String database) {
        return new String[] {
            "--spring.application.name=start-service",
            "--" + NotesService.MIGRATIONS,
            "--spring.main.web-application-type=none",
            "--spring.datasource.url=jdbc:postgresql://%s/%s"
                    .formatted(TO_POSTGRES.address(), database),
            "--spring.datasource.hikari.connection-timeout=2000"
        };
    }
}
