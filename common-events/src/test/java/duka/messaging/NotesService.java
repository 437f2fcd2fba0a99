package duka.messaging;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;

@SpringBootConfiguration
@EnableAutoConfiguration
class NotesService {

    static final String NAME = "spring.application.name=notes-service";
    static final String MIGRATIONS = "spring.flyway.locations=classpath:db/notes";

    @Bean
    NotesFeed notesFeed(JdbcClient jdbc) {
        return new NotesFeed(jdbc);
    }

    @Bean
    MeterRegistry meters() {
        return new SimpleMeterRegistry();
    }
}
