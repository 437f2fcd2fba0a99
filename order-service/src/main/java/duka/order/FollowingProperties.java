package duka.order;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param poll how often a process looks for news of the orders that are followed there
 * @param heartbeat after how much silence a follower is told that all is well
 * @param arrival how long a confirmed checkout may take to be heard of before it counts as not
 *     confirmed
 * @param longest how long one stream lasts; a follower begins the next where it ended
 * @param most how many streams a process keeps open; each takes a connection of the web server's
 * @param mostEach how many of them are one account's
 */
@ConfigurationProperties("duka.following")
public record FollowingProperties(
        @DefaultValue("200ms") Duration poll,
        @DefaultValue("15s") Duration heartbeat,
        @DefaultValue("2s") Duration arrival,
        @DefaultValue("30m") Duration longest,
        @DefaultValue("2000") int most,
        @DefaultValue("10") int mostEach) {}
