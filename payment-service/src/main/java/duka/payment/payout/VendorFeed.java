package duka.payment.payout;

import duka.events.AccountEvent.Standing;
import duka.events.AccountEvent.VendorChanged;
import duka.events.Topics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Keeps a copy of how the shop sees its vendors: a suspended one is paid nothing. */
@Component
class VendorFeed {

    private final Vendors vendors;

    VendorFeed(Vendors vendors) {
        this.vendors = vendors;
    }

    @KafkaListener(topics = Topics.ACCOUNTS, groupId = "payment-vendors")
    void onAccounts(List<VendorChanged> heard) {
        var standings = new LinkedHashMap<UUID, Standing>();
        heard.forEach(vendor -> standings.put(vendor.accountId(), vendor.standing()));
        vendors.learn(standings);
    }
}
