package duka.payment.payout;

import duka.events.AccountEvent;
import duka.events.AccountEvent.AccountDeactivated;
import duka.events.AccountEvent.AccountReactivated;
import duka.events.AccountEvent.AccountRegistered;
import duka.events.AccountEvent.AccountRolesChanged;
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
    void onAccounts(List<AccountEvent> heard) {
        var standings = new LinkedHashMap<UUID, Standing>();
        for (var event : heard) {
            switch (event) {
                case VendorChanged vendor -> standings.put(vendor.accountId(), vendor.standing());
                // What a vendor has earned is its own, whether or not it can sign in.
                case AccountDeactivated _, AccountReactivated _ -> {}
                case AccountRegistered _, AccountRolesChanged _ -> {}
            }
        }
        vendors.learn(standings);
    }
}
