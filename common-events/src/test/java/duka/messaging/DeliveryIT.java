package duka.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import duka.events.Event;
import duka.events.Money;
import duka.events.OrderEvent.CancelReason;
import duka.events.OrderEvent.OrderCancelled;
import duka.events.OrderEvent.OrderConfirmed;
import duka.events.OrderEvent.OrderDelivered;
import duka.events.OrderEvent.OrderReturned;
import duka.events.PaymentEvent.PaymentAuthorized;
import duka.events.PaymentEvent.PaymentCaptured;
import duka.events.Topics;
import duka.testing.Infrastructure;
import duka.testing.Parallel;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.core.KafkaTemplate;

@SpringBootTest(properties = {NotesService.NAME, NotesService.MIGRATIONS})
@Import(Infrastructure.class)
class DeliveryIT {

    @Autowired Conversation service;
    @Autowired NotesFeed notes;
    @Autowired DeadLetters deadLetters;
    @Autowired KafkaListenerEndpointRegistry listeners;
    @Autowired KafkaTemplate<String, byte[]> kafka;
    @Autowired JdbcClient jdbc;
    @Autowired InboxPruning pruning;
    @Autowired MeterRegistry meters;

    final UUID id = UUID.randomUUID();
    final UUID other = UUID.randomUUID();

    @AfterEach
    void stumblesNoMore() {
        notes.stumbles(_ -> {});
        jdbc.sql("delete from dead_letters").update();
    }

    @Test
    void events_are_taken_in_once_and_in_order() {
        var twice = UUID.randomUUID();
        service.hears(twice, new OrderConfirmed(id));
        service.hears(twice, new OrderConfirmed(id));
        service.hears(new OrderDelivered(id));
        service.hears(twice, new OrderConfirmed(id));
        service.hears(new OrderReturned(id));

        eventuallyNoted(id, "OrderConfirmed", "OrderDelivered", "OrderReturned");
    }

    @Test
    void a_poll_is_taken_in_as_one_and_keeps_the_order_of_each_key() {
        var expected = new HashMap<UUID, List<String>>();
        var events = new ArrayList<Event>();
        for (int order = 0; order < 20; order++) {
            expected.put(UUID.randomUUID(), new ArrayList<>());
        }
        for (int step = 0; step < 10; step++) {
            for (var each : expected.entrySet()) {
                var event =
                        step % 2 == 0
                                ? new OrderConfirmed(each.getKey())
                                : new OrderDelivered(each.getKey());
                events.add(event);
                each.getValue().add(EventCodec.typeOf(event));
            }
        }

        atOnce(events.toArray(Event[]::new));

        expected.forEach(
                (key, types) ->
                        await().untilAsserted(() -> assertThat(notes.noted(key)).isEqualTo(types)));
        assertThat(notes.batches()).anyMatch(size -> size > 100);
    }

    @Test
    void a_poisoned_record_is_parked_with_those_behind_it_and_hides_no_other() {
        notes.stumbles(
                event -> {
                    if (event instanceof OrderCancelled) {
                        throw new Impossible("cancelled", event.key());
                    }
                });

        atOnce(
                new OrderConfirmed(id),
                new OrderConfirmed(other),
                cancelled(id),
                new OrderDelivered(id),
                new OrderDelivered(other));
        eventuallyNoted(other, "OrderConfirmed", "OrderDelivered");
        service.hears(new OrderReturned(id));
        service.hears(new OrderReturned(other));

        eventuallyNoted(other, "OrderConfirmed", "OrderDelivered", "OrderReturned");
        assertThat(notes.noted(id)).containsExactly("OrderConfirmed");
        var parked = deadLetters.list(null, null, 10, 0);
        assertThat(parked)
                .extracting(DeadLetter::type)
                .containsExactly("OrderCancelled", "OrderDelivered", "OrderReturned");
        assertThat(parked).extracting(DeadLetter::key).containsOnly(id.toString());
        assertThat(parked).extracting(DeadLetter::attempts).containsExactly(1, 0, 0);
        assertThat(parked.getFirst().reason())
                .isEqualTo("Impossible: heard: cancelled, of something that is " + id);
        assertThat(deadLetters.count("notes-service/" + Topics.ORDERS, null)).isEqualTo(3);
        assertThat(deadLetters.count("somebody-else/" + Topics.ORDERS, null)).isZero();
    }

    @Test
    void a_retry_takes_in_a_keys_records_in_order_and_clears_the_way() {
        notes.stumbles(
                event -> {
                    if (!(event instanceof OrderConfirmed)) {
                        throw new Impossible("anything", event.key());
                    }
                });
        atOnce(cancelled(id), new OrderConfirmed(id), new OrderDelivered(id));
        await().until(() -> deadLetters.count(null, null) == 3);
        var last = deadLetters.list(null, null, 10, 0).getLast();

        var inVain = deadLetters.retry(last.id()).orElseThrow();
        assertThat(inVain.takenIn()).isZero();
        assertThat(inVain.stuck().attempts()).isEqualTo(2);
        assertThat(notes.noted(id)).isEmpty();

        notes.stumbles(
                event -> {
                    if (event instanceof OrderDelivered) {
                        throw new Impossible("delivered", event.key());
                    }
                });
        var partly = deadLetters.retry(last.id()).orElseThrow();
        assertThat(partly.takenIn()).isEqualTo(2);
        assertThat(partly.stuck().reason()).startsWith("Impossible: heard: delivered");
        assertThat(notes.noted(id)).containsExactly("OrderCancelled", "OrderConfirmed");

        notes.stumbles(_ -> {});
        assertThat(deadLetters.retry(last.id())).hasValue(new DeadLetters.Retry(1, null));
        assertThat(deadLetters.retry(last.id())).isEmpty();

        service.hears(new OrderReturned(id));
        eventuallyNoted(id, "OrderCancelled", "OrderConfirmed", "OrderDelivered", "OrderReturned");
    }

    @Test
    void what_was_sent_twice_and_parked_twice_is_taken_in_once() {
        notes.stumbles(
                event -> {
                    throw new Impossible("anything", event.key());
                });
        var eventId = UUID.randomUUID();
        service.hears(eventId, new OrderConfirmed(id));
        service.hears(eventId, new OrderConfirmed(id));
        await().until(() -> deadLetters.count(null, null) == 2);

        notes.stumbles(_ -> {});
        var retry =
                deadLetters.retry(deadLetters.list(null, null, 1, 0).getFirst().id()).orElseThrow();

        assertThat(retry.takenIn()).isEqualTo(2);
        assertThat(notes.noted(id)).containsExactly("OrderConfirmed");
    }

    @Test
    void a_passing_fault_is_outlasted_and_parks_nothing() {
        var faults = new AtomicInteger();
        notes.stumbles(
                event -> {
                    if (event instanceof OrderDelivered && faults.incrementAndGet() <= 3) {
                        throw new CannotAcquireLockException("somebody else has it");
                    }
                });

        atOnce(new OrderConfirmed(id), new OrderDelivered(id), new OrderReturned(id));

        eventuallyNoted(id, "OrderConfirmed", "OrderDelivered", "OrderReturned");
        assertThat(faults).hasValue(4);
        assertThat(deadLetters.count(null, null)).isZero();
    }

    @Test
    void a_type_from_the_future_is_skipped() {
        service.hears(record(id, "OrderTeleported", UUID.randomUUID().toString(), "{}"));
        service.hears(new OrderConfirmed(id));

        eventuallyNoted(id, "OrderConfirmed");
        assertThat(deadLetters.count(null, null)).isZero();
    }

    @Test
    void what_a_listener_does_not_take_passes_it_by() {
        var payment = UUID.randomUUID();
        var authorized = UUID.randomUUID();
        service.hears(authorized, new PaymentAuthorized(id, payment, Money.of("389.00", "KES")));
        service.hears(record(Topics.PAYMENTS, id, "PaymentVoided", "no-uuid", "no body"));
        service.hears(new PaymentCaptured(id, payment, Money.of("389.00", "KES")));

        eventuallyNoted(id, "PaymentCaptured");
        assertThat(deadLetters.count(null, null)).isZero();
        assertThat(
                        jdbc.sql("select count(*) from inbox where event_id = ?")
                                .param(authorized)
                                .query(Long.class)
                                .single())
                .isZero();
    }

    @Test
    void what_cannot_be_decoded_is_parked_with_its_bytes() {
        service.hears(record(id, "OrderConfirmed", UUID.randomUUID().toString(), "{\"order\0"));
        service.hears(record(id, "OrderConfirmed", "no-uuid", "{}"));
        service.hears(new ProducerRecord<>(Topics.ORDERS, null, new byte[] {(byte) 0xff}));
        service.hears(new OrderConfirmed(id));
        service.hears(new OrderConfirmed(other));

        eventuallyNoted(other, "OrderConfirmed");
        assertThat(notes.noted(id)).isEmpty();
        var parked = deadLetters.list(null, null, 10, 0);
        assertThat(parked)
                .extracting(DeadLetter::key)
                .containsExactly(id.toString(), id.toString(), null, id.toString());
        assertThat(parked.get(0).body()).isEqualTo("{\"order\0".getBytes(StandardCharsets.UTF_8));
        assertThat(parked.get(0).reason()).startsWith("Undecodable: no OrderConfirmed");
        assertThat(parked.get(1).headers()).containsEntry("ce_id", "no-uuid");
        assertThat(parked.get(2).reason()).isEqualTo("Undecodable: no header ce_type");

        var retry = deadLetters.retry(parked.get(2).id()).orElseThrow();
        assertThat(retry.stuck().attempts()).isEqualTo(2);
    }

    @Test
    void each_listener_hears_for_itself() {
        var captured = new PaymentCaptured(id, UUID.randomUUID(), Money.of("389.00", "KES"));
        service.hears(captured);
        service.hears(new OrderConfirmed(id));

        await().untilAsserted(
                        () ->
                                assertThat(notes.noted(id))
                                        .containsExactlyInAnyOrder(
                                                "PaymentCaptured", "OrderConfirmed"));
        assertThat(
                        jdbc.sql("select distinct listener from inbox order by 1")
                                .query(String.class)
                                .list())
                .contains("notes-payments/" + Topics.PAYMENTS, "notes-service/" + Topics.ORDERS);
    }

    @Test
    void how_long_it_took_and_how_far_behind_it_is_can_be_seen() {
        service.hears(new OrderConfirmed(id));
        eventuallyNoted(id, "OrderConfirmed");

        await().untilAsserted(
                        () ->
                                assertThat(
                                                meters.get("duka.saga")
                                                        .tag(
                                                                "listener",
                                                                "notes-service/" + Topics.ORDERS)
                                                        .tag("event", "OrderConfirmed")
                                                        .timer()
                                                        .count())
                                        .isPositive());
        await().untilAsserted(
                        () ->
                                assertThat(
                                                meters.get(
                                                                "kafka.consumer.fetch.manager.records.lag.max")
                                                        .gauges())
                                        .isNotEmpty());
    }

    @Test
    void what_kafka_has_forgotten_the_inbox_forgets_too() {
        service.hears(new OrderConfirmed(id));
        eventuallyNoted(id, "OrderConfirmed");
        var old = UUID.randomUUID();
        jdbc.sql("insert into inbox values ('old', ?, now() - interval '9 days')")
                .param(old)
                .update();

        pruning.prune();

        assertThat(
                        jdbc.sql("select count(*) from inbox where event_id = ?")
                                .param(old)
                                .query(Long.class)
                                .single())
                .isZero();
        assertThat(jdbc.sql("select count(*) from inbox").query(Long.class).single()).isPositive();
    }

    @Test
    void what_comes_while_its_key_is_retried_is_neither_lost_nor_early() throws Exception {
        notes.stumbles(
                event -> {
                    throw new Impossible("anything", event.key());
                });
        service.hears(new OrderConfirmed(id));
        await().until(() -> deadLetters.count(null, null) == 1);
        var retrying = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        notes.stumbles(
                event -> {
                    if (event instanceof OrderConfirmed && event.key().equals(id)) {
                        retrying.countDown();
                        awaitQuietly(goOn);
                    }
                });

        var parked = deadLetters.list(null, null, 1, 0).getFirst();
        var retry = Parallel.start(() -> deadLetters.retry(parked.id()));
        retrying.await();
        service.hears(new OrderDelivered(id));
        try {
            await().until(this::somebodyWaitsForALock);
        } finally {
            goOn.countDown();
        }

        assertThat(retry.get()).hasValue(new DeadLetters.Retry(1, null));
        eventuallyNoted(id, "OrderConfirmed", "OrderDelivered");
        assertThat(deadLetters.count(null, null)).isZero();
    }

    private boolean somebodyWaitsForALock() {
        return jdbc.sql(
                        "select exists (select from pg_locks where locktype = 'advisory' and not granted)")
                .query(Boolean.class)
                .single();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As one poll: the listeners rest until all has been sent. */
    private void atOnce(Event... events) {
        listeners.stop();
        Arrays.stream(events).forEach(service::hears);
        listeners.start();
    }

    private void eventuallyNoted(UUID key, String... types) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(notes.noted(key)).containsExactly(types));
    }

    private static OrderCancelled cancelled(UUID order) {
        return new OrderCancelled(order, CancelReason.CUSTOMER, false);
    }

    private static ProducerRecord<String, byte[]> record(
            UUID key, String type, String eventId, String body) {
        return record(Topics.ORDERS, key, type, eventId, body);
    }

    private static ProducerRecord<String, byte[]> record(
            String topic, UUID key, String type, String eventId, String body) {
        var message =
                new ProducerRecord<>(topic, key.toString(), body.getBytes(StandardCharsets.UTF_8));
        message.headers().add("ce_id", Headers.bytes(eventId));
        message.headers().add("ce_type", Headers.bytes(type));
        return message;
    }
}
