package duka.payment;

import static duka.payment.PaymentFixture.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import duka.events.PaymentMethod;
import duka.web.Role;
import duka.web.TestTokens;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.transaction.support.TransactionTemplate;

/** The migrations of the next version, while replicas of this one serve. */
@PaymentIT
class RollingReleaseIT {

    /** A statement that was used so often is kept prepared by the server. */
    private static final int OFTEN = 6;

    @Autowired MockMvcTester http;
    @Autowired JdbcTemplate jdbc;
    @Autowired Payments payments;
    @Autowired TransactionTemplate transaction;

    @ParameterizedTest
    @CsvSource({
        "payments, payments/{id}",
        "refunds, payments/{id}",
        "ledger_entries, ledger",
        "payouts, payouts",
        "bank_accounts, bank-accounts",
        "reconciliations, payments/reconciliation",
        "reconciliation_differences, payments/reconciliation",
        "dead_letters, payment-service/dead-letters"
    })
    void what_is_read_is_read_on_the_same_connection_when_its_table_gets_a_column(
            String table, String path) {
        var payment =
                PaymentFixture.payment(PaymentStatus.REFUNDED, PaymentMethod.CASH_ON_DELIVERY);
        transaction.executeWithoutResult(
                release -> {
                    payments.insert(List.of(payment), NOW);
                    for (int time = 0; time < OFTEN; time++) {
                        read(path, payment.id());
                    }
                    addColumn(table);

                    read(path, payment.id());
                    release.setRollbackOnly();
                });
    }

    /** In a block, for of a statement that alters a table by itself the driver takes note. */
    private void addColumn(String table) {
        jdbc.execute("do $$ begin alter table %s add column later int; end $$".formatted(table));
    }

    private void read(String path, UUID id) {
        assertThat(
                        http.get()
                                .uri("/api/v1/" + path, id)
                                .header(
                                        "Authorization",
                                        TestTokens.bearer(UUID.randomUUID(), Role.ADMIN)))
                .hasStatusOk();
    }
}
