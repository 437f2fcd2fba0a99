package duka.catalog.stock;

import static duka.catalog.stock.ReservationFixture.CHAIR;
import static duka.catalog.stock.ReservationFixture.TABLE;
import static duka.catalog.stock.ReservationFixture.held;
import static duka.catalog.stock.ReservationFixture.line;
import static duka.catalog.stock.ReservationFixture.of;
import static duka.catalog.stock.ReservationFixture.placed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import duka.events.Quantity;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ReservationTest {

    @Test
    void a_held_line_is_reserved_and_a_taken_one_is_gone() {
        var held = held();
        var taken = held.taken();

        assertThat(held.reserves(held.lines().getFirst())).isEqualTo(2);
        assertThat(held.takes(held.lines().getFirst())).isZero();
        assertThat(taken.reserves(taken.lines().getFirst())).isZero();
        assertThat(taken.takes(taken.lines().getFirst())).isEqualTo(2);
    }

    @Test
    void what_came_back_with_a_cancelled_line_does_not_come_back_again() {
        var taken = held().taken();
        var afterTwoTables = taken.returning(of(TABLE, 2));

        assertThat(afterTwoTables.returnedSince(taken)).containsExactly(new Quantity(TABLE, 2));
        assertThat(afterTwoTables.returned().returnedSince(afterTwoTables))
                .containsExactly(new Quantity(CHAIR, 2), new Quantity(TABLE, 3));
    }

    @Test
    void it_is_returned_once_nothing_is_left() {
        var lines = List.of(new Quantity(CHAIR, 2), new Quantity(TABLE, 3), new Quantity(TABLE, 2));
        assertThat(held().taken().returning(lines).status()).isEqualTo(ReservationStatus.RETURNED);
    }

    @Test
    void more_than_was_taken_cannot_come_back() {
        var taken = held().taken();
        assertThatIllegalArgumentException().isThrownBy(() -> taken.returning(of(CHAIR, 3)));
        assertThatIllegalArgumentException().isThrownBy(() -> taken.returning(of(CHAIR, 0)));
        assertThatIllegalArgumentException().isThrownBy(() -> taken.returning(of(CHAIR, -1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> taken.returning(of(UUID.randomUUID(), 1)));
    }

    @Test
    void an_order_names_each_product_once_and_wants_some_of_it() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Reservation.held(placed(line(CHAIR, 1), line(CHAIR, 1))));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Reservation.held(placed(line(CHAIR, 0))));
        assertThatIllegalArgumentException().isThrownBy(() -> Reservation.held(placed()));
    }
}
