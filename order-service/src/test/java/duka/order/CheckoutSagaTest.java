package duka.order;

import static duka.events.PaymentMethod.CARD;
import static duka.events.PaymentMethod.CASH_ON_DELIVERY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import duka.events.OrderEvent.CancelReason;
import duka.events.PaymentMethod;
import duka.messaging.Impossible;
import duka.messaging.Step;
import duka.messaging.Step.Become;
import duka.messaging.Step.Stay;
import duka.order.Order.Lines;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.aggregator.ArgumentsAccessor;
import org.junit.jupiter.params.provider.CsvSource;

class CheckoutSagaTest {

    /**
     * The whole machine: what is heard or wished, and what an order becomes. The columns are {@link
     * At}; "+" is captured, "-" stays as it is, "!" is a bug.
     */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            #                | P | A | RJ | C  | C+ | C+cut | Ccod | PS+ | PScod | S+ | Scod | D+ | Dcod | R+ | Rcod | X
            STOCK_RESERVED   | A | ! | !  | !  | !  | !     | !    | !   | !     | !  | !    | !  | !    | !  | !    | -
            STOCK_REJECTED   | RJ| ! | !  | !  | !  | !     | !    | !   | !     | !  | !    | !  | !    | !  | !    | -
            ACTION_REQUIRED  | ! | - | !  | !  | !  | !     | !    | !   | !     | !  | !    | !  | !    | !  | !    | -
            AUTHORIZED       | ! | C | !  | !  | !  | !     | !    | !   | !     | !  | !    | !  | !    | !  | !    | -
            DECLINED         | ! | X | !  | !  | !  | !     | !    | !   | !     | !  | !    | !  | !    | !  | !    | -
            CUSTOMER_CANCELS | X | X | -  | X  | X+ | -     | X    | -   | -     | -  | -    | -  | -    | -  | -    | -
            STAFF_CANCELS    | X | X | -  | X  | X+ | -     | X    | -   | -     | -  | -    | -  | -    | -  | -    | -
            DEADLINE_PASSED  | X | X | -  | -  | -  | -     | -    | -   | -     | -  | -    | -  | -    | -  | -    | -
            CAPTURED         | ! | ! | !  | C+ | !  | !     | !    | !   | !     | !  | !    | !  | -    | !  | -    | -
            CAPTURE_FAILED   | ! | ! | !  | X  | !  | !     | !    | !   | !     | !  | !    | !  | !    | !  | !    | -
            SOME_SHIPPED     | - | - | -  | -  | PS+| PS+   | PS   | PS+ | PS    | -  | -    | -  | -    | -  | -    | -
            ALL_SHIPPED      | - | - | -  | -  | S+ | S+    | S    | S+  | S     | -  | -    | -  | -    | -  | -    | -
            SOME_CANCELLED   | - | - | -  | -  | C+ | C+    | -    | PS+ | -     | -  | -    | -  | -    | -  | -    | -
            REST_CANCELLED   | - | - | -  | -  | S+ | S+    | -    | S+  | -     | -  | -    | -  | -    | -  | -    | -
            ALL_CANCELLED    | - | - | -  | -  | X+ | X+    | -    | X+  | -     | -  | -    | -  | -    | -  | -    | -
            SOME_DELIVERED   | - | - | -  | -  | -  | -     | -    | -   | -     | -  | -    | -  | -    | -  | -    | -
            ALL_DELIVERED    | - | - | -  | -  | -  | -     | -    | -   | -     | D+ | D    | -  | -    | -  | -    | -
            CAME_BACK        | - | - | -  | -  | -  | -     | -    | -   | -     | R+ | R    | R+ | R    | -  | -    | -
            STOCK_TAKEN      | ! | ! | !  | -  | -  | -     | -    | -   | -     | -  | -    | -  | -    | -  | -    | -
            STOCK_RELEASED   | ! | ! | !  | !  | !  | !     | !    | !   | !     | !  | !    | !  | !    | !  | !    | -
            STOCK_RETURNED   | ! | ! | !  | -  | -  | -     | -    | -   | -     | -  | -    | -  | -    | -  | -    | -
            VOIDED           | ! | ! | !  | !  | !  | !     | !    | !   | !     | !  | !    | !  | !    | -  | -    | -
            REFUNDED         | ! | ! | !  | -  | -  | -     | -    | -   | -     | -  | -    | -  | -    | -  | -    | -
            """)
    void each_hearing_at_each_status(ArgumentsAccessor row) {
        for (var at : At.values()) {
            var expected = row.getString(at.ordinal() + 1);
            assertThat(row.get(0, Heard.class).at(at.order)).as("at %s", at).isEqualTo(expected);
        }
    }

    @Test
    void every_status_has_a_column() {
        assertThat(Stream.of(At.values()).map(at -> at.order.status()))
                .containsOnlyOnceElementsOf(
                        Stream.of(OrderStatus.PLACED, OrderStatus.AWAITING_PAYMENT).toList())
                .contains(OrderStatus.values());
    }

    @Test
    void a_cart_checked_out_again_stays_one_order() {
        var placed = At.P.order;

        assertThat(CheckoutSaga.checkedOutAgain(placed, true)).isInstanceOf(Stay.class);
        assertThatThrownBy(() -> CheckoutSaga.checkedOutAgain(placed, false))
                .isInstanceOf(Impossible.class);
    }

    @Test
    void a_shipment_of_nothing_is_a_bug() {
        assertThatThrownBy(() -> CheckoutSaga.shipped(At.C_PAID.order, Lines.CANCELLED))
                .isInstanceOf(Impossible.class);
    }

    enum At {
        P(OrderStatus.PLACED, CARD, false, true),
        A(OrderStatus.AWAITING_PAYMENT, CARD, false, true),
        RJ(OrderStatus.REJECTED, CARD, false, true),
        C(OrderStatus.CONFIRMED, CARD, false, true),
        C_PAID(OrderStatus.CONFIRMED, CARD, true, true),
        C_PAID_CUT(OrderStatus.CONFIRMED, CARD, true, false),
        C_COD(OrderStatus.CONFIRMED, CASH_ON_DELIVERY, false, true),
        PS_PAID(OrderStatus.PARTLY_SHIPPED, CARD, true, false),
        PS_COD(OrderStatus.PARTLY_SHIPPED, CASH_ON_DELIVERY, false, false),
        S_PAID(OrderStatus.SHIPPED, CARD, true, false),
        S_COD(OrderStatus.SHIPPED, CASH_ON_DELIVERY, false, false),
        D_PAID(OrderStatus.DELIVERED, CARD, true, false),
        D_COD(OrderStatus.DELIVERED, CASH_ON_DELIVERY, false, false),
        R_PAID(OrderStatus.RETURNED, CARD, true, false),
        R_COD(OrderStatus.RETURNED, CASH_ON_DELIVERY, false, false),
        X(OrderStatus.CANCELLED, CARD, false, true);

        final OrderAt order;

        At(OrderStatus status, PaymentMethod method, boolean captured, boolean whole) {
            @Nullable CancelReason because =
                    status == OrderStatus.CANCELLED ? CancelReason.CUSTOMER : null;
            this.order = new OrderAt(status, method, captured, whole, because);
        }
    }

    enum Heard {
        STOCK_RESERVED,
        STOCK_REJECTED,
        ACTION_REQUIRED,
        AUTHORIZED,
        DECLINED,
        CUSTOMER_CANCELS,
        STAFF_CANCELS,
        DEADLINE_PASSED,
        CAPTURED,
        CAPTURE_FAILED,
        SOME_SHIPPED,
        ALL_SHIPPED,
        SOME_CANCELLED,
        REST_CANCELLED,
        ALL_CANCELLED,
        SOME_DELIVERED,
        ALL_DELIVERED,
        CAME_BACK,
        STOCK_TAKEN,
        STOCK_RELEASED,
        STOCK_RETURNED,
        VOIDED,
        REFUNDED;

        String at(OrderAt at) {
            try {
                return switch (step(at)) {
                    case Become<OrderAt>(var next, _) ->
                            sign(next.status()) + (next.captured() ? "+" : "");
                    case Stay<OrderAt> _ -> "-";
                };
            } catch (Impossible bug) {
                return "!";
            }
        }

        private Step<OrderAt> step(OrderAt at) {
            return switch (this) {
                case STOCK_RESERVED -> CheckoutSaga.stockReserved(at);
                case STOCK_REJECTED -> CheckoutSaga.stockRejected(at, "OUT_OF_STOCK");
                case ACTION_REQUIRED -> CheckoutSaga.paymentActionRequired(at, "approve");
                case AUTHORIZED -> CheckoutSaga.paymentAuthorized(at);
                case DECLINED -> CheckoutSaga.paymentDeclined(at, "no funds");
                case CUSTOMER_CANCELS -> CheckoutSaga.cancelWished(at, CancelReason.CUSTOMER);
                case STAFF_CANCELS -> CheckoutSaga.cancelWished(at, CancelReason.STAFF);
                case DEADLINE_PASSED -> CheckoutSaga.deadlinePassed(at);
                case CAPTURED -> CheckoutSaga.paymentCaptured(at);
                case CAPTURE_FAILED -> CheckoutSaga.paymentFailed(at, "expired");
                case SOME_SHIPPED -> CheckoutSaga.shipped(at, Lines.OPEN);
                case ALL_SHIPPED -> CheckoutSaga.shipped(at, Lines.SHIPPED);
                case SOME_CANCELLED ->
                        CheckoutSaga.linesCancelled(at, Lines.OPEN, CancelReason.STAFF);
                case REST_CANCELLED ->
                        CheckoutSaga.linesCancelled(at, Lines.SHIPPED, CancelReason.STAFF);
                case ALL_CANCELLED ->
                        CheckoutSaga.linesCancelled(at, Lines.CANCELLED, CancelReason.STAFF);
                case SOME_DELIVERED -> CheckoutSaga.delivered(at, false);
                case ALL_DELIVERED -> CheckoutSaga.delivered(at, true);
                case CAME_BACK -> CheckoutSaga.cameBack(at);
                case STOCK_TAKEN -> CheckoutSaga.stockTaken(at);
                case STOCK_RELEASED -> CheckoutSaga.stockReleased(at);
                case STOCK_RETURNED -> CheckoutSaga.stockReturned(at);
                case VOIDED -> CheckoutSaga.paymentVoided(at);
                case REFUNDED -> CheckoutSaga.paymentRefunded(at, "389.00 KES");
            };
        }

        private static String sign(OrderStatus status) {
            return switch (status) {
                case PLACED -> "P";
                case AWAITING_PAYMENT -> "A";
                case REJECTED -> "RJ";
                case CONFIRMED -> "C";
                case PARTLY_SHIPPED -> "PS";
                case SHIPPED -> "S";
                case DELIVERED -> "D";
                case RETURNED -> "R";
                case CANCELLED -> "X";
            };
        }
    }
}
