package duka.catalog;

import duka.events.AccountEvent;
import duka.events.AccountEvent.AccountDeactivated;
import duka.events.AccountEvent.AccountReactivated;
import duka.events.AccountEvent.Standing;
import duka.events.AccountEvent.VendorChanged;
import duka.events.Topics;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Keeps catalog's copy of the vendors; their products follow by {@link Settling}. */
@Component
class VendorFeed {

    private final Vendors vendors;

    VendorFeed(Vendors vendors) {
        this.vendors = vendors;
    }

    @KafkaListener(topics = Topics.ACCOUNTS, groupId = "catalog-vendors")
    void onAccounts(List<AccountEvent.ForVendors> heard) {
        var standings = new HashMap<UUID, Standing>();
        var accesses = new HashMap<UUID, Boolean>();
        for (var event : heard) {
            switch (event) {
                case VendorChanged vendor -> standings.put(vendor.accountId(), vendor.standing());
                case AccountDeactivated account -> accesses.put(account.accountId(), false);
                case AccountReactivated account -> accesses.put(account.accountId(), true);
            }
        }
        vendors.learn(standings);
        vendors.learnAccess(accesses);
    }
}
