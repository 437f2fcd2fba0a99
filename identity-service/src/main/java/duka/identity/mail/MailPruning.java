package duka.identity.mail;

import java.time.Clock;
import java.util.function.IntSupplier;
import net.javacrumbs.shedlock.spring.annotation.SchedulerLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Forgets mails that went long ago, and whose the orders were that nobody writes about any more.
 */
@Component
class MailPruning {

    private static final Logger log = LoggerFactory.getLogger(MailPruning.class);

    private static final int AT_ONCE = 10_000;

    private final Mails mails;
    private final OrderCopies orders;
    private final Clock clock;
    private final MailProperties properties;

    MailPruning(Mails mails, OrderCopies orders, Clock clock, MailProperties properties) {
        this.mails = mails;
        this.orders = orders;
        this.clock = clock;
        this.properties = properties;
    }

    @Scheduled(cron = "${duka.mail.prune-at:0 17 3 * * *}", zone = "UTC")
    @SchedulerLock(name = "prune-mails")
    void prune() {
        var now = clock.instant();
        int mailsGone = all(() -> mails.forgetEndedBefore(now.minus(properties.keep()), AT_ONCE));
        int ordersGone =
                all(() -> orders.forgetHeardBefore(now.minus(properties.keepOrders()), AT_ONCE));
        log.info("Forgot {} mails and {} orders", mailsGone, ordersGone);
    }

    private static int all(IntSupplier some) {
        int all = 0;
        int part;
        do {
            part = some.getAsInt();
            all += part;
        } while (part == AT_ONCE);
        return all;
    }
}
