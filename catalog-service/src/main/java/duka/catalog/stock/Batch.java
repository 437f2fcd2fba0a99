package duka.catalog.stock;

import duka.catalog.stock.Movement.Kind;
import duka.events.ReservationEvent;
import duka.events.StockEvent;
import duka.messaging.Uuid7;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The reservations and the stock that some events are about, as they were when the first of them
 * was heard and as they become with each. {@link Stockroom} hands it out and takes it back.
 */
class Batch {

    private final Map<UUID, Reservation> reservationsBefore;
    private final Map<UUID, Reservation> reservations = new LinkedHashMap<>();
    private final Map<UUID, Stock> stockBefore;
    private final Map<UUID, Stock> stock;
    private final Map<UUID, Offer> offers;
    private final List<Movement> movements = new ArrayList<>();
    private final List<StockEvent> said = new ArrayList<>();

    Batch(Map<UUID, Reservation> reservations, Map<UUID, Stock> stock, Map<UUID, Offer> offers) {
        this.reservationsBefore = reservations;
        this.stockBefore = stock;
        this.stock = new HashMap<>(stock);
        this.offers = offers;
    }

    @Nullable Reservation reservation(UUID order) {
        return reservations.getOrDefault(order, reservationsBefore.get(order));
    }

    Map<UUID, Stock> stock() {
        return Collections.unmodifiableMap(stock);
    }

    Map<UUID, Offer> offers() {
        return offers;
    }

    /** The stock follows: what the reservation keeps and takes is no longer there for others. */
    void become(Reservation next, Clock clock) {
        var was = reservations.put(next.orderId(), next);
        if (was == null) {
            was = reservationsBefore.get(next.orderId());
        }
        for (int i = 0; i < next.lines().size(); i++) {
            var line = next.lines().get(i);
            int reserved = next.reserves(line);
            int taken = next.takes(line);
            if (was != null) {
                reserved -= was.reserves(was.lines().get(i));
                taken -= was.takes(was.lines().get(i));
            }
            move(next.orderId(), line.productId(), reserved, taken, clock);
        }
    }

    private void move(UUID order, UUID product, int reserved, int taken, Clock clock) {
        if (reserved == 0 && taken == 0) {
            return;
        }
        stock.compute(
                product,
                (_, before) -> {
                    if (before == null) {
                        throw new IllegalStateException(
                                "product %s has no stock".formatted(product));
                    }
                    return before.plus(-taken, reserved);
                });
        if (taken != 0) {
            movements.add(
                    new Movement(
                            Uuid7.mint(clock),
                            product,
                            taken > 0 ? Kind.TAKEN : Kind.RETURNED,
                            -taken,
                            order,
                            null,
                            null,
                            null,
                            null,
                            clock.instant()));
        }
    }

    Collection<Reservation> newReservations() {
        return reservations.values().stream()
                .filter(reservation -> !reservationsBefore.containsKey(reservation.orderId()))
                .toList();
    }

    Collection<Reservation> changedReservations() {
        return reservations.values().stream()
                .filter(reservation -> reservationsBefore.containsKey(reservation.orderId()))
                .toList();
    }

    Collection<Stock> changedStock() {
        return stock.values().stream()
                .filter(now -> !now.equals(stockBefore.get(now.productId())))
                .toList();
    }

    Collection<Movement> movements() {
        return movements;
    }

    void say(ReservationEvent event) {
        said.add(event);
    }

    /** What was said, and then the levels that changed from the first event to the last. */
    Collection<StockEvent> said() {
        var all = new ArrayList<>(said);
        for (var now : stock.values()) {
            if (now.level() != stockBefore.get(now.productId()).level()) {
                all.add(now.announceLevel());
            }
        }
        return all;
    }
}
