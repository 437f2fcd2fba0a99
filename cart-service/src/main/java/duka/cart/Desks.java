package duka.cart;

import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Where customers come to confirm. */
@Repository
class Desks {

    /**
     * What a customer brings along, read at once.
     *
     * @param cart the one that is OPEN
     */
    record Desk(Drafts.Read draft, Optional<Cart> cart) {}

    private static final String DESK =
            "select "
                    + Drafts.COLUMNS
                    + ", "
                    + Carts.COLUMNS
                    + """
                    from (values (?::uuid)) as customer (id)
                    left join drafts d on d.customer_id = customer.id
                    left join carts c on c.customer_id = customer.id and c.status = 'OPEN'
                    """
                    + Carts.LINES
                    + "order by l.id";

    private final JdbcClient jdbc;
    private final Drafts drafts;

    Desks(JdbcClient jdbc, Drafts drafts) {
        this.jdbc = jdbc;
        this.drafts = drafts;
    }

    Desk of(UUID customerId) {
        return jdbc.sql(DESK)
                .param(customerId)
                .query(
                        row -> {
                            row.next(); // there is one, also for who has brought nothing
                            var draft = drafts.read(row);
                            return new Desk(draft, Carts.firstOf(row));
                        });
    }
}
