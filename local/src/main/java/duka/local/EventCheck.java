package duka.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import tools.jackson.databind.JsonNode;

/**
 * Reads every event there is: each key's must come in the order in which they were said, and each
 * must be as its published schema says.
 */
final class EventCheck {

    private static final Duration POLL = Duration.ofSeconds(1);
    private static final int SHOWN = 10;

    private final Shop shop;
    private final Path schemas;
    private final Map<String, Optional<Schema>> byType = new HashMap<>();
    private final Map<String, String> lastOfKey = new HashMap<>();
    private final Set<String> seen = new HashSet<>();
    private final List<String> violations = new ArrayList<>();

    EventCheck(Shop shop) {
        this.shop = shop;
        this.schemas = shop.place().root().resolve("common-events/src/main/resources/schemas");
    }

    List<String> violations() {
        var properties = new Properties();
        properties.put("bootstrap.servers", shop.bootstrapServers());
        properties.put("enable.auto.commit", "false");
        properties.put("auto.offset.reset", "earliest");
        properties.put("fetch.max.bytes", "20000000");
        properties.put("max.poll.records", "5000");
        try (var consumer =
                new KafkaConsumer<>(
                        properties, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions =
                    consumer.listTopics().entrySet().stream()
                            .filter(topic -> topic.getKey().startsWith("duka."))
                            .flatMap(topic -> topic.getValue().stream())
                            .map(at -> new TopicPartition(at.topic(), at.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(at -> consumer.position(at) < ends.get(at))) {
                consumer.poll(POLL).forEach(this::check);
            }
        }
        int more = violations.size() - SHOWN;
        if (more > 0) {
            violations.subList(SHOWN, violations.size()).clear();
            violations.add("8: and %d more about events".formatted(more));
        }
        return violations;
    }

    private void check(ConsumerRecord<String, byte[]> event) {
        String id = header(event, "ce_id");
        String type = header(event, "ce_type");
        if (id.isEmpty() || type.isEmpty()) {
            violations.add("10: %s has no ce_id or ce_type".formatted(at(event)));
            return;
        }
        if (!seen.add(id)) {
            return;
        }
        // One service says all of a key's events on a topic, and its ids ascend.
        String last = lastOfKey.put(event.topic() + event.key(), id);
        if (last != null && last.compareTo(id) > 0) {
            violations.add(
                    "8: %s, %s of %s, comes after %s, which was said later"
                            .formatted(at(event), type, event.key(), last));
        }
        validate(event, type);
    }

    private void validate(ConsumerRecord<String, byte[]> event, String type) {
        Optional<Schema> schema = byType.computeIfAbsent(type, this::schema);
        if (schema.isEmpty()) {
            violations.add("10: there is no schema of %s, %s".formatted(type, at(event)));
            return;
        }
        JsonNode body = Api.JSON.readTree(event.value());
        schema.get()
                .complaints(body)
                .forEach(
                        complaint ->
                                violations.add(
                                        "10: %s at %s: %s".formatted(type, at(event), complaint)));
    }

    private Optional<Schema> schema(String type) {
        try (var files = Files.walk(schemas)) {
            return files.filter(file -> isOf(type, file)).max(Path::compareTo).map(Schema::read);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static boolean isOf(String type, Path file) {
        return file.getFileName().toString().matches(type + "\\.v\\d+\\.json");
    }

    private static String header(ConsumerRecord<String, byte[]> event, String name) {
        var header = event.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    private static String at(ConsumerRecord<String, byte[]> event) {
        return "%s-%d@%d".formatted(event.topic(), event.partition(), event.offset());
    }
}
