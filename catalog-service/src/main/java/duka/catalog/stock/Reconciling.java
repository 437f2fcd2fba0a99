package duka.catalog.stock;

import static java.util.stream.Collectors.toMap;

import duka.events.InventoryReconciled;
import duka.events.InventoryReconciled.Difference;
import duka.events.InventoryReconciled.Figure;
import duka.messaging.Outbox;
import duka.messaging.Uuid7;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import net.javacrumbs.shedlock.spring.annotation.SchedulerLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Compares the stock with its books once a day: what is on hand with all that came and went, and
 * what is reserved with what is held for orders. It only tells; what to do about a difference is
 * for people to decide.
 */
@Component
class Reconciling {

    private static final Logger log = LoggerFactory.getLogger(Reconciling.class);

    private static final int PAGE = 1_000;

    /** An event with more of them would not fit into a message; the report has them all. */
    private static final int MOST_SAID = 5_000;

    private record Entry(UUID productId, long onHand, long reserved, long moved) {}

    private record Held(UUID productId, long units) {}

    private record Comparison(int products, List<Difference> differences) {}

    private final JdbcClient jdbc;
    private final InventoryReports reports;
    private final Outbox outbox;
    private final Clock clock;
    private final TransactionTemplate transaction;
    private final TransactionTemplate snapshot;

    Reconciling(
            JdbcClient jdbc,
            InventoryReports reports,
            Outbox outbox,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.reports = reports;
        this.outbox = outbox;
        this.clock = clock;
        this.transaction = new TransactionTemplate(transactions);
        this.snapshot = new TransactionTemplate(transactions);
        snapshot.setReadOnly(true);
        snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    }

    @Scheduled(cron = "${duka.stock.reconcile:0 0 9 * * *}", zone = "UTC")
    @SchedulerLock(name = "reconcile-inventory", lockAtMostFor = "PT1H")
    void reconcile() {
        var now = clock.instant();
        var day = LocalDate.ofInstant(now, ZoneOffset.UTC);
        if (reports.hasOneOf(day)) {
            return;
        }
        var found = snapshot.execute(_ -> compare());
        var report =
                new InventoryReport(
                        Uuid7.mint(clock), day, now, found.products(), found.differences().size());
        transaction.executeWithoutResult(_ -> tell(report, found.differences()));
    }

    private void tell(InventoryReport report, List<Difference> differences) {
        if (!reports.add(report, differences)) {
            return;
        }
        outbox.add(
                new InventoryReconciled(
                        report.id(),
                        report.at(),
                        report.products(),
                        differences.stream().limit(MOST_SAID).toList()));
        if (differences.isEmpty()) {
            log.info("the stock of all {} products is as its books say", report.products());
        } else {
            log.error(
                    "of {} products, {} figures are not as the books say: inventory report {}",
                    report.products(),
                    differences.size(),
                    report.id());
        }
    }

    private Comparison compare() {
        var held = held();
        var differences = new ArrayList<Difference>();
        int products = 0;
        var last = new UUID(0, 0);
        List<Entry> page;
        do {
            page = entries(last);
            for (var entry : page) {
                var reserved = held.remove(entry.productId());
                compare(entry, Figure.ON_HAND, entry.moved(), entry.onHand(), differences);
                compare(
                        entry,
                        Figure.RESERVED,
                        reserved == null ? 0 : reserved,
                        entry.reserved(),
                        differences);
                last = entry.productId();
            }
            products += page.size();
        } while (page.size() == PAGE);
        held.forEach(
                (product, units) ->
                        differences.add(new Difference(product, Figure.RESERVED, units, 0)));
        return new Comparison(products, differences);
    }

    private static void compare(
            Entry entry, Figure figure, long expected, long found, List<Difference> differences) {
        if (expected != found) {
            differences.add(new Difference(entry.productId(), figure, expected, found));
        }
    }

    /** Few orders are held at a time, however many there have been. */
    private Map<UUID, Long> held() {
        return jdbc
                .sql(
                        """
                        select product_id, sum(quantity) as units
                        from reservations join reservation_lines using (order_id)
                        where status = 'HELD'
                        group by product_id
                        """)
                .query(
                        (row, _) ->
                                new Held(
                                        row.getObject("product_id", UUID.class),
                                        row.getLong("units")))
                .list()
                .stream()
                .collect(toMap(Held::productId, Held::units));
    }

    private List<Entry> entries(UUID after) {
        return jdbc.sql(
                        """
                        select stock.product_id, on_hand, reserved, moved
                        from (select * from stock where product_id > :after
                              order by product_id limit :page) as stock
                        cross join lateral (
                            select coalesce(sum(quantity), 0) from stock_movements
                            where product_id = stock.product_id) as book (moved)
                        order by stock.product_id
                        """)
                .param("after", after)
                .param("page", PAGE)
                .query(
                        (row, _) ->
                                new Entry(
                                        row.getObject("product_id", UUID.class),
                                        row.getLong("on_hand"),
                                        row.getLong("reserved"),
                                        row.getLong("moved")))
                .list();
    }
}
