package duka.payment;

import static duka.payment.PaymentFixture.NOW;
import static duka.payment.PaymentFixture.payment;
import static duka.payment.PaymentStatus.AUTHORIZED;
import static duka.payment.PaymentStatus.AUTHORIZING;
import static duka.payment.PaymentStatus.CAPTURED;
import static duka.payment.PaymentStatus.CAPTURING;
import static duka.payment.PaymentStatus.DECLINED;
import static duka.payment.PaymentStatus.PENDING;
import static duka.payment.PaymentStatus.REFUNDING;
import static duka.payment.PaymentStatus.VOIDING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import duka.events.Money;
import duka.events.PaymentEvent.Action;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PaymentTest {

    static final Backoff BACKOFF =
            new Backoff(Duration.ofSeconds(15), Duration.ofSeconds(30), new Random(1));
    static final Instant LEASE_END = NOW.plusSeconds(20);

    @Test
    void a_payment_with_a_token_is_due_at_once_and_one_without_waits_for_it() {
        assertThat(payment(AUTHORIZING).isDue(NOW)).isTrue();
        assertThat(payment(PENDING).isDue(NOW)).isFalse();
        assertThat(payment(PENDING).action()).isEqualTo(Action.INITIATE);
    }

    @Test
    void only_one_may_ask_while_the_lease_lasts_and_the_next_asks_again() {
        var payment = payment(AUTHORIZING);

        assertThat(payment.lease(LEASE_END).again()).isFalse();
        assertThat(payment.isDue(LEASE_END.minusMillis(1))).isFalse();
        assertThat(payment.isDue(LEASE_END)).isTrue();
        assertThat(payment.lease(LEASE_END.plusSeconds(20)).again()).isTrue();
    }

    @Test
    void no_answer_waits_longer_each_time() {
        var payment = payment(AUTHORIZING);
        var call = payment.lease(LEASE_END);

        payment.release(call, NOW, BACKOFF);

        assertThat(payment.isDue(NOW.plusMillis(100))).isFalse();
        assertThat(payment.isDue(NOW.plusMillis(250))).isTrue();
        assertThat(BACKOFF.after(1)).isLessThanOrEqualTo(Duration.ofMillis(250));
        assertThat(BACKOFF.after(3)).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
        assertThat(BACKOFF.after(1000)).isBetween(Duration.ofMillis(7500), Duration.ofSeconds(15));
    }

    @Test
    void a_late_answer_does_not_end_the_lease_of_whoever_took_over() {
        var payment = payment(AUTHORIZING);
        var late = payment.lease(LEASE_END);
        payment.lease(LEASE_END.plusSeconds(20));

        payment.release(late, LEASE_END.plusSeconds(1), BACKOFF);

        assertThat(payment.isDue(LEASE_END.plusSeconds(19))).isFalse();
    }

    @Test
    void nothing_new_is_asked_before_the_last_has_a_definite_answer() {
        var payment = payment(AUTHORIZING);
        var asked = payment.lease(LEASE_END);
        payment.waitForApproval("auth_1", "http://approve");
        payment.become(payment.at().now(PENDING), null, NOW);
        payment.release(asked, NOW, BACKOFF);
        var polled = payment.lease(NOW.plusSeconds(50));

        payment.become(payment.at().now(VOIDING), null, NOW);

        assertThat(payment.isDue(NOW)).isFalse();
        assertThat(payment.waitsFor(polled)).isFalse();
        payment.release(polled, NOW, BACKOFF);
        assertThat(payment.isDue(NOW)).isTrue();
        assertThat(payment.request()).get().isInstanceOf(Request.Void.class);
    }

    @Test
    void each_operation_has_a_key_of_its_own() {
        var payment = payment(AUTHORIZED);
        var order = payment.orderId();
        payment.become(payment.at().now(CAPTURING), null, NOW);
        assertThat(payment.request()).get().returns(order + ":capture:1", Request::key);

        payment.become(payment.at().now(CAPTURED), null, NOW);
        var refund =
                payment.refund(
                        UUID.randomUUID(), Money.of("1.00", "KES"), null, "lines", null, NOW);
        assertThat(payment.request()).get().returns(refund.id().toString(), Request::key);
    }

    @Test
    void a_refund_counts_from_when_it_is_asked_for() {
        var payment = captured();
        payment.refund(UUID.randomUUID(), Money.of("7.00", "KES"), null, "lines", null, NOW);

        assertThat(payment.refundable()).isEqualTo(Money.of("3.00", "KES"));
        assertThat(payment.refunded()).isEqualTo(Money.of("0.00", "KES"));
        assertThatThrownBy(
                        () ->
                                payment.refund(
                                        UUID.randomUUID(),
                                        Money.of("3.01", "KES"),
                                        null,
                                        "lines",
                                        null,
                                        NOW))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refunds_are_asked_for_one_after_the_other() {
        var payment = captured();
        var first =
                payment.refund(
                        UUID.randomUUID(), Money.of("7.00", "KES"), null, "lines", null, NOW);
        var second =
                payment.refund(UUID.randomUUID(), Money.of("3.00", "KES"), null, "rest", null, NOW);
        payment.become(payment.at().now(REFUNDING), null, NOW);

        assertThat(payment.request()).get().returns(first.id().toString(), Request::key);
        payment.refunded(first.id(), NOW);
        assertThat(payment.isPaidBack()).isFalse();
        assertThat(payment.request()).get().returns(second.id().toString(), Request::key);
        assertThat(payment.isDue(NOW)).isTrue();
        payment.refunded(second.id(), NOW);
        assertThat(payment.isPaidBack()).isTrue();
        assertThat(payment.isDue(NOW)).isFalse();
        assertThat(payment.state().dueAt()).isNull();
    }

    @Test
    void the_token_is_forgotten_once_it_was_used() {
        var payment = payment(AUTHORIZING);
        assertThat(payment.state().token()).isNotNull();

        payment.become(payment.at().now(AUTHORIZED), null, NOW);

        assertThat(payment.state().token()).isNull();
    }

    @Test
    void what_is_over_stays_over() {
        var payment = payment(AUTHORIZING);
        payment.become(payment.at().now(DECLINED), "no funds", NOW);

        assertThat(payment.reason()).isEqualTo("no funds");
        assertThatThrownBy(() -> payment.become(payment.at().now(VOIDING), null, NOW))
                .isInstanceOf(IllegalStateException.class);
    }

    private static Payment captured() {
        var payment = payment(AUTHORIZED);
        payment.become(payment.at().now(CAPTURED), null, NOW);
        return payment;
    }
}
