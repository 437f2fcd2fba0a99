package duka.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import duka.events.Event;
import duka.events.OrderEvent.OrderConfirmed;
import duka.events.OrderEvent.OrderDelivered;
import duka.events.OrderEvent.OrderReturned;
import duka.events.Topics;
import duka.messaging.OutboxRelay.Outcome.Busy;
import duka.testing.Cable;
import duka.testing.Infrastructure;
import duka.testing.Parallel;
import duka.testing.Server;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.TopicPartition;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The broker and the database go away and come back. */
@SpringBootTest(
        properties = {
            "spring.application.name=away-service",
            NotesService.MIGRATIONS,
            "spring.datasource.hikari.connection-timeout=500",
            "spring.datasource.hikari.validation-timeout=250",
            "spring.datasource.hikari.data-source-properties.socketTimeout=2",
            "spring.kafka.properties[request.timeout.ms]=2000"
        })
@Import(Infrastructure.class)
@DirtiesContext
@ExtendWith(OutputCaptureExtension.class)
class AwayIT {

    static final Cable TO_KAFKA = new Cable();
    static final Cable TO_POSTGRES = new Cable();
    static final Server BROKER = Infrastructure.kafkaBehind(TO_KAFKA);

    @DynamicPropertySource
    static void throughCables(DynamicPropertyRegistry properties) {
        TO_POSTGRES.leadsTo(Infrastructure.postgres());
        properties.add("spring.kafka.bootstrap-servers", TO_KAFKA::address);
        properties.add(
                "spring.datasource.url",
                () -> "jdbc:postgresql://%s/duka".formatted(TO_POSTGRES.address()));
    }

    @AfterAll
    static void takeDown() {
        BROKER.close();
        TO_KAFKA.close();
        TO_POSTGRES.close();
    }

    @Autowired Outbox outbox;
    @Autowired OutboxSchedule schedule;
    @Autowired NotesFeed notes;
    @Autowired DeadLetters deadLetters;
    @Autowired JdbcClient jdbc;
    @Autowired PlatformTransactionManager transactions;
    @Autowired MeterRegistry meters;
    @Autowired Flyway flyway;
    @Autowired KafkaTemplate<String, byte[]> kafka;
    @Autowired ConsumerFactory<String, byte[]> consumers;

    final UUID id = UUID.randomUUID();
    final List<ProducerFactory<String, byte[]>> producers = new ArrayList<>();

    @AfterEach
    void plugIn() {
        notes.stumbles(_ -> {});
        TO_KAFKA.plugIn();
        TO_POSTGRES.plugIn();
        schedule.start();
        producers.forEach(ProducerFactory::reset);
    }

    @Test
    void the_outbox_waits_for_a_broker_that_is_away() {
        say(new OrderConfirmed(id));
        eventuallyNoted("OrderConfirmed");

        TO_KAFKA.pull();
        say(new OrderDelivered(id));
        say(new OrderReturned(id), new OrderConfirmed(id));
        await().during(Duration.ofSeconds(1)).until(() -> waiting() > 0);
        TO_KAFKA.plugIn();

        eventuallyNoted("OrderConfirmed", "OrderDelivered", "OrderReturned", "OrderConfirmed");
        await().until(() -> waiting() == 0);
    }

    @Test
    void a_database_that_goes_away_in_the_middle_of_a_batch_is_waited_for() {
        sayThreeAndInTheMiddle(TO_POSTGRES::pull);

        await().atMost(Duration.ofSeconds(30)).until(() -> retries() >= 2);
        TO_POSTGRES.plugIn();

        allThreeAreNoted();
    }

    @Test
    void a_database_that_dies_without_a_word_is_missed_soon() {
        sayThreeAndInTheMiddle(TO_POSTGRES::fallSilent);

        allThreeAreNoted();
    }

    @Test
    void a_migration_may_take_longer_than_any_other_statement() {
        assertThatThrownBy(this::takeThreeSeconds)
                .isInstanceOf(DataAccessResourceFailureException.class);

        Flyway.configure()
                .dataSource(flyway.getConfiguration().getDataSource())
                .locations("classpath:db/slow")
                .table("slow_history")
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .load()
                .migrate();

        assertThatThrownBy(this::takeThreeSeconds)
                .as("on a connection that the migration has given back")
                .isInstanceOf(DataAccessResourceFailureException.class);
    }

    @Test
    void a_relay_that_alone_cannot_reach_kafka_makes_way_for_one_that_can(CapturedOutput output) {
        schedule.stop();
        var cutOff = relay(kafka, Duration.ofSeconds(2));
        var other = relay(Duration.ofMinutes(1));
        say(new OrderConfirmed(UUID.randomUUID()));
        assertThat(cutOff.relay()).isOne();

        TO_KAFKA.fallSilent();
        say(new OrderConfirmed(id));
        var inVain = Parallel.start(cutOff::relay);
        await().until(() -> holderOfTheLock().isPresent());
        assertThat(other.round()).isInstanceOf(Busy.class);

        await().atMost(Duration.ofSeconds(30)).until(() -> other.relay() == 1);
        assertThatThrownBy(inVain::join).hasMessageContaining("did not take");
        assertThat(output).doesNotContain(id.toString());

        say(new OrderDelivered(id));
        assertThat(cutOff.round()).isInstanceOf(Busy.class);
        assertThat(other.relay()).isOne();
        assertThat(published()).containsExactly("OrderConfirmed", "OrderDelivered");
    }

    @Test
    void what_a_relay_held_when_it_lost_its_lock_does_not_come_after_what_another_has_sent() {
        schedule.stop();
        var cutOff = relay(Duration.ofMinutes(1));
        var other = relay(Duration.ofMinutes(1));
        say(new OrderConfirmed(UUID.randomUUID()));
        assertThat(cutOff.relay()).isOne();

        TO_KAFKA.fallSilent();
        say(new OrderConfirmed(id));
        var inVain = Parallel.start(cutOff::relay);
        await().until(() -> holderOfTheLock().isPresent());
        jdbc.sql("select pg_terminate_backend(?)")
                .param(holderOfTheLock().orElseThrow())
                .query(Boolean.class)
                .single();
        say(new OrderDelivered(id));
        await().until(() -> other.relay() == 2);
        await().until(inVain::isCompletedExceptionally);

        TO_KAFKA.pull();
        TO_KAFKA.plugIn();
        say(new OrderConfirmed(UUID.randomUUID()));
        await().atMost(Duration.ofSeconds(30)).until(() -> cutOff.relay() == 1);
        assertThat(published()).containsExactly("OrderConfirmed", "OrderDelivered");
    }

    /** As if of another process, with a producer of its own. */
    private void sayThreeAndInTheMiddle(Runnable happens) {
        var happened = new AtomicBoolean();
        notes.stumbles(
                event -> {
                    if (event instanceof OrderDelivered && happened.compareAndSet(false, true)) {
                        happens.run();
                    }
                });
        say(new OrderConfirmed(id), new OrderDelivered(id), new OrderReturned(id));
    }

    private void allThreeAreNoted() {
        eventuallyNoted("OrderConfirmed", "OrderDelivered", "OrderReturned");
        assertThat(deadLetters.count(null, null)).isZero();
        await().until(() -> waiting() == 0);
    }

    private OutboxRelay relay(Duration patience) {
        var producer = kafka.getProducerFactory().copyWithConfigurationOverride(Map.of());
        producers.add(producer);
        return relay(new KafkaTemplate<>(producer), patience);
    }

    private OutboxRelay relay(KafkaTemplate<String, byte[]> kafka, Duration patience) {
        return new OutboxRelay(
                jdbc,
                new TransactionTemplate(transactions),
                kafka,
                meters,
                "away-service",
                10,
                patience);
    }

    private Optional<Integer> holderOfTheLock() {
        return jdbc.sql(
                        """
                        select pid from pg_locks join pg_stat_activity using (pid)
                         where locktype = 'advisory' and usename = current_user
                        """)
                .query(Integer.class)
                .optional();
    }

    private void takeThreeSeconds() {
        jdbc.sql("select pg_sleep(3)").query().singleRow();
    }

    /** What has been sent of this key, in order, resent or not. */
    private List<String> published() {
        var types = new ArrayList<String>();
        try (var consumer = consumers.createConsumer()) {
            var orders = List.of(new TopicPartition(Topics.ORDERS, 0));
            consumer.assign(orders);
            consumer.seekToBeginning(orders);
            long end = consumer.endOffsets(orders).get(orders.getFirst());
            while (consumer.position(orders.getFirst()) < end) {
                consumer.poll(Duration.ofSeconds(1))
                        .forEach(
                                message -> {
                                    if (message.key().equals(id.toString())) {
                                        types.add(Headers.text(message, Headers.TYPE));
                                    }
                                });
            }
        }
        return types;
    }

    private void say(Event... events) {
        new TransactionTemplate(transactions)
                .executeWithoutResult(_ -> outbox.addAll(List.of(events)));
    }

    private long waiting() {
        return jdbc.sql("select count(*) from outbox").query(Long.class).single();
    }

    private double retries() {
        return meters.counter("duka.delivery.retries", "group", "away-service").count();
    }

    private void eventuallyNoted(String... types) {
        await().atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(notes.noted(id)).containsExactly(types));
    }
}
