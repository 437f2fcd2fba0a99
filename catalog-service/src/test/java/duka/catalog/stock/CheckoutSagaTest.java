package duka.catalog.stock;

import static duka.catalog.stock.ReservationFixture.CHAIR;
import static duka.catalog.stock.ReservationFixture.ORDER;
import static duka.catalog.stock.ReservationFixture.PLACED;
import static duka.catalog.stock.ReservationFixture.PRICE;
import static duka.catalog.stock.ReservationFixture.TABLE;
import static duka.catalog.stock.ReservationFixture.held;
import static duka.catalog.stock.ReservationFixture.of;
import static duka.events.Refusal.Why.OUT_OF_STOCK;
import static org.assertj.core.api.Assertions.assertThat;

import duka.events.Quantity;
import duka.events.Refusal;
import duka.messaging.Impossible;
import duka.messaging.Step;
import duka.messaging.Step.Become;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.aggregator.ArgumentsAccessor;
import org.junit.jupiter.params.provider.CsvSource;

class CheckoutSagaTest {

    /**
     * The whole machine: what is heard, and what a reservation at each status becomes. "-" stays as
     * it is, "!" is a bug.
     */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            #                  | (none)  | HELD     | REFUSED | TAKEN    | RELEASED | RETURNED
            PLACED             | HELD    | !        | !       | !        | !        | !
            PLACED_WITHOUT     | REFUSED | !        | !       | !        | !        | !
            CONFIRMED          | !       | TAKEN    | !       | !        | !        | !
            CANCELLED          | !       | RELEASED | -       | RETURNED | !        | !
            A_LINE_CANCELLED   | !       | !        | !       | TAKEN    | !        | !
            ALL_LINES_CANCELLED| !       | !        | !       | RETURNED | !        | !
            RETURNED           | !       | !        | !       | RETURNED | !        | !
            """)
    void each_hearing_at_each_status(ArgumentsAccessor row) {
        var heard = row.get(0, Heard.class);
        assertThat(heard.at(null)).as("not there").isEqualTo(row.getString(1));
        for (var at : ReservationStatus.values()) {
            assertThat(heard.at(new Reservation(ORDER, at, held().lines())))
                    .as("at %s", at)
                    .isEqualTo(row.getString(at.ordinal() + 2));
        }
    }

    enum Heard {
        PLACED,
        PLACED_WITHOUT,
        CONFIRMED,
        CANCELLED,
        A_LINE_CANCELLED,
        ALL_LINES_CANCELLED,
        RETURNED;

        String at(@Nullable Reservation at) {
            try {
                return step(at) instanceof Become<Reservation>(var next, _)
                        ? next.status().name()
                        : "-";
            } catch (Impossible bug) {
                return "!";
            }
        }

        private Step<Reservation> step(@Nullable Reservation at) {
            var placed = ReservationFixture.PLACED;
            return switch (this) {
                case PLACED -> CheckoutSaga.orderPlaced(at, placed, List.of());
                case PLACED_WITHOUT ->
                        CheckoutSaga.orderPlaced(
                                at, placed, List.of(new Refusal(CHAIR, OUT_OF_STOCK, 1, PRICE)));
                case CONFIRMED -> CheckoutSaga.orderConfirmed(at);
                case CANCELLED -> CheckoutSaga.orderCancelled(at);
                case A_LINE_CANCELLED -> CheckoutSaga.orderLinesCancelled(at, of(CHAIR, 2));
                case ALL_LINES_CANCELLED ->
                        CheckoutSaga.orderLinesCancelled(
                                at, List.of(new Quantity(CHAIR, 2), new Quantity(TABLE, 5)));
                case RETURNED -> CheckoutSaga.orderReturned(at);
            };
        }
    }
}
