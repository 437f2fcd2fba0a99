package duka.cart;

import duka.events.PaymentMethod;
import duka.events.Sealed;
import duka.messaging.Sealer;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** All drafts, one for each customer. What is personal or secret in them is sealed. */
@Repository
class Drafts {

    private record Addresses(@Nullable String shipping, @Nullable String billing) {}

    private final JdbcClient jdbc;
    private final JsonMapper json = new JsonMapper();
    private final Sealer addresses;
    private final Sealer payments;

    Drafts(JdbcClient jdbc, SealProperties keys) {
        this.jdbc = jdbc;
        this.addresses = new Sealer(keys.addressKey());
        this.payments = new Sealer(keys.paymentKey());
    }

    Draft of(UUID customerId) {
        return find(customerId, "").orElse(Draft.BLANK);
    }

    /** For writing. Who also needs carts locks them after it. */
    Draft lock(UUID customerId) {
        return find(customerId, "for update").orElseGet(() -> lockNew(customerId));
    }

    /** There must be a row to lock, whoever else is about to write the first one. */
    private Draft lockNew(UUID customerId) {
        jdbc.sql("insert into drafts (customer_id) values (?) on conflict do nothing")
                .param(customerId)
                .update();
        return find(customerId, "for update").orElseThrow();
    }

    private Optional<Draft> find(UUID customerId, String lock) {
        return jdbc.sql(
                        """
                        select address, payment_method, payment_token from drafts
                        where customer_id = ?
                        """
                                + lock)
                .param(customerId)
                .query(
                        (row, _) -> {
                            var address = opened(row.getString("address"));
                            var method = row.getString("payment_method");
                            var token = row.getString("payment_token");
                            return new Draft(
                                    address.shipping(),
                                    address.billing(),
                                    method == null ? null : PaymentMethod.valueOf(method),
                                    token == null ? null : new Sealed(token));
                        })
                .optional();
    }

    void save(UUID customerId, Draft draft) {
        var token = draft.paymentToken();
        var method = draft.paymentMethod();
        jdbc.sql(
                        """
                        insert into drafts (customer_id, address, payment_method, payment_token)
                        values (?, ?, ?, ?)
                        on conflict (customer_id) do update set
                            address = excluded.address,
                            payment_method = excluded.payment_method,
                            payment_token = excluded.payment_token
                        """)
                .params(
                        customerId,
                        sealed(draft.shippingAddress(), draft.billingAddress()).ciphertext(),
                        method == null ? null : method.name(),
                        token == null ? null : token.ciphertext())
                .update();
    }

    Sealed sealed(String paymentToken) {
        return payments.seal(paymentToken);
    }

    /** Where to ship and whom to bill, for order-service. */
    Sealed sealedAddress(Draft draft) {
        return sealed(draft.shippingAddress(), draft.billsTo());
    }

    private Sealed sealed(@Nullable String shipping, @Nullable String billing) {
        return addresses.seal(json.writeValueAsString(new Addresses(shipping, billing)));
    }

    private Addresses opened(@Nullable String sealed) {
        return sealed == null
                ? new Addresses(null, null)
                : json.readValue(addresses.open(new Sealed(sealed)), Addresses.class);
    }
}
