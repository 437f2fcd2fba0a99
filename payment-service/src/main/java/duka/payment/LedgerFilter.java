package duka.payment;

import duka.payment.LedgerEntry.Account;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which entries to list; what is not given does not matter. */
public record LedgerFilter(
        @Nullable Account account, @Nullable UUID vendorId, @Nullable UUID orderId) {

    String where() {
        var conditions = new ArrayList<String>();
        if (account != null) {
            conditions.add("account = :account");
        }
        if (vendorId != null) {
            conditions.add("vendor_id = :vendor");
        }
        if (orderId != null) {
            conditions.add("order_id = :order");
        }
        return conditions.isEmpty() ? "" : "where " + String.join(" and ", conditions);
    }

    Map<String, Object> parameters() {
        var parameters = new HashMap<String, Object>();
        if (account != null) {
            parameters.put("account", account.name());
        }
        if (vendorId != null) {
            parameters.put("vendor", vendorId);
        }
        if (orderId != null) {
            parameters.put("order", orderId);
        }
        return parameters;
    }
}
