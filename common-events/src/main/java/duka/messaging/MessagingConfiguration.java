package duka.messaging;

import duka.tracing.Traces;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.boot.kafka.autoconfigure.ConcurrentKafkaListenerContainerFactoryConfigurer;
import org.springframework.boot.kafka.autoconfigure.DefaultKafkaProducerFactoryCustomizer;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.PropertySource;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.support.ProducerListener;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.backoff.ExponentialBackOff;

/** Gives every service its outbox, its inbox and its dead letters, tables included. */
@AutoConfiguration(before = KafkaAutoConfiguration.class)
@EnableConfigurationProperties(MessagingProperties.class)
@EnableScheduling
@PropertySource("classpath:duka-messaging.properties")
class MessagingConfiguration {

    /**
     * What the relay gives up after that is under way nowhere any more: Linux resends the last
     * bytes of a closed connection for most of a minute.
     */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.systemUTC();
    }

    /** A statement is cut off when the database is silent for long; a migration may be long. */
    @Bean
    FlywayConfigurationCustomizer unhurried() {
        return flyway -> flyway.dataSource(new UnhurriedDataSource(flyway.getDataSource()));
    }

    /**
     * The service's own tables first: a schema that is not empty can be baselined, but only once.
     */
    @Bean
    FlywayMigrationStrategy messagingTablesToo() {
        return service -> {
            service.migrate();
            Flyway.configure()
                    .dataSource(service.getConfiguration().getDataSource())
                    .locations("classpath:db/messaging")
                    .table("messaging_history")
                    .baselineOnMigrate(true)
                    .baselineVersion("0")
                    .load()
                    .migrate();
        };
    }

    @Bean
    EventCodec eventCodec() {
        return new EventCodec();
    }

    @Bean
    Outbox outbox(
            JdbcClient jdbc,
            EventCodec codec,
            Clock clock,
            Traces traces,
            OutboxSchedule schedule) {
        return new Outbox(jdbc, codec, clock, traces, schedule::wake);
    }

    @Bean
    OutboxRelay outboxRelay(
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            KafkaTemplate<String, byte[]> kafka,
            ObjectProvider<MeterRegistry> meters,
            Environment environment,
            MessagingProperties properties) {
        return new OutboxRelay(
                jdbc,
                ownTransaction(transactions),
                kafka,
                orGlobal(meters),
                environment.getRequiredProperty("spring.application.name"),
                properties.batch(),
                PATIENCE);
    }

    @Bean
    OutboxSchedule outboxSchedule(OutboxRelay relay, MessagingProperties properties) {
        return new OutboxSchedule(relay, properties);
    }

    @Bean
    Parking parking(JdbcClient jdbc, Clock clock) {
        return new Parking(jdbc, clock);
    }

    @Bean
    Deliveries deliveries(
            EventCodec codec,
            JdbcClient jdbc,
            Parking parking,
            PlatformTransactionManager transactions,
            Clock clock,
            Traces traces,
            ObjectProvider<MeterRegistry> meters) {
        return new Deliveries(
                codec,
                new Inbox(jdbc, clock),
                parking,
                ownTransaction(transactions),
                clock,
                traces,
                orGlobal(meters));
    }

    @Bean
    ListenerContainers kafkaListenerContainerFactory(
            ConcurrentKafkaListenerContainerFactoryConfigurer configurer,
            ConsumerFactory<Object, Object> consumers,
            Deliveries deliveries) {
        var containers = new ListenerContainers(deliveries);
        configurer.configure(containers, consumers);
        return containers;
    }

    @Bean
    DeadLetters deadLetters(
            Parking parking, Deliveries deliveries, PlatformTransactionManager transactions) {
        return new DeadLetters(parking, deliveries, ownTransaction(transactions));
    }

    @Bean
    InboxPruning inboxPruning(JdbcClient jdbc, Clock clock, MessagingProperties properties) {
        return new InboxPruning(jdbc, clock, properties);
    }

    @Bean
    MessagingMeters messagingMeters(JdbcClient jdbc, Clock clock) {
        return new MessagingMeters(jdbc, clock);
    }

    @Bean
    HandOver handOver(Traces traces) {
        return new HandOver(traces);
    }

    /**
     * {@link Delivery} throws only what will pass, so there is no end to trying. The consumer is
     * paused in the meantime and stays in its group.
     */
    @Bean
    CommonErrorHandler tryForAsLongAsItTakes() {
        var backOff = new ExponentialBackOff(200, 2);
        backOff.setMaxInterval(10_000);
        backOff.setJitter(100);
        var handler = new DefaultErrorHandler(backOff);
        handler.setClassifications(Map.of(), true);
        handler.setReclassifyOnExceptionChange(false);
        return handler;
    }

    @Bean
    DefaultKafkaProducerFactoryCustomizer closeAtOnce() {
        return factory -> factory.setPhysicalCloseTimeout(0); // the outbox has what is not sent
    }

    /** A round that fails is told of once, not with each of its events. */
    @Bean
    ProducerListener<Object, Object> saysNothing() {
        return new ProducerListener<>() {};
    }

    @Bean
    @ConditionalOnProperty(name = "duka.messaging.create-topics", matchIfMissing = true)
    TopicCreation topicCreation(KafkaAdmin kafka, MessagingProperties properties) {
        return new TopicCreation(kafka.getConfigurationProperties(), properties);
    }

    /** Never part of a caller's: a record's own transaction decides whether it has been heard. */
    private static TransactionTemplate ownTransaction(PlatformTransactionManager transactions) {
        var template = new TransactionTemplate(transactions);
        template.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        return template;
    }

    private static MeterRegistry orGlobal(ObjectProvider<MeterRegistry> meters) {
        return meters.getIfAvailable(() -> Metrics.globalRegistry);
    }
}
