package duka.cart;

import static org.assertj.core.api.Assertions.assertThat;

import duka.cart.CheckoutSaga.CartAt;
import duka.messaging.Impossible;
import duka.messaging.Step;
import duka.messaging.Step.Become;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.aggregator.ArgumentsAccessor;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CheckoutSagaTest {

    private static final List<CartAt> COLUMNS =
            List.of(
                    new CartAt(CartStatus.OPEN, true, true),
                    new CartAt(CartStatus.CHECKED_OUT, true, false),
                    new CartAt(CartStatus.CHECKED_OUT, true, true),
                    new CartAt(CartStatus.CLOSED, true, false),
                    new CartAt(CartStatus.CLOSED, true, true),
                    new CartAt(CartStatus.MERGED, true, true),
                    new CartAt(CartStatus.EXPIRED, true, false));

    /**
     * The whole machine: what is heard of its order, and what a cart becomes while its customer
     * has, or has not, another one open. "-" stays as it is, "!" is a bug.
     */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            #         | OPEN | CHECKED_OUT | CHECKED_OUT, another | CLOSED | CLOSED, another | MERGED | EXPIRED
            CONFIRMED | !    | CLOSED      | CLOSED               | !      | !               | !      | !
            REJECTED  | !    | OPEN        | MERGED               | !      | !               | !      | !
            CANCELLED | !    | OPEN        | MERGED               | -      | -               | !      | !
            RETURNED  | !    | !           | !                    | -      | -               | !      | !
            """)
    void each_hearing_at_each_status(ArgumentsAccessor row) {
        for (var at : COLUMNS) {
            var expected = row.getString(COLUMNS.indexOf(at) + 1);
            assertThat(row.get(0, Heard.class).at(at)).as("at %s", at).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_is_heard_of_an_order_that_the_cart_no_longer_is_changes_nothing(Heard heard) {
        for (var status : CartStatus.values()) {
            assertThat(heard.at(new CartAt(status, false, true))).isEqualTo("-");
            assertThat(heard.at(new CartAt(status, false, false))).isEqualTo("-");
        }
    }

    enum Heard {
        CONFIRMED,
        REJECTED,
        CANCELLED,
        RETURNED;

        String at(CartAt at) {
            try {
                return step(at) instanceof Become<CartStatus>(var next, _) ? next.name() : "-";
            } catch (Impossible bug) {
                return "!";
            }
        }

        private Step<CartStatus> step(CartAt at) {
            return switch (this) {
                case CONFIRMED -> CheckoutSaga.orderConfirmed(at);
                case REJECTED -> CheckoutSaga.orderRejected(at);
                case CANCELLED -> CheckoutSaga.orderCancelled(at);
                case RETURNED -> CheckoutSaga.orderReturned(at);
            };
        }
    }
}
