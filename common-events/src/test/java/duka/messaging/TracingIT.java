package duka.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import duka.events.Event;
import duka.events.OrderEvent.OrderConfirmed;
import duka.events.OrderEvent.OrderDelivered;
import duka.events.ReservationEvent.StockTaken;
import duka.events.Topics;
import duka.testing.Infrastructure;
import io.micrometer.tracing.Tracer;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** A trace goes on through outbox, Kafka and a listener to what that listener says. */
@SpringBootTest(
        properties = {
            NotesService.NAME,
            NotesService.MIGRATIONS,
            "management.opentelemetry.tracing.export.otlp.endpoint=http://127.0.0.1:9/v1/traces",
            "management.tracing.export.otlp.enabled=false"
        })
@Import(Infrastructure.class)
class TracingIT {

    @Autowired Outbox outbox;
    @Autowired NotesFeed notes;
    @Autowired Tracer tracer;
    @Autowired Clock clock;
    @Autowired TransactionTemplate transaction;
    @Autowired KafkaTemplate<String, byte[]> kafka;
    @Autowired ConsumerFactory<String, byte[]> consumers;

    final UUID id = UUID.randomUUID();
    final UUID other = UUID.randomUUID();
    final Map<UUID, Map<String, String>> logged = new ConcurrentHashMap<>();

    @BeforeEach
    void says_something_about_all_that_it_hears() {
        notes.stumbles(
                event -> {
                    logged.put(event.key(), MDC.getCopyOfContextMap());
                    outbox.add(new StockTaken(event.key()));
                });
    }

    @AfterEach
    void stumblesNoMore() {
        notes.stumbles(_ -> {});
    }

    @Test
    void a_trace_goes_on_from_what_is_said_to_what_is_said_to_that() {
        var mine = traced(() -> say(new OrderConfirmed(id)));
        var others = traced(() -> say(new OrderConfirmed(other)));

        assertThat(traceOf(Topics.ORDERS, id)).isEqualTo(mine);
        assertThat(traceOf(Topics.STOCK, id)).isEqualTo(mine);
        assertThat(traceOf(Topics.STOCK, other)).isEqualTo(others).isNotEqualTo(mine);
        assertThat(logged.get(id))
                .containsEntry("traceId", mine)
                .containsEntry("orderId", id.toString());
        assertThat(logged.get(other)).containsEntry("traceId", others);
    }

    @Test
    void those_of_one_poll_each_go_on_in_their_own() {
        var keys = Stream.generate(UUID::randomUUID).limit(50).toList();

        transaction.executeWithoutResult(
                _ -> keys.forEach(key -> traced(() -> outbox.add(new OrderDelivered(key)))));

        var stock = traces(Topics.STOCK, keys);
        var orders = traces(Topics.ORDERS, keys);
        for (var key : keys) {
            assertThat(stock.get(key)).matches("[0-9a-f]{32}").isEqualTo(orders.get(key));
            assertThat(logged.get(key))
                    .containsEntry("traceId", stock.get(key))
                    .containsEntry("orderId", key.toString());
        }
        assertThat(keys.stream().map(key -> logged.get(key).get("traceId")).distinct()).hasSize(50);
        assertThat(notes.batches()).anyMatch(size -> size > 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "00-0-0-01"})
    void a_trace_that_cannot_be_read_is_left_and_its_record_is_taken_in(String traceparent) {
        var message = message(new OrderConfirmed(id));
        message.headers().remove(Headers.TRACEPARENT);
        message.headers().add(Headers.TRACEPARENT, Headers.bytes(traceparent));
        kafka.send(message);

        assertThat(traceOf(Topics.STOCK, id)).matches("[0-9a-f]{32}");
        assertThat(notes.noted(id)).containsExactly("OrderConfirmed");
    }

    @Test
    void a_record_without_a_trace_begins_one() {
        kafka.send(message(new OrderConfirmed(id)));

        assertThat(traceOf(Topics.STOCK, id)).matches("[0-9a-f]{32}");
    }

    private ProducerRecord<String, byte[]> message(Event event) {
        return Headers.message(
                Topics.of(event),
                "/duka/test",
                UUID.randomUUID(),
                event.key(),
                EventCodec.typeOf(event),
                clock.instant(),
                null,
                Headers.bytes(new EventCodec().write(event)));
    }

    private void say(Event event) {
        transaction.executeWithoutResult(_ -> outbox.add(event));
    }

    /** Which trace it was. */
    private String traced(Runnable work) {
        var span = tracer.nextSpan().start();
        try (var _ = tracer.withSpan(span)) {
            work.run();
        } finally {
            span.end();
        }
        return span.context().traceId();
    }

    private String traceOf(String topic, UUID key) {
        return traces(topic, List.of(key)).get(key);
    }

    /** Which trace each of these has on a topic, once they are all there. */
    private Map<UUID, String> traces(String topic, List<UUID> keys) {
        return await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(300))
                .until(() -> traces(topic), found -> found.keySet().containsAll(keys));
    }

    private Map<UUID, String> traces(String topic) {
        var partition = new TopicPartition(topic, 0);
        var traces = new HashMap<UUID, String>();
        try (var consumer = consumers.createConsumer()) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            while (consumer.position(partition) < end) {
                for (var message : consumer.poll(Duration.ofSeconds(1))) {
                    if (message.key() == null) { // another test's
                        continue;
                    }
                    var traceparent = String.valueOf(Headers.text(message, Headers.TRACEPARENT));
                    traces.put(
                            UUID.fromString(message.key()),
                            traceparent.replaceAll("00-([0-9a-f]{32})-.*", "$1"));
                }
            }
        }
        return traces;
    }
}
