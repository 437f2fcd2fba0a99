package duka.messaging;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import duka.events.Event;
import duka.events.Money;
import duka.events.PaymentEvent.PaymentDeclined;
import duka.events.Quantity;
import duka.events.ReservationEvent.StockReturned;
import duka.events.ReservationEvent.StockTaken;
import duka.events.Topics;
import duka.testing.Infrastructure;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

@SpringBootTest(properties = {NotesService.NAME, NotesService.MIGRATIONS})
@Import(Infrastructure.class)
class OutboxRelayIT {

    @Autowired MessagingMeters backlog;
    @Autowired Outbox outbox;
    @Autowired OutboxSchedule schedule;
    @Autowired JdbcClient jdbc;
    @Autowired PlatformTransactionManager transactions;
    @Autowired KafkaTemplate<String, byte[]> kafka;
    @Autowired ConsumerFactory<String, byte[]> consumers;
    @Autowired MeterRegistry meters;
    @Autowired Clock clock;

    final UUID id = UUID.randomUUID();
    long begin;

    @BeforeEach
    void onlyTheTestRelays() {
        schedule.stop();
        begin = end();
    }

    @AfterEach
    void asBefore() {
        schedule.start();
    }

    @Test
    void an_event_leaves_when_its_transaction_commits_and_only_then() {
        new TransactionTemplate(transactions)
                .executeWithoutResult(
                        transaction -> {
                            outbox.add(new StockTaken(id));
                            transaction.setRollbackOnly();
                        });
        assertThat(relay(10).relay()).isZero();

        var before = clock.instant().minusMillis(1);
        say(new StockTaken(id));
        assertThat(outbox.backlog().size()).isOne();
        assertThat(outbox.backlog().oldest()).isBetween(before, clock.instant());
        assertThat(relay(10).relay()).isOne();
        assertThat(outbox.backlog()).isEqualTo(new Outbox.Backlog(0, null));
        assertThat(relay(10).relay()).isZero();
        assertThat(published()).hasSize(1);
    }

    @Test
    void an_event_without_a_transaction_is_refused() {
        assertThatThrownBy(() -> outbox.add(new StockTaken(id)))
                .isInstanceOf(IllegalTransactionStateException.class);
    }

    @Test
    void an_event_that_kafka_would_refuse_is_refused_at_once() {
        var event =
                new PaymentDeclined(
                        id, UUID.randomUUID(), Money.of("1.00", "KES"), "x".repeat(1_000_000));

        assertThatThrownBy(() -> say(event)).hasMessageContaining("too large");
    }

    @Test
    void any_consumer_of_cloud_events_can_read_it() {
        var product = UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8057");
        say(new StockReturned(id, List.of(new Quantity(product, 2))));
        relay(10).relay();

        var message = published().getFirst();

        assertThat(message.key()).isEqualTo(id.toString());
        assertThat(message.value())
                .isEqualTo(
                        Headers.bytes(
                                """
                                {"order_id":"%s","lines":[{"product_id":"%s","quantity":2}]}"""
                                        .formatted(id, product)));
        var headers =
                Stream.of(message.headers().toArray())
                        .collect(
                                toMap(
                                        header -> header.key(),
                                        header ->
                                                new String(
                                                        header.value(), StandardCharsets.UTF_8)));
        assertThat(headers)
                .containsEntry("ce_specversion", "1.0")
                .containsEntry("ce_type", "StockReturned")
                .containsEntry("ce_source", "/duka/notes-service")
                .containsEntry("ce_subject", id.toString())
                .containsEntry("ce_dataschema", "urn:duka:schema:StockReturned.v1")
                .containsEntry("content-type", "application/json");
        assertThat(UUID.fromString(headers.get("ce_id")).version()).isEqualTo(7);
        assertThat(Instant.parse(headers.get("ce_time")))
                .isBetween(clock.instant().minusSeconds(60), clock.instant());
    }

    @Test
    void a_relay_that_dies_before_it_commits_sends_again_what_it_has_sent() {
        say(new StockTaken(id), new StockReturned(id, List.of()));

        assertThatThrownBy(() -> relay(10, new DiesAtCommit(transactions)).relay())
                .hasMessage("killed");
        assertThat(relay(10).relay()).isEqualTo(2);

        var published = published();
        assertThat(published).hasSize(4);
        assertThat(published.stream().map(Headers::id).toList().subList(0, 2))
                .isEqualTo(published.stream().map(Headers::id).toList().subList(2, 4));
        assertThat(firstOccurrences(published).get(id.toString()))
                .containsExactly("StockTaken", "StockReturned");
    }

    @Test
    void two_relays_at_once_and_one_that_keeps_dying_put_nothing_out_of_order() throws Exception {
        var keys = Stream.generate(UUID::randomUUID).limit(8).toList();
        try (var threads = Executors.newCachedThreadPool()) {
            var writing =
                    threads.invokeAll(
                            keys.stream()
                                    .map(
                                            key ->
                                                    (Callable<Void>)
                                                            () -> {
                                                                for (int n = 0; n < 50; n++) {
                                                                    say(numbered(key, n));
                                                                }
                                                                return null;
                                                            })
                                    .toList());
            for (var written : writing) {
                written.get();
            }
            var relays =
                    Stream.of(relay(7), relay(5), relay(3, new DiesAtCommit(transactions)))
                            .map(relay -> threads.submit(() -> relayUntilNothingIsLeft(relay)))
                            .toList();
            for (var relay : relays) {
                relay.get();
            }
        }

        var published = firstOccurrences(published(), OutboxRelayIT::number);
        for (var key : keys) {
            assertThat(published.get(key.toString()))
                    .isEqualTo(IntStream.range(0, 50).boxed().toList());
        }
    }

    @Test
    void a_commit_wakes_the_relay() {
        schedule.start();
        for (int n = 0; n < 3; n++) {
            say(numbered(id, n));
        }

        await().atMost(Duration.ofSeconds(10)).until(() -> waiting() == 0);
        assertThat(firstOccurrences(published(), OutboxRelayIT::number).get(id.toString()))
                .containsExactly(0, 1, 2);
        assertThat(meters.counter("duka.relay.sent").count()).isPositive();
    }

    @Test
    void the_backlog_can_be_seen() {
        backlog.bindTo(meters);
        say(new StockTaken(id));

        assertThat(meters.get("duka.outbox.size").gauge().value()).isEqualTo(1);
        assertThat(meters.get("duka.outbox.age").gauge().value()).isBetween(0.0, 60.0);
        assertThat(meters.get("duka.dead.letters").gauge().value()).isZero();

        relay(10).relay();
    }

    private void say(Event... events) {
        new TransactionTemplate(transactions)
                .executeWithoutResult(_ -> outbox.addAll(List.of(events)));
    }

    private OutboxRelay relay(int batch) {
        return relay(batch, transactions);
    }

    private OutboxRelay relay(int batch, PlatformTransactionManager transactions) {
        return new OutboxRelay(
                jdbc,
                new TransactionTemplate(transactions),
                kafka,
                meters,
                "notes-service",
                batch,
                Duration.ofMinutes(1));
    }

    private void relayUntilNothingIsLeft(OutboxRelay relay) {
        while (waiting() > 0) {
            try {
                relay.relay();
            } catch (Killed _) {
                // and is started anew
            }
        }
    }

    private long waiting() {
        return jdbc.sql("select count(*) from outbox").query(Long.class).single();
    }

    private static Event numbered(UUID key, int n) {
        return new StockReturned(key, Collections.nCopies(n, new Quantity(key, 1)));
    }

    private static int number(ConsumerRecord<String, byte[]> message) {
        var event = (StockReturned) new EventCodec().read("StockReturned", message.value());
        return event.lines().size();
    }

    private static Map<String, List<String>> firstOccurrences(
            List<ConsumerRecord<String, byte[]>> messages) {
        return firstOccurrences(messages, message -> Headers.text(message, Headers.TYPE));
    }

    private static <T> Map<String, List<T>> firstOccurrences(
            List<ConsumerRecord<String, byte[]>> messages,
            Function<ConsumerRecord<String, byte[]>, T> what) {
        var seen = new HashSet<UUID>();
        return messages.stream()
                .filter(message -> seen.add(Headers.id(message)))
                .collect(groupingBy(ConsumerRecord::key, mapping(what, toList())));
    }

    private static final TopicPartition STOCK = new TopicPartition(Topics.STOCK, 0);

    private long end() {
        try (var consumer = consumers.createConsumer()) {
            return consumer.endOffsets(List.of(STOCK)).get(STOCK);
        }
    }

    /** What has come to the topic of the stock in this test. */
    private List<ConsumerRecord<String, byte[]>> published() {
        var messages = new ArrayList<ConsumerRecord<String, byte[]>>();
        try (var consumer = consumers.createConsumer()) {
            consumer.assign(List.of(STOCK));
            consumer.seek(STOCK, begin);
            long end = consumer.endOffsets(List.of(STOCK)).get(STOCK);
            while (consumer.position(STOCK) < end) {
                consumer.poll(Duration.ofSeconds(1)).forEach(messages::add);
            }
        }
        return messages;
    }

    private static class Killed extends RuntimeException {

        Killed() {
            super("killed");
        }
    }

    private record DiesAtCommit(PlatformTransactionManager transactions)
            implements PlatformTransactionManager {

        @Override
        public TransactionStatus getTransaction(TransactionDefinition definition) {
            return transactions.getTransaction(definition);
        }

        @Override
        public void commit(TransactionStatus status) {
            transactions.rollback(status);
            throw new Killed();
        }

        @Override
        public void rollback(TransactionStatus status) {
            transactions.rollback(status);
        }
    }
}
