package duka.payment;

import static duka.events.PaymentMethod.CARD;
import static duka.events.PaymentMethod.CASH_ON_DELIVERY;
import static duka.payment.PaymentStatus.AUTHORIZED;
import static duka.payment.PaymentStatus.AUTHORIZING;
import static duka.payment.PaymentStatus.CAPTURED;
import static duka.payment.PaymentStatus.CAPTURING;
import static duka.payment.PaymentStatus.PENDING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import duka.messaging.Impossible;
import duka.messaging.Step;
import duka.messaging.Step.Become;
import duka.messaging.Step.Stay;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.aggregator.ArgumentsAccessor;
import org.junit.jupiter.params.provider.CsvSource;

class CheckoutSagaTest {

    /** The columns of the tables below. */
    static final List<PaymentAt> CARDS =
            Arrays.stream(PaymentStatus.values())
                    .map(status -> new PaymentAt(status, false, CARD))
                    .toList();

    static final List<PaymentAt> OTHERS =
            Stream.of(
                            new PaymentAt(AUTHORIZING, true, CARD),
                            new PaymentAt(CAPTURING, true, CARD),
                            new PaymentAt(AUTHORIZED, false, CASH_ON_DELIVERY),
                            new PaymentAt(CAPTURED, false, CASH_ON_DELIVERY))
                    .toList();

    /**
     * What is heard, and what a payment by card at each status becomes. "-" stays as it is, "*"
     * stays but unwanted, "!" is a bug.
     */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            #                     | AUTHORIZING | PENDING     | AUTHORIZED | CAPTURING       | CAPTURED  | VOIDING  | VOIDED | REFUNDING | REFUNDED | DECLINED | CAPTURE_REFUSED
            ORDER_AWAITING        | !           | !           | !          | !               | !         | !        | !      | !         | !        | !        | !
            TOKEN_SUPPLIED        | -           | AUTHORIZING | -          | -               | -         | -        | -      | -         | -        | -        | -
            AUTHORIZED            | AUTHORIZED  | AUTHORIZED  | !          | !               | !         | !        | !      | !         | !        | !        | !
            ACTION_REQUIRED       | PENDING     | -           | !          | !               | !         | !        | !      | !         | !        | !        | !
            DECLINED              | DECLINED    | DECLINED    | !          | !               | !         | !        | !      | !         | !        | !        | !
            ORDER_CONFIRMED       | !           | !           | CAPTURING  | !               | !         | !        | !      | !         | !        | !        | !
            CAPTURED              | !           | !           | !          | CAPTURED        | !         | !        | !      | !         | !        | !        | !
            CAPTURE_REFUSED       | !           | !           | !          | CAPTURE_REFUSED | !         | !        | !      | !         | !        | !        | !
            ORDER_CANCELLED       | *           | VOIDING     | VOIDING    | *               | REFUNDING | !        | !      | !         | !        | -        | VOIDING
            ORDER_LINES_CANCELLED | !           | !           | !          | !               | -         | !        | !      | !         | !        | !        | !
            ORDER_DELIVERED       | !           | !           | !          | !               | -         | !        | !      | !         | !        | !        | !
            ORDER_RETURNED        | !           | !           | !          | !               | REFUNDING | !        | !      | !         | !        | !        | !
            VOIDED                | !           | !           | !          | !               | !         | VOIDED   | !      | !         | !        | !        | !
            HAD_DECLINED          | !           | !           | !          | !               | !         | DECLINED | !      | !         | !        | !        | !
            REFUNDED_IN_PART      | !           | !           | !          | !               | -         | !        | !      | -         | !        | !        | !
            REFUNDED_IN_FULL      | !           | !           | !          | !               | -         | !        | !      | REFUNDED  | !        | !        | !
            """)
    void each_hearing_at_each_status(ArgumentsAccessor row) {
        assertRow(row, CARDS);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            #                     | AUTHORIZING, unwanted | CAPTURING, unwanted | AUTHORIZED, cash | CAPTURED, cash
            ORDER_AWAITING        | !                     | !                   | !                | !
            TOKEN_SUPPLIED        | -                     | -                   | -                | -
            AUTHORIZED            | VOIDING               | !                   | !                | !
            ACTION_REQUIRED       | VOIDING               | !                   | !                | !
            DECLINED              | DECLINED              | !                   | !                | !
            ORDER_CONFIRMED       | !                     | !                   | -                | !
            CAPTURED              | !                     | REFUNDING           | !                | !
            CAPTURE_REFUSED       | !                     | VOIDING             | !                | !
            ORDER_CANCELLED       | !                     | !                   | VOIDED           | REFUNDING
            ORDER_LINES_CANCELLED | !                     | !                   | !                | -
            ORDER_DELIVERED       | !                     | !                   | CAPTURED         | -
            ORDER_RETURNED        | !                     | !                   | VOIDED           | REFUNDING
            VOIDED                | !                     | !                   | !                | !
            HAD_DECLINED          | !                     | !                   | !                | !
            REFUNDED_IN_PART      | !                     | !                   | !                | -
            REFUNDED_IN_FULL      | !                     | !                   | !                | -
            """)
    void each_hearing_of_what_is_unwanted_or_paid_in_cash(ArgumentsAccessor row) {
        assertRow(row, OTHERS);
    }

    @Test
    void a_payment_begins_with_what_its_order_knows() {
        assertThat(CheckoutSaga.orderAwaitingPayment(null, CARD, true).status())
                .isEqualTo(AUTHORIZING);
        assertThat(CheckoutSaga.orderAwaitingPayment(null, CARD, false).status())
                .isEqualTo(PENDING);
        assertThat(CheckoutSaga.orderAwaitingPayment(null, CASH_ON_DELIVERY, false).status())
                .isEqualTo(AUTHORIZED);
    }

    @Test
    void an_order_that_was_cancelled_before_it_was_to_be_paid_needs_nothing() {
        assertThat(CheckoutSaga.orderCancelled(null)).isInstanceOf(Stay.class);
    }

    @Test
    void what_is_final_never_changes() {
        for (var at : CARDS) {
            if (at.status().isFinal()) {
                for (var heard : Heard.values()) {
                    assertThat(heard.at(at)).as("%s at %s", heard, at).isIn("-", "!");
                }
            }
        }
    }

    @Test
    void a_bug_names_what_was_heard_and_where() {
        assertThatThrownBy(
                        () -> CheckoutSaga.orderConfirmed(new PaymentAt(AUTHORIZING, true, CARD)))
                .isInstanceOf(Impossible.class)
                .hasMessageContainingAll("order confirmed", "AUTHORIZING (unwanted)");
    }

    private static void assertRow(ArgumentsAccessor row, List<PaymentAt> columns) {
        for (var column = 0; column < columns.size(); column++) {
            var at = columns.get(column);
            assertThat(row.get(0, Heard.class).at(at))
                    .as("at %s", at)
                    .isEqualTo(row.getString(column + 1));
        }
    }

    enum Heard {
        ORDER_AWAITING,
        TOKEN_SUPPLIED,
        AUTHORIZED,
        ACTION_REQUIRED,
        DECLINED,
        ORDER_CONFIRMED,
        CAPTURED,
        CAPTURE_REFUSED,
        ORDER_CANCELLED,
        ORDER_LINES_CANCELLED,
        ORDER_DELIVERED,
        ORDER_RETURNED,
        VOIDED,
        HAD_DECLINED,
        REFUNDED_IN_PART,
        REFUNDED_IN_FULL;

        String at(PaymentAt at) {
            try {
                return switch (step(at)) {
                    case Become<PaymentAt>(var next, _) when next.status() != at.status() ->
                            next.status().name();
                    case Become<PaymentAt>(var next, _) -> next.unwanted() ? "*" : "?";
                    case Stay<PaymentAt> _ -> "-";
                };
            } catch (Impossible bug) {
                return "!";
            }
        }

        private Step<PaymentAt> step(PaymentAt at) {
            return switch (this) {
                case ORDER_AWAITING ->
                        Step.become(CheckoutSaga.orderAwaitingPayment(at, at.method(), true));
                case TOKEN_SUPPLIED -> CheckoutSaga.tokenSupplied(at);
                case AUTHORIZED -> CheckoutSaga.authorized(at);
                case ACTION_REQUIRED -> CheckoutSaga.actionRequired(at);
                case DECLINED -> CheckoutSaga.declined(at, "no funds");
                case ORDER_CONFIRMED -> CheckoutSaga.orderConfirmed(at);
                case CAPTURED -> CheckoutSaga.captured(at);
                case CAPTURE_REFUSED -> CheckoutSaga.captureRefused(at, "closed account");
                case ORDER_CANCELLED -> CheckoutSaga.orderCancelled(at);
                case ORDER_LINES_CANCELLED -> CheckoutSaga.orderLinesCancelled(at);
                case ORDER_DELIVERED -> CheckoutSaga.orderDelivered(at);
                case ORDER_RETURNED -> CheckoutSaga.orderReturned(at);
                case VOIDED -> CheckoutSaga.voided(at);
                case HAD_DECLINED -> CheckoutSaga.hadDeclined(at, "no funds");
                case REFUNDED_IN_PART -> CheckoutSaga.refunded(at, false);
                case REFUNDED_IN_FULL -> CheckoutSaga.refunded(at, true);
            };
        }
    }
}
