package duka.cart;

import java.time.Clock;
import java.util.function.IntSupplier;
import net.javacrumbs.shedlock.spring.annotation.SchedulerLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Puts away the carts that nobody has touched for long, some at a time. A cart that somebody is
 * just using is not idle: it is passed over while it is locked, and has changed after that.
 */
@Component
class CartExpiry {

    private static final Logger log = LoggerFactory.getLogger(CartExpiry.class);
    private static final int SOME = 500;

    private final Carts carts;
    private final CartProperties properties;
    private final Clock clock;

    CartExpiry(Carts carts, CartProperties properties, Clock clock) {
        this.carts = carts;
        this.properties = properties;
        this.clock = clock;
    }

    @Scheduled(cron = "${duka.cart.expiry:0 */5 * * * *}", zone = "UTC")
    @SchedulerLock(name = "cart-expiry")
    void run() {
        var now = clock.instant();
        var idle = now.minus(properties.ttl());
        var longGone = now.minus(properties.guestTtl());
        var expired = whileThereAreMore(() -> carts.expire(idle, SOME));
        var forgotten = whileThereAreMore(() -> carts.forgetGuests(longGone, SOME));
        if (expired + forgotten > 0) {
            log.info("{} carts expired, {} guests' carts forgotten", expired, forgotten);
        }
    }

    private static int whileThereAreMore(IntSupplier page) {
        var total = 0;
        int some;
        do {
            some = page.getAsInt();
            total += some;
        } while (some == SOME);
        return total;
    }
}
