package duka.identity.mail;

import duka.events.Event;
import duka.messaging.Said;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.util.function.SingletonSupplier;

/**
 * Since when mails are written. Kafka tells a service that starts in a shop for the first time of
 * days that have passed; whoever bought something then is not to be written to now.
 */
@Repository
class Beginning {

    private final SingletonSupplier<Instant> at;

    Beginning(JdbcClient jdbc) {
        this.at =
                SingletonSupplier.of(
                        () ->
                                jdbc.sql("select at from mail_beginning")
                                        .query(OffsetDateTime.class)
                                        .single()
                                        .toInstant());
    }

    /** What has happened since then. */
    <E extends Event> List<Said<E>> news(List<Said<E>> heard) {
        var beginning = at.obtain();
        return heard.stream().filter(said -> !said.at().isBefore(beginning)).toList();
    }
}
