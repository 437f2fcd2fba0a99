package duka.payment;

import static duka.payment.PaymentFixture.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import duka.events.PaymentMethod;
import duka.testing.NextRelease;
import duka.web.Role;
import duka.web.TestTokens;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.transaction.annotation.Transactional;

@PaymentIT
@Transactional
class RollingReleaseIT {

    @Autowired MockMvcTester http;
    @Autowired JdbcClient jdbc;
    @Autowired Payments payments;

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
    void what_is_read_is_read_when_the_next_version_adds_a_column(String table, String path)
            throws Exception {
        var payment =
                PaymentFixture.payment(PaymentStatus.REFUNDED, PaymentMethod.CASH_ON_DELIVERY);
        payments.insert(List.of(payment), NOW);
        NextRelease.addsColumn(jdbc, table, () -> read(path, payment.id()));
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
