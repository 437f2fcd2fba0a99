package duka.catalog;

import duka.messaging.Outbox;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Puts vendors' products on sale and takes them off as the vendor is approved, suspended or closed:
 * page by page, for a vendor may have very many. Where it is interrupted, the next run goes on.
 * Every replica may run it at any time, for each page is locked while it is turned.
 */
@Component
class Settling {

    private static final Logger log = LoggerFactory.getLogger(Settling.class);

    private static final int PAGE = 500;

    private final Vendors vendors;
    private final Shelves shelves;
    private final Outbox outbox;
    private final Cache cache;
    private final TransactionTemplate transaction;

    Settling(
            Vendors vendors,
            Shelves shelves,
            Outbox outbox,
            Cache cache,
            TransactionTemplate transaction) {
        this.vendors = vendors;
        this.shelves = shelves;
        this.outbox = outbox;
        this.cache = cache;
        this.transaction = transaction;
    }

    @Scheduled(fixedDelayString = "${duka.catalog.settle:1s}")
    void settle() {
        for (var vendor : vendors.toSettle()) {
            int settled = 0;
            int page;
            do {
                page = settlePage(vendor);
                settled += page;
            } while (page > 0);
            log.info("vendor {}: {} products follow its standing", vendor, settled);
        }
    }

    /**
     * @return how many products it had
     */
    private int settlePage(UUID id) {
        // Nobody puts a product on sale by an older standing while its vendor is locked.
        var page =
                transaction.execute(
                        _ -> {
                            var vendor = vendors.lock(id).orElseThrow();
                            var turned = shelves.turn(id, vendor.approved(), PAGE);
                            outbox.addAll(turned.changed());
                            cache.forgetAfterCommit();
                            return new Page(vendor, turned.count());
                        });
        if (page.count() == 0) {
            vendors.settle(page.vendor());
        }
        return page.count();
    }

    private record Page(Vendors.Vendor vendor, int count) {}
}
