package duka.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PayoutsTest {

    @TempDir Path folder;

    Payouts payouts;

    @BeforeEach
    void open() throws IOException {
        payouts =
                new Payouts(
                        new SimulatorProperties(
                                "key",
                                "secret",
                                null,
                                Duration.ofMinutes(1),
                                folder,
                                "http://shop"),
                        Clock.systemUTC());
    }

    @AfterEach
    void close() throws IOException {
        payouts.close();
    }

    @Test
    void the_same_key_pays_once_also_after_a_restart() throws IOException {
        var first = payouts.pay(order("p1", "1234567890", 500));

        assertThat(payouts.pay(order("p1", "1234567890", 500))).isEqualTo(first);
        payouts.close();
        open();
        assertThat(payouts.pay(order("p1", "1234567890", 500))).isEqualTo(first);
        assertThat(lines()).hasSize(1);
    }

    @Test
    void what_cannot_be_written_is_never_answered_and_the_books_are_not_healthy()
            throws IOException {
        assertThat(payouts.areHealthy()).isTrue();
        payouts.close();

        for (int time = 0; time < 2; time++) {
            assertThatThrownBy(() -> payouts.pay(order("p1", "1234567890", 500)))
                    .hasMessage("the journal is broken");
        }
        assertThat(payouts.areHealthy()).isFalse();
    }

    @Test
    void the_same_key_for_something_else_is_refused() {
        payouts.pay(order("p1", "1234567890", 500));

        assertThatThrownBy(() -> payouts.pay(order("p1", "1234567890", 501)))
                .isInstanceOf(KeyReused.class);
        assertThatThrownBy(() -> payouts.pay(order("p1", "1234567891", 500)))
                .isInstanceOf(KeyReused.class);
    }

    @Test
    void a_closed_account_is_refused_for_good() {
        assertThat(payouts.pay(order("p1", "1234560001", 500)))
                .returns(Operation.Status.REFUSED, Payout::status)
                .returns("account closed", Payout::reason);
    }

    @Test
    void a_dropped_answer_was_paid_and_a_fault_was_not() {
        assertThatThrownBy(() -> payouts.pay(order("p1", "1234560002", 500)))
                .isInstanceOf(Misbehaviour.class);
        assertThatThrownBy(() -> payouts.pay(order("p2", "1234560003", 500)))
                .isInstanceOf(Misbehaviour.class);

        assertThat(payouts.find("p1")).isPresent();
        assertThat(payouts.find("p2")).isEmpty();
        assertThat(payouts.pay(order("p2", "1234560003", 500)).status())
                .isEqualTo(Operation.Status.SUCCEEDED);
    }

    @Test
    void the_books_never_hold_a_whole_account_number() {
        payouts.pay(order("p1", "1234567890", 500));

        assertThat(lines()).singleElement().asString().contains("7890").doesNotContain("34567890");
    }

    private static Payout.Order order(String key, String account, long amount) {
        return new Payout.Order(key, "payout-1", "058", account, amount, "KES");
    }

    private List<String> lines() {
        var lines = new ArrayList<String>();
        try {
            payouts.read(lines::add);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return lines;
    }
}
