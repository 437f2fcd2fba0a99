package duka.order;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import duka.events.CartEvent.CartCheckedOut;
import duka.events.Money;
import duka.events.OrderEvent.VendorShare;
import duka.events.Quantity;
import duka.events.Refusal;
import duka.events.ReservationEvent;
import duka.order.Order.Lines;
import java.util.Currency;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** An order's lines, taken together. Whatever happens to some of them makes new ones. */
record OrderLines(Currency currency, List<OrderLine> all) {

    /** What happens to so many units of a line. */
    interface Movement {
        OrderLine of(OrderLine line, int units);
    }

    static OrderLines of(CartCheckedOut cart) {
        var lines =
                cart.lines().stream()
                        .map(l -> new OrderLine(l.productId(), l.quantity(), l.unitPrice()))
                        .toList();
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("order %s has no lines".formatted(cart.orderId()));
        }
        if (lines.stream().map(OrderLine::productId).distinct().count() < lines.size()) {
            throw new IllegalArgumentException(
                    "order %s names a product twice".formatted(cart.orderId()));
        }
        var of = new OrderLines(cart.currency(), lines);
        of.total(); // fails if the lines are not all in the order's currency, or overflow
        return of;
    }

    // What happens to them.

    /** Names and prices them as catalog has reserved them, which must be all of them. */
    OrderLines reserved(List<ReservationEvent.Line> as) {
        var byProduct = as.stream().collect(toMap(ReservationEvent.Line::productId, line -> line));
        var given =
                as.stream()
                        .map(line -> new Quantity(line.productId(), line.quantity()))
                        .collect(toSet());
        if (!bought().equals(given)) {
            throw new IllegalArgumentException(
                    "%s was asked for, %s is reserved".formatted(bought(), given));
        }
        return each(line -> line.reserved(byProduct.get(line.productId())));
    }

    OrderLines refused(List<Refusal> refused) {
        var why = refused.stream().collect(toMap(Refusal::productId, Refusal::why, (a, _) -> a));
        return each(
                line -> {
                    var reason = why.get(line.productId());
                    return reason == null ? line : line.refused(reason);
                });
    }

    /**
     * @throws IllegalArgumentException if these are not units of the lines, or not of each line
     *     once, or cannot be moved like this any more
     */
    OrderLines moved(List<Quantity> quantities, Movement movement) {
        var units = new HashMap<UUID, Integer>();
        for (var quantity : quantities) {
            if (quantity.quantity() < 1
                    || units.put(quantity.productId(), quantity.quantity()) != null) {
                throw new IllegalArgumentException("%s cannot be moved".formatted(quantities));
            }
        }
        var moved =
                each(
                        line -> {
                            var of = units.remove(line.productId());
                            return of == null ? line : movement.of(line, of);
                        });
        if (!units.isEmpty()) {
            throw new IllegalArgumentException("there is no line of " + units.keySet());
        }
        return moved;
    }

    private OrderLines each(UnaryOperator<OrderLine> change) {
        return new OrderLines(currency, all.stream().map(change).toList());
    }

    // What they are.

    Money total() {
        return sum(OrderLine::total);
    }

    Money cancelledAmount() {
        return sum(line -> line.unitPrice().times(line.cancelled()));
    }

    int units(ToIntFunction<OrderLine> units) {
        return all.stream().mapToInt(units).sum();
    }

    Set<Quantity> bought() {
        return all.stream().map(OrderLine::bought).collect(toSet());
    }

    /** What can still be shipped or cancelled of each line. */
    List<Quantity> open() {
        return all.stream()
                .filter(line -> line.open() > 0)
                .map(line -> new Quantity(line.productId(), line.open()))
                .toList();
    }

    boolean haveOpen(List<Quantity> wanted) {
        var open = open().stream().collect(toMap(Quantity::productId, Quantity::quantity));
        return wanted.stream().map(Quantity::productId).distinct().count() == wanted.size()
                && wanted.stream()
                        .allMatch(u -> u.quantity() <= open.getOrDefault(u.productId(), 0));
    }

    /** What they have come to. */
    Lines rest() {
        if (all.stream().anyMatch(line -> line.open() > 0)) {
            return Lines.OPEN;
        }
        return units(OrderLine::shipped) > 0 ? Lines.SHIPPED : Lines.CANCELLED;
    }

    /** Whether nothing has happened to any of them yet. */
    boolean areWhole() {
        return all.stream().allMatch(line -> line.open() == line.quantity());
    }

    boolean areAllDelivered() {
        return all.stream().allMatch(line -> line.delivered() == line.shipped());
    }

    /** What each vendor has sold, in the order of the lines; the shares sum up to the total. */
    List<VendorShare> vendorShares() {
        return vendorShares(OrderLine::quantity);
    }

    /** What of that each vendor has for so many of its lines. */
    List<VendorShare> vendorShares(List<Quantity> of) {
        var units = of.stream().collect(toMap(Quantity::productId, Quantity::quantity));
        return vendorShares(line -> units.getOrDefault(line.productId(), 0));
    }

    private List<VendorShare> vendorShares(ToIntFunction<OrderLine> units) {
        var shares = new LinkedHashMap<@Nullable UUID, Money>();
        for (var line : all) {
            var sold = units.applyAsInt(line);
            if (sold > 0) {
                shares.merge(line.vendorId(), line.unitPrice().times(sold), Money::plus);
            }
        }
        return shares.entrySet().stream()
                .map(share -> new VendorShare(share.getKey(), share.getValue()))
                .toList();
    }

    private Money sum(Function<OrderLine, Money> amount) {
        return all.stream().map(amount).reduce(Money.zero(currency), Money::plus);
    }
}
