package duka.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import duka.simulator.TestToken.Behaviour;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestTokenTest {

    @ParameterizedTest
    @CsvSource({
        "tok_approve, APPROVE",
        "tok_decline, DECLINE",
        "tok_decline_expired_card, DECLINE",
        "tok_insufficient_funds, INSUFFICIENT_FUNDS",
        "tok_delay, DELAY",
        "tok_delay_30, DELAY",
        "tok_delay_soon, INVALID",
        "tok_3ds, THREE_DS",
        "tok_approval, APPROVAL",
        "tok_approval_7, INVALID",
        "tok_drop, DROP",
        "tok_dropped, INVALID",
        "tok_500, FAULT",
        "tok_500_3, FAULT",
        "tok_500_after, FAULT_AFTER",
        "tok_webhook_twice, WEBHOOK_TWICE",
        "tok_webhook_disorder, WEBHOOK_DISORDER",
        "tok_capture_refused, CAPTURE_REFUSED",
        "tok_slow, SLOW",
        "tok_slow_99999, INVALID",
        "visa, INVALID",
        "'', INVALID"
    })
    void a_token_tells_how_to_behave(String token, Behaviour behaviour) {
        assertThat(TestToken.of(token).behaviour()).isEqualTo(behaviour);
    }

    @Test
    void what_follows_the_name_says_how_long_or_why() {
        assertThat(TestToken.of("tok_delay").delay()).isEqualTo(Duration.ofSeconds(5));
        assertThat(TestToken.of("tok_delay_30").delay()).isEqualTo(Duration.ofSeconds(30));
        assertThat(TestToken.of("tok_500").faults()).isEqualTo(2);
        assertThat(TestToken.of("tok_decline").declineReason()).isEqualTo("card declined");
        assertThat(TestToken.of("tok_decline_expired_card").declineReason())
                .isEqualTo("expired card");
        assertThat(TestToken.of("nonsense").declineReason()).isEqualTo("invalid token");
    }
}
