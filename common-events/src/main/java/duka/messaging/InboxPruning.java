package duka.messaging;

import static duka.sql.Rows.at;

import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;

/** Forgets what Kafka itself has forgotten. Any number of replicas may do it at once. */
class InboxPruning {

    private static final Logger log = LoggerFactory.getLogger(InboxPruning.class);

    private static final int AT_ONCE = 10_000;

    private final JdbcClient jdbc;
    private final Clock clock;
    private final Duration retention;

    InboxPruning(JdbcClient jdbc, Clock clock, MessagingProperties properties) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.retention = properties.inboxRetention();
    }

    @Scheduled(initialDelayString = "PT5M", fixedDelayString = "PT1H")
    void prune() {
        var before = at(clock.instant().minus(retention));
        int forgotten = 0;
        int pruned;
        do {
            pruned =
                    jdbc.sql(
                                    """
                                    delete from inbox where ctid = any (array(
                                        select ctid from inbox where heard_at < ?
                                         limit ? for update skip locked))
                                    """)
                            .param(before)
                            .param(AT_ONCE)
                            .update();
            forgotten += pruned;
        } while (pruned == AT_ONCE);
        if (forgotten > 0) {
            log.info("Forgot {} events heard before {}", forgotten, before);
        }
    }
}
