package duka.catalog.stock;

import duka.events.OrderEvent;
import duka.events.OrderEvent.Line;
import duka.events.OrderEvent.OrderPlaced;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Reads and writes all that a batch of events is about at once: however many orders want one
 * product, its row is locked once and written once.
 */
@Component
class Stockroom {

    private final Reservations reservations;
    private final Stocks stocks;
    private final Movements movements;
    private final Clock clock;

    Stockroom(Reservations reservations, Stocks stocks, Movements movements, Clock clock) {
        this.reservations = reservations;
        this.stocks = stocks;
        this.movements = movements;
        this.clock = clock;
    }

    Batch open(List<? extends OrderEvent> heard) {
        var orders = heard.stream().map(OrderEvent::orderId).collect(Collectors.toSet());
        var wanted =
                heard.stream()
                        .flatMap(
                                event ->
                                        event instanceof OrderPlaced placed
                                                ? placed.lines().stream().map(Line::productId)
                                                : Stream.empty())
                        .collect(Collectors.toSet());
        var known = reservations.find(orders);
        var stock = stocks.lock(products(known, wanted));
        // Of locked stock only: what came to be offered after that is as good as not there.
        return new Batch(known, stock, wanted.isEmpty() ? Map.of() : stocks.offers(stock.keySet()));
    }

    void close(Batch batch) {
        var now = clock.instant();
        reservations.add(batch.newReservations(), now);
        reservations.change(batch.changedReservations(), now);
        stocks.change(batch.changedStock());
        movements.addAll(batch.movements());
    }

    private static Set<UUID> products(Map<UUID, Reservation> known, Set<UUID> wanted) {
        return Stream.concat(
                        wanted.stream(),
                        known.values().stream()
                                .flatMap(reservation -> reservation.lines().stream())
                                .map(Reservation.Line::productId))
                .collect(Collectors.toSet());
    }
}
