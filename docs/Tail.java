import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Prints a topic of a running shop from its beginning: key, type, body. */
class Tail {

    public static void main(String[] arguments) {
        var topic = arguments.length > 0 ? arguments[0] : "duka.orders.v1";
        var broker = arguments.length > 1 ? arguments[1] : "localhost:19092";
        var settings =
                Map.<String, Object>of(
                        "bootstrap.servers", broker,
                        "group.id", "tail-" + ProcessHandle.current().pid(),
                        "auto.offset.reset", "earliest");
        var text = new StringDeserializer();
        try (var consumer = new KafkaConsumer<>(settings, text, text)) {
            consumer.subscribe(List.of(topic));
            while (true) {
                for (var event : consumer.poll(Duration.ofSeconds(1))) {
                    var type = new String(event.headers().lastHeader("ce_type").value(), UTF_8);
                    System.out.printf("%s %s %s%n", event.key(), type, event.value());
                }
            }
        }
    }
}
