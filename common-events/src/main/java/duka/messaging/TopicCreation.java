package duka.messaging;

import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_COMPACT;
import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.RETENTION_MS_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.SEGMENT_MS_CONFIG;

import duka.events.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * Creates the topics that are not there yet, before anybody listens. It never changes one that is:
 * with more partitions a key would move to another, and its events would overtake each other.
 */
class TopicCreation implements SmartInitializingSingleton {

    private static final Logger log = LoggerFactory.getLogger(TopicCreation.class);

    private static final int PATIENCE_MS = 5_000;

    /**
     * Kafka forgets a segment when the newest event in it is old enough, so the oldest one stays
     * for that much longer: by default for another week, which no inbox remembers.
     */
    private static final Duration SEGMENT = Duration.ofHours(12);

    private final Map<String, Object> connection;
    private final List<NewTopic> topics;
    private volatile boolean done;

    TopicCreation(Map<String, Object> connection, MessagingProperties properties) {
        this.connection = new HashMap<>(connection);
        this.connection.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MS);
        this.connection.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MS);
        this.topics = topics(properties);
    }

    static List<NewTopic> topics(MessagingProperties properties) {
        return Stream.of(
                        Topics.CART,
                        Topics.ORDERS,
                        Topics.STOCK,
                        Topics.PAYMENTS,
                        Topics.PRODUCTS,
                        Topics.ACCOUNTS,
                        Topics.LEDGER,
                        Topics.REPORTS)
                .map(name -> topic(name, properties))
                .toList();
    }

    private static NewTopic topic(String name, MessagingProperties properties) {
        var topic = new NewTopic(name, Optional.of(properties.partitions()), Optional.empty());
        return name.equals(Topics.PRODUCTS)
                ? topic.configs(Map.of(CLEANUP_POLICY_CONFIG, CLEANUP_POLICY_COMPACT))
                : topic.configs(
                        Map.of(
                                RETENTION_MS_CONFIG,
                                String.valueOf(properties.topicRetention().toMillis()),
                                SEGMENT_MS_CONFIG,
                                String.valueOf(SEGMENT.toMillis())));
    }

    @Override
    public void afterSingletonsInstantiated() {
        createMissing();
    }

    /** Kafka may come later than we do. */
    @Scheduled(initialDelayString = "PT10S", fixedDelayString = "PT10S")
    void tryAgain() {
        if (!done) {
            createMissing();
        }
    }

    private void createMissing() {
        try (var admin = Admin.create(connection)) {
            var there = admin.listTopics().names().get(PATIENCE_MS, TimeUnit.MILLISECONDS);
            var missing = topics.stream().filter(topic -> !there.contains(topic.name())).toList();
            for (var created : admin.createTopics(missing).values().entrySet()) {
                if (isNew(created.getValue())) {
                    log.info("Created the topic {}", created.getKey());
                }
            }
            done = true;
        } catch (KafkaException | ExecutionException | TimeoutException e) {
            log.warn("The topics cannot be created yet: {}", Faults.reason(e));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isNew(KafkaFuture<Void> created)
            throws ExecutionException, InterruptedException {
        try {
            created.get();
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TopicExistsException) {
                return false; // another service was faster
            }
            throw e;
        }
    }
}
