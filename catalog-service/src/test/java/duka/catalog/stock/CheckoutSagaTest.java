package duka.catalog.stock;

import static duka.catalog.stock.ReservationFixture.CHAIR;
import static duka.catalog.stock.ReservationFixture.ORDER;
import static duka.catalog.stock.ReservationFixture.PLACED;
import static duka.catalog.stock.ReservationFixture.PRICE;
import static duka.catalog.stock.ReservationFixture.TABLE;
import static duka.catalog.stock.ReservationFixture.held;
import static duka.catalog.stock.ReservationFixture.line;
import static duka.catalog.stock.ReservationFixture.of;
import static duka.catalog.stock.ReservationFixture.offer;
import static duka.events.Refusal.Why.OUT_OF_STOCK;
import static duka.events.Refusal.Why.PRICE_CHANGED;
import static duka.events.Refusal.Why.WITHDRAWN;
import static org.assertj.core.api.Assertions.assertThat;

import duka.events.Money;
import duka.events.Quantity;
import duka.events.Refusal;
import duka.messaging.Impossible;
import duka.messaging.Step;
import duka.messaging.Step.Become;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
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

    @Test
    void what_is_there_at_the_right_price_is_not_refused() {
        assertThat(refused(offer(CHAIR, PRICE, true), 2)).isEmpty();
    }

    @Test
    void too_little_is_refused_with_what_there_is() {
        assertThat(refused(offer(CHAIR, PRICE, true), 1))
                .containsExactly(new Refusal(CHAIR, OUT_OF_STOCK, 1, PRICE));
    }

    @Test
    void another_price_is_refused_with_the_price_now_even_if_it_is_lower() {
        var lower = Money.of("0.00", "KES");
        assertThat(refused(offer(CHAIR, lower, true), 2))
                .containsExactly(new Refusal(CHAIR, PRICE_CHANGED, 2, lower));
    }

    @Test
    void another_currency_is_another_price() {
        var dollars = Money.of("389.00", "USD");
        assertThat(refused(offer(CHAIR, dollars, true), 2))
                .containsExactly(new Refusal(CHAIR, PRICE_CHANGED, 2, dollars));
    }

    @Test
    void what_is_withdrawn_or_was_never_there_is_refused() {
        var withdrawn = new Refusal(CHAIR, WITHDRAWN, 0, null);
        assertThat(refused(offer(CHAIR, PRICE, false), 9)).containsExactly(withdrawn);
        assertThat(CheckoutSaga.refused(List.of(line(CHAIR, 2)), Map.of(), Map.of()))
                .containsExactly(withdrawn);
    }

    @Test
    void each_line_that_cannot_be_had_is_named() {
        assertThat(
                        CheckoutSaga.refused(
                                PLACED.lines(),
                                Map.of(
                                        CHAIR, offer(CHAIR, PRICE, true),
                                        TABLE, offer(TABLE, PRICE, true)),
                                Map.of(
                                        CHAIR, new Stock(CHAIR, 2, 1, 0),
                                        TABLE, new Stock(TABLE, 9, 9, 0))))
                .containsExactly(
                        new Refusal(CHAIR, OUT_OF_STOCK, 1, PRICE),
                        new Refusal(TABLE, OUT_OF_STOCK, 0, PRICE));
    }

    private static List<Refusal> refused(Offer offer, int available) {
        return CheckoutSaga.refused(
                List.of(line(CHAIR, 2)),
                Map.of(CHAIR, offer),
                Map.of(CHAIR, new Stock(CHAIR, available + 3, 3, 0)));
    }
}
