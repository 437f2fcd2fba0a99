package duka.catalog.stock;

import static duka.sql.Rows.at;
import static duka.sql.Rows.instant;

import duka.events.StockCritical;
import duka.messaging.Outbox;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import net.javacrumbs.shedlock.spring.annotation.SchedulerLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Watches for products that run low while nobody does anything about it, and says so once for each
 * spell in which their stock stands still.
 */
@Component
class Watching {

    private static final Logger log = LoggerFactory.getLogger(Watching.class);

    private static final int AT_ONCE = 500;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Outbox outbox;
    private final StockProperties properties;
    private final Clock clock;

    Watching(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            Outbox outbox,
            StockProperties properties,
            Clock clock) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.outbox = outbox;
        this.properties = properties;
        this.clock = clock;
    }

    @Scheduled(cron = "${duka.stock.watch:0 15 * * * *}", zone = "UTC")
    @SchedulerLock(name = "watch-stock")
    void watch() {
        int said;
        do {
            said = transaction.execute(_ -> sayMore());
            if (said > 0) {
                log.info("{} products are critical", said);
            }
        } while (said == AT_ONCE);
    }

    private int sayMore() {
        var critical = critical();
        outbox.addAll(critical);
        return critical.size();
    }

    /** Those that have not been said in this spell; from now on they have. */
    private List<StockCritical> critical() {
        var now = at(clock.instant());
        return jdbc.sql(
                        """
                        insert into stock_alerts
                            (product_id, quiet_since, available, low_threshold, said_at)
                        select stock.product_id, quiet.since, on_hand - reserved,
                               stock.low_threshold, :now
                        from stock
                        join products on products.id = stock.product_id
                        cross join lateral (
                            select coalesce(
                                (select made_at from stock_movements
                                 where product_id = stock.product_id
                                 order by id desc
                                 limit 1),
                                products.created_at)) as quiet (since)
                        where level <> 'IN' and active and quiet.since < :before
                          and not exists (
                              select from stock_alerts
                              where product_id = stock.product_id
                                and quiet_since = quiet.since)
                        order by stock.product_id
                        limit :most
                        on conflict (product_id) do update
                        set quiet_since = excluded.quiet_since,
                            available = excluded.available,
                            low_threshold = excluded.low_threshold,
                            said_at = excluded.said_at
                        where stock_alerts.quiet_since <> excluded.quiet_since
                        returning product_id, quiet_since, available, low_threshold
                        """)
                .param("now", now)
                .param("before", now.minus(properties.criticalAfter()))
                .param("most", AT_ONCE)
                .query(
                        (row, _) ->
                                new StockCritical(
                                        row.getObject("product_id", UUID.class),
                                        row.getInt("available"),
                                        row.getInt("low_threshold"),
                                        instant(row, "quiet_since")))
                .list();
    }
}
