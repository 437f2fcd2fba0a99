package duka.payment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which payments to list; what is not given does not matter.
 *
 * @param customerId whose
 */
public record PaymentFilter(
        @Nullable UUID customerId, @Nullable UUID orderId, @Nullable PaymentStatus status) {

    String where() {
        var conditions = new ArrayList<String>();
        if (customerId != null) {
            conditions.add("customer_id = :customer");
        }
        if (orderId != null) {
            conditions.add("order_id = :order");
        }
        if (status != null) {
            conditions.add("status = :status");
        }
        return conditions.isEmpty() ? "" : "where " + String.join(" and ", conditions);
    }

    Map<String, Object> parameters() {
        var parameters = new HashMap<String, Object>();
        if (customerId != null) {
            parameters.put("customer", customerId);
        }
        if (orderId != null) {
            parameters.put("order", orderId);
        }
        if (status != null) {
            parameters.put("status", status.name());
        }
        return parameters;
    }
}
