package duka.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import duka.events.Event;
import duka.events.OrderEvent.OrderConfirmed;
import duka.events.OrderEvent.OrderDelivered;
import duka.events.OrderEvent.OrderReturned;
import duka.testing.Cable;
import duka.testing.Infrastructure;
import duka.testing.Server;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
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
            "spring.kafka.properties[request.timeout.ms]=2000"
        })
@Import(Infrastructure.class)
@DirtiesContext
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
    @Autowired NotesFeed notes;
    @Autowired DeadLetters deadLetters;
    @Autowired JdbcClient jdbc;
    @Autowired PlatformTransactionManager transactions;
    @Autowired MeterRegistry meters;

    final UUID id = UUID.randomUUID();

    @AfterEach
    void plugIn() {
        notes.stumbles(_ -> {});
        TO_KAFKA.plugIn();
        TO_POSTGRES.plugIn();
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
        var pulled = new AtomicBoolean();
        notes.stumbles(
                event -> {
                    if (event instanceof OrderDelivered && pulled.compareAndSet(false, true)) {
                        TO_POSTGRES.pull();
                    }
                });
        say(new OrderConfirmed(id), new OrderDelivered(id), new OrderReturned(id));

        await().atMost(Duration.ofSeconds(30)).until(() -> retries() >= 2);
        TO_POSTGRES.plugIn();

        eventuallyNoted("OrderConfirmed", "OrderDelivered", "OrderReturned");
        assertThat(deadLetters.count(null, null)).isZero();
        await().until(() -> waiting() == 0);
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
