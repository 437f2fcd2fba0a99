package duka.messaging;

import duka.events.Event;
import duka.events.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.KafkaTemplate;

/** Lets a test speak to a service as the other services would, and listen to what it says. */
public class Conversation {

    private final KafkaTemplate<String, byte[]> kafka;
    private final JdbcClient jdbc;
    private final Clock clock;
    private final EventCodec codec = new EventCodec();

    public Conversation(KafkaTemplate<String, byte[]> kafka, JdbcClient jdbc, Clock clock) {
        this.kafka = kafka;
        this.jdbc = jdbc;
        this.clock = clock;
        rememberWhatIsSaid();
    }

    public void hears(Event event) {
        hears(Uuid7.mint(clock), event);
    }

    /** The same id twice is a redelivery. */
    public void hears(UUID id, Event event) {
        hears(id, event, clock.instant(), null);
    }

    /** What was said some time ago. */
    public void hears(Event event, Instant at) {
        hears(Uuid7.mint(clock), event, at, null);
    }

    /** What was said in a trace. */
    public void hears(Event event, String traceparent) {
        hears(Uuid7.mint(clock), event, clock.instant(), traceparent);
    }

    private void hears(UUID id, Event event, Instant at, @Nullable String traceparent) {
        send(
                Headers.message(
                        Topics.of(event),
                        "/duka/test",
                        id,
                        event.key(),
                        EventCodec.typeOf(event),
                        at,
                        traceparent,
                        codec.write(event).getBytes(StandardCharsets.UTF_8)));
    }

    /** Whatever may stand on a topic. */
    public void hears(ProducerRecord<String, byte[]> message) {
        send(message);
    }

    /** All that the service has ever said of this, in order. */
    public List<Event> said(UUID key) {
        return jdbc.sql("select type, body from said where key = ? order by position")
                .param(key)
                .query(
                        (row, _) ->
                                codec.read(
                                        row.getString("type"),
                                        row.getString("body").getBytes(StandardCharsets.UTF_8)))
                .list();
    }

    /** The traces in which it was said, in the same order. */
    public List<String> traceparents(UUID key) {
        return jdbc.sql(
                        "select coalesce(traceparent, 'none') from said where key = ? order by position")
                .param(key)
                .query(String.class)
                .list();
    }

    private void send(ProducerRecord<String, byte[]> message) {
        var sent = kafka.send(message);
        kafka.flush();
        sent.join();
    }

    /** The outbox forgets what Kafka has. */
    private void rememberWhatIsSaid() {
        jdbc.sql(
                        """
                        create table if not exists said (like outbox);

                        create or replace function remember() returns trigger language plpgsql as $$
                        begin
                            insert into said select new.*;
                            return null;
                        end $$;

                        create or replace trigger remember after insert on outbox
                            for each row execute function remember();
                        """)
                .update();
    }
}
