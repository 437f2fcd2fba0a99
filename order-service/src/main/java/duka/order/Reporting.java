package duka.order;

import static java.time.DayOfWeek.MONDAY;
import static java.time.temporal.TemporalAdjusters.previousOrSame;

import duka.events.Money;
import duka.events.ReportEvent.ProductSales;
import duka.events.ReportEvent.SalesReported;
import duka.messaging.Outbox;
import duka.messaging.Uuid7;
import duka.order.SalesQuestion.By;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import net.javacrumbs.shedlock.spring.annotation.SchedulerLock;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Tells what was sold: whoever asks, and staff every week. */
@Service
@Transactional(readOnly = true)
public class Reporting {

    private static final int BEST = 10;

    private final Sales sales;
    private final Outbox outbox;
    private final ShopProperties shop;
    private final Clock clock;

    Reporting(Sales sales, Outbox outbox, ShopProperties shop, Clock clock) {
        this.sales = sales;
        this.outbox = outbox;
        this.shop = shop;
        this.clock = clock;
    }

    public List<SalesRow> list(SalesQuestion question, int most, long offset) {
        return sales.list(question, most, offset);
    }

    public long count(SalesQuestion question) {
        return sales.count(question);
    }

    /**
     * Says what was sold last week, Monday to Sunday, unless that has been said. It tries again
     * until the day is over, so that a process that dies over it does not cost the report.
     */
    @Scheduled(cron = "${duka.reports.weekly:0 0/15 9-23 * * MON}", zone = "UTC")
    @SchedulerLock(name = "weekly-sales-report")
    @Transactional
    public void reportLastWeek() {
        var now = clock.instant();
        var monday = LocalDate.ofInstant(now, ZoneOffset.UTC).with(previousOrSame(MONDAY));
        var week = monday.minusWeeks(1);
        var report = Uuid7.mint(clock);
        if (!sales.beginReport(week, report, now)) {
            return;
        }
        var from = week.atStartOfDay(ZoneOffset.UTC).toInstant();
        var to = monday.atStartOfDay(ZoneOffset.UTC).toInstant();
        var question = new SalesQuestion(from, to, By.PRODUCT, null);
        var total = sales.total(question, shop.currency());
        var best =
                sales.best(question, shop.currency(), BEST).stream()
                        .map(
                                row ->
                                        new ProductSales(
                                                row.productId(),
                                                row.name(),
                                                Math.toIntExact(row.units()),
                                                money(row.revenue())))
                        .toList();
        outbox.add(
                new SalesReported(
                        report,
                        from,
                        to,
                        Math.toIntExact(total.orders()),
                        Math.toIntExact(total.cancelled()),
                        Math.toIntExact(total.units()),
                        money(total.revenue()),
                        best));
    }

    private Money money(BigDecimal amount) {
        return Money.of(amount, shop.currency());
    }
}
