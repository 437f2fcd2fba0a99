package duka.identity.mail;

import static duka.identity.mail.Template.SALES_REPORT;

import duka.events.ReportEvent;
import duka.events.ReportEvent.ProductSales;
import duka.events.ReportEvent.SalesReported;
import duka.events.Topics;
import duka.messaging.Said;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Sends the store managers what is reported to them. */
@Component
class ReportFeed {

    private final Beginning beginning;
    private final Mailbox mailbox;

    ReportFeed(Beginning beginning, Mailbox mailbox) {
        this.beginning = beginning;
        this.mailbox = mailbox;
    }

    @KafkaListener(topics = Topics.REPORTS, groupId = "identity-mail")
    void onReports(List<Said<ReportEvent>> heard) {
        for (var said : beginning.news(heard)) {
            switch (said.event()) {
                case SalesReported sales ->
                        mailbox.postToStoreManagers(
                                SALES_REPORT, "sales-report:" + sales.reportId(), facts(sales));
            }
        }
    }

    private static Map<String, Object> facts(SalesReported sales) {
        return Map.of(
                "from", Shown.day(sales.from()),
                "to", Shown.day(sales.to().minus(Duration.ofNanos(1))),
                "orders", sales.orders(),
                "cancelled", sales.cancelled(),
                "units", sales.units(),
                "revenue", sales.revenue().toString(),
                "best", sales.best().stream().map(ReportFeed::best).toList());
    }

    private static Map<String, Object> best(ProductSales sales) {
        return Map.of(
                "product", sales.name(),
                "units", sales.units(),
                "revenue", sales.revenue().toString());
    }
}
