package duka.catalog.stock;

import duka.events.Money;
import duka.events.OrderEvent;
import duka.events.OrderEvent.OrderPlaced;
import duka.events.Quantity;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

final class ReservationFixture {

    static final UUID ORDER = UUID.randomUUID();
    static final UUID CHAIR = UUID.randomUUID();
    static final UUID TABLE = UUID.randomUUID();
    static final Money PRICE = Money.of("389.00", "KES");

    /** Two chairs and five tables. */
    static final OrderPlaced PLACED = placed(line(CHAIR, 2), line(TABLE, 5));

    static OrderEvent.Line line(UUID product, int quantity) {
        return new OrderEvent.Line(product, quantity, PRICE);
    }

    static OrderPlaced placed(OrderEvent.Line... lines) {
        var total =
                Arrays.stream(lines)
                        .map(line -> line.unitPrice().times(line.quantity()))
                        .reduce(Money.zero(PRICE.currency()), Money::plus);
        return new OrderPlaced(ORDER, UUID.randomUUID(), List.of(lines), total);
    }

    static List<Quantity> of(UUID product, int quantity) {
        return List.of(new Quantity(product, quantity));
    }

    static Reservation held() {
        return Reservation.held(PLACED);
    }

    static Offer offer(UUID product, Money price, boolean active) {
        return new Offer(product, "Chair", null, price, active);
    }

    private ReservationFixture() {}
}
