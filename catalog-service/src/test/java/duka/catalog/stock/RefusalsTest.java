package duka.catalog.stock;

import static duka.catalog.stock.ReservationFixture.CHAIR;
import static duka.catalog.stock.ReservationFixture.PLACED;
import static duka.catalog.stock.ReservationFixture.PRICE;
import static duka.catalog.stock.ReservationFixture.TABLE;
import static duka.catalog.stock.ReservationFixture.line;
import static duka.catalog.stock.ReservationFixture.offer;
import static duka.events.Refusal.Why.OUT_OF_STOCK;
import static duka.events.Refusal.Why.PRICE_CHANGED;
import static duka.events.Refusal.Why.WITHDRAWN;
import static org.assertj.core.api.Assertions.assertThat;

import duka.events.Money;
import duka.events.Refusal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RefusalsTest {

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
        assertThat(Refusals.of(List.of(line(CHAIR, 2)), Map.of(), Map.of()))
                .containsExactly(withdrawn);
    }

    @Test
    void each_line_that_cannot_be_had_is_named() {
        assertThat(
                        Refusals.of(
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
        return Refusals.of(
                List.of(line(CHAIR, 2)),
                Map.of(CHAIR, offer),
                Map.of(CHAIR, new Stock(CHAIR, available + 3, 3, 0)));
    }
}
