package duka.messaging;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param batch how many events the relay sends in one transaction
 * @param gather how far apart the relay's rounds are at least, so that batches form under load
 * @param poll how often the relay looks for events that nobody told it of
 * @param inboxRetention how long an event is remembered; a day longer than the topics keep it
 * @param createTopics whether services create the topics that are not there
 * @param partitions of each topic that is created
 * @param topicRetention how long a created topic keeps its events
 */
@ConfigurationProperties("duka.messaging")
record MessagingProperties(
        @DefaultValue("500") int batch,
        @DefaultValue("30ms") Duration gather,
        @DefaultValue("1s") Duration poll,
        @DefaultValue("8d") Duration inboxRetention,
        @DefaultValue("true") boolean createTopics,
        @DefaultValue("12") int partitions,
        @DefaultValue("7d") Duration topicRetention) {}
