package duka.messaging;

import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.RETENTION_MS_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.SEGMENT_MS_CONFIG;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.mock.env.MockEnvironment;

class TopicCreationTest {

    static final MessagingProperties DEFAULTS =
            Binder.get(new MockEnvironment())
                    .bindOrCreate("duka.messaging", MessagingProperties.class);

    @Test
    void no_topic_that_forgets_keeps_an_event_longer_than_the_inbox_remembers_it() {
        var forgetting =
                TopicCreation.topics(DEFAULTS).stream()
                        .map(topic -> topic.configs())
                        .filter(settings -> !settings.containsKey(CLEANUP_POLICY_CONFIG))
                        .toList();

        assertThat(forgetting)
                .hasSize(7)
                .allSatisfy(
                        settings ->
                                assertThat(
                                                millis(settings, RETENTION_MS_CONFIG)
                                                        .plus(millis(settings, SEGMENT_MS_CONFIG)))
                                        .isLessThan(DEFAULTS.inboxRetention()));
    }

    private static Duration millis(Map<String, String> settings, String name) {
        return Duration.ofMillis(Long.parseLong(settings.get(name)));
    }
}
