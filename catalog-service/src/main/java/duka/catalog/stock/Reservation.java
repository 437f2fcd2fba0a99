package duka.catalog.stock;

import static duka.catalog.stock.ReservationStatus.HELD;
import static duka.catalog.stock.ReservationStatus.REFUSED;
import static duka.catalog.stock.ReservationStatus.RELEASED;
import static duka.catalog.stock.ReservationStatus.RETURNED;
import static duka.catalog.stock.ReservationStatus.TAKEN;

import duka.events.Money;
import duka.events.OrderEvent.OrderPlaced;
import duka.events.Quantity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The stock of one order: held for it or refused, then taken or released, and returned when the
 * order comes to nothing after all.
 */
record Reservation(UUID orderId, ReservationStatus status, List<Line> lines) {

    Reservation {
        lines = List.copyOf(lines);
        var products = new HashSet<UUID>();
        for (var line : lines) {
            if (!products.add(line.productId())) {
                throw new IllegalArgumentException(
                        "order %s names product %s twice".formatted(orderId, line.productId()));
            }
        }
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("order %s has no lines".formatted(orderId));
        }
    }

    /**
     * @param returned how many of the taken units are back
     */
    record Line(UUID productId, int quantity, int returned, Money unitPrice) {

        Line {
            if (quantity < 1 || returned < 0 || quantity < returned) {
                throw new IllegalArgumentException(
                        "of %d units of product %s, %d cannot be returned"
                                .formatted(quantity, productId, returned));
            }
        }

        int rest() {
            return quantity - returned;
        }

        Line returning(int units) {
            return new Line(productId, quantity, returned + units, unitPrice);
        }
    }

    static Reservation held(OrderPlaced order) {
        return asked(order, HELD);
    }

    static Reservation refused(OrderPlaced order) {
        return asked(order, REFUSED);
    }

    private static Reservation asked(OrderPlaced order, ReservationStatus status) {
        return new Reservation(
                order.orderId(),
                status,
                order.lines().stream()
                        .map(
                                line ->
                                        new Line(
                                                line.productId(),
                                                line.quantity(),
                                                0,
                                                line.unitPrice()))
                        .toList());
    }

    Reservation taken() {
        return new Reservation(orderId, TAKEN, lines);
    }

    Reservation released() {
        return new Reservation(orderId, RELEASED, lines);
    }

    /** After all that is not yet back has come back. */
    Reservation returned() {
        return new Reservation(
                orderId,
                RETURNED,
                lines.stream().map(line -> line.returning(line.rest())).toList());
    }

    /** After these units have come back. */
    Reservation returning(List<Quantity> units) {
        var back = new HashMap<UUID, Integer>();
        for (var unit : units) {
            if (unit.quantity() < 1) {
                throw new IllegalArgumentException("%s is nothing to return".formatted(unit));
            }
            back.merge(unit.productId(), unit.quantity(), Math::addExact);
        }
        var left = new ArrayList<Line>();
        for (var line : lines) {
            var returned = back.remove(line.productId());
            left.add(returned == null ? line : line.returning(returned));
        }
        if (!back.isEmpty()) {
            throw new IllegalArgumentException(
                    "order %s has no products %s".formatted(orderId, back.keySet()));
        }
        return new Reservation(
                orderId, left.stream().allMatch(line -> line.rest() == 0) ? RETURNED : TAKEN, left);
    }

    /** What has come back since it was like that, line by line. */
    List<Quantity> returnedSince(@Nullable Reservation was) {
        var back = new ArrayList<Quantity>();
        for (int i = 0; i < lines.size(); i++) {
            var line = lines.get(i);
            int units = line.returned() - (was == null ? 0 : was.lines().get(i).returned());
            if (units > 0) {
                back.add(new Quantity(line.productId(), units));
            }
        }
        return back;
    }

    /** How many units it keeps from being sold to others. */
    int reserves(Line line) {
        return status == HELD ? line.quantity() : 0;
    }

    /** How many units are gone because of it. */
    int takes(Line line) {
        return switch (status) {
            case TAKEN, RETURNED -> line.rest();
            case HELD, REFUSED, RELEASED -> 0;
        };
    }
}
