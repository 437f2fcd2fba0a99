package duka.cart;

import duka.events.PaymentMethod;
import duka.events.Sealed;
import duka.messaging.Sealer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** All drafts, one for each customer. What is personal or secret in them is sealed. */
@Repository
class Drafts {

    /**
     * @param version -1 before there is one
     */
    record Read(Draft draft, long version) {

        static final Read NOTHING = new Read(Draft.BLANK, -1);
    }

    /** What {@link #read} reads, of drafts {@code d}. */
    static final String COLUMNS =
            "d.address, d.payment_method, d.payment_token, d.version as draft_version";

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

    Read of(UUID customerId) {
        return jdbc.sql("select " + COLUMNS + " from drafts d where d.customer_id = ?")
                .param(customerId)
                .query((row, _) -> read(row))
                .optional()
                .orElse(Read.NOTHING);
    }

    /** Started over while somebody else is changing the same draft. */
    Draft update(UUID customerId, UnaryOperator<Draft> change) {
        return StartingOver.until(
                () -> {
                    var before = of(customerId);
                    var after = change.apply(before.draft());
                    return after.equals(before.draft()) || write(customerId, after, before)
                            ? Optional.of(after)
                            : Optional.empty();
                });
    }

    /**
     * @return whether it is written; if not, it is no longer as it was read
     */
    boolean write(UUID customerId, Draft draft, Read before) {
        var token = draft.paymentToken();
        var method = draft.paymentMethod();
        return jdbc.sql(
                                """
                                insert into drafts
                                    (customer_id, address, payment_method, payment_token, version)
                                values (?, ?, ?, ?, ?)
                                on conflict (customer_id) do update set
                                    address = excluded.address,
                                    payment_method = excluded.payment_method,
                                    payment_token = excluded.payment_token,
                                    version = excluded.version
                                where drafts.version = ?
                                """)
                        .params(
                                customerId,
                                sealed(draft.shippingAddress(), draft.billingAddress())
                                        .ciphertext(),
                                method == null ? null : method.name(),
                                token == null ? null : token.ciphertext(),
                                before.version() + 1,
                                before.version())
                        .update()
                == 1;
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

    /** There may be no draft in it. */
    Read read(ResultSet row) throws SQLException {
        var version = row.getObject("draft_version", Long.class);
        if (version == null) {
            return Read.NOTHING;
        }
        var address = opened(row.getString("address"));
        var method = row.getString("payment_method");
        var token = row.getString("payment_token");
        return new Read(
                new Draft(
                        address.shipping(),
                        address.billing(),
                        method == null ? null : PaymentMethod.valueOf(method),
                        token == null ? null : new Sealed(token)),
                version);
    }

    private Addresses opened(@Nullable String sealed) {
        return sealed == null
                ? new Addresses(null, null)
                : json.readValue(addresses.open(new Sealed(sealed)), Addresses.class);
    }
}
