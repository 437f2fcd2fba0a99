package duka.system;

import static duka.system.Customer.APPROVE;
import static org.assertj.core.api.Assertions.assertThat;

import duka.local.Checker;
import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The checker sees what is wrong: each planted violation is named, and gone once it is mended. */
class CheckerIT {

    final TheShop shop = TheShop.running();

    @ParameterizedTest(name = "invariant {0}: {2} of {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    1 | catalog.stock          | on_hand    | product_id = '{product}'
                    1 | catalog.stock          | reserved   | product_id = '{product}'
                    3 | orders.orders          | total      | id = '{order}'
                    7 | payment.ledger_entries | amount     | side = 'DEBIT' and payment_id = '{payment}'
                    9 | orders.order_lines     | unit_price | order_id = '{order}'
                    """)
    void a_planted_violation_is_found(int invariant, String table, String column, String row)
            throws SQLException {
        var customer = Customer.signUp(shop.guest());
        var product = shop.staff().sells(5, "10.00");
        var order = customer.puts(1, product).buys(APPROVE).expect(201).text("order_id");
        var payment = customer.paymentBecomes(order, "CAPTURED").path("id").asString();
        shop.booksAreRight();
        var where =
                row.replace("{product}", product.id())
                        .replace("{order}", order)
                        .replace("{payment}", payment);

        change("update %s set %s = %s + 1 where %s".formatted(table, column, column, where));

        assertThat(Checker.of(shop.itself()).violations())
                .anyMatch(violation -> violation.startsWith(invariant + ":"));
        change("update %s set %s = %s - 1 where %s".formatted(table, column, column, where));
        shop.booksAreRight();
    }

    private void change(String sql) throws SQLException {
        try (var connection = shop.itself().connect();
                var statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).as(sql).isEqualTo(1);
        }
    }
}
