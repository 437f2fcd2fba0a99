package duka.system.model;

import duka.catalog.stock.StockPart;
import duka.events.CheckoutEvent;
import duka.events.OrderEvent.OrderLinesCancelled;
import duka.events.OrderEvent.OrderShipped;
import duka.events.PaymentEvent.PaymentActionRequired;
import duka.events.PaymentEvent.PaymentRefunded;
import duka.events.PaymentMethod;
import duka.events.ReservationEvent.StockReturned;
import duka.order.OrderLine;
import duka.order.OrderPart;
import duka.order.OrderStatus;
import duka.payment.PaymentPart;
import duka.system.model.World.Speaker;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Holds states of a world to what is promised of the shop. */
final class Invariants {

    /** What an order may say or be told more than once. */
    private static final Set<Class<? extends CheckoutEvent>> REPEATABLE =
            Set.of(
                    OrderShipped.class,
                    OrderLinesCancelled.class,
                    StockReturned.class,
                    PaymentActionRequired.class,
                    PaymentRefunded.class);

    private final World world;
    private final Scenario scenario;
    private final Map<Integer, Boolean> stockAddsUp = new HashMap<>();
    private final Map<Integer, Boolean> saidOnce = new HashMap<>();

    Invariants(World world) {
        this.world = world;
        this.scenario = world.scenario;
    }

    /** None, in a state of the shop as it is. */
    Set<Invariant> violated(char[] at) {
        var violated = EnumSet.noneOf(Invariant.class);
        var quiet = world.isQuiet(at);
        if (world.isImpossible(at) || world.hasLost(at)) {
            violated.add(Invariant.DELIVERY);
        }
        if (!stockAddsUp.computeIfAbsent(world.stockNumber(at), _ -> addsUp(world.stock(at)))) {
            violated.add(Invariant.STOCK);
        }
        if (isOversold(at)) {
            violated.add(Invariant.SUPPLY);
        }
        var orders = 0;
        for (var number = 0; number < scenario.orders(); number++) {
            orders += world.order(at, number).exists() ? 1 : 0;
            check(at, number, quiet, violated);
        }
        if (orders > world.carts(at).confirmed() || quiet && orders < world.carts(at).confirmed()) {
            violated.add(Invariant.ONE_ORDER);
        }
        if (quiet && world.carts(at).isWaiting()) {
            violated.add(Invariant.ENDING);
        }
        return violated;
    }

    private void check(char[] at, int number, boolean quiet, Set<Invariant> violated) {
        var order = world.order(at, number);
        var payment = world.payment(at, number).facts();
        var stock = world.stock(at);
        var reservation = stock.status(Ids.order(number));
        if (!moneyIsRight(order.facts(), payment, quiet)) {
            violated.add(Invariant.MONEY);
        }
        if (!isOne(at, number, payment)) {
            violated.add(Invariant.ONE_ORDER);
        }
        if (!matches(order.facts(), payment, reservation)) {
            violated.add(Invariant.MATCHING);
        }
        if (payment.balance() != 0 || payment.vendors() < 0) {
            violated.add(Invariant.LEDGER);
        }
        if (!pricesAreCatalogs(order, stock, number)) {
            violated.add(Invariant.PRICE);
        }
        var undecided =
                order.facts().status() == OrderStatus.PLACED
                        || order.facts().status() == OrderStatus.AWAITING_PAYMENT;
        var between = reservation.equals("HELD") || payment.status().endsWith("ING");
        if (undecided != order.facts().waits() || quiet && (between || !order.facts().finished())) {
            violated.add(Invariant.ENDING);
        }
    }

    private boolean addsUp(StockPart.State stock) {
        for (var number = 0; number < scenario.quantities().size(); number++) {
            var product = Ids.product(number);
            var onHand = stock.onHand(product);
            var reserved = stock.reserved(product);
            if (onHand != scenario.supply() + stock.moved().getOrDefault(product, 0)
                    || onHand != scenario.supply() - stock.taken(product)
                    || reserved != stock.held(product)
                    || reserved < 0
                    || reserved > onHand) {
                return false;
            }
        }
        return true;
    }

    private boolean isOversold(char[] at) {
        for (var product = 0; product < scenario.quantities().size(); product++) {
            var sold = 0;
            for (var order = 0; order < scenario.orders(); order++) {
                var state = world.order(at, order);
                if (state.facts().isSold()) {
                    sold += units(state.lines(), product);
                }
            }
            if (sold > scenario.supply()) {
                return true;
            }
        }
        return false;
    }

    private static int units(List<OrderLine> lines, int product) {
        var units = 0;
        for (var line : lines) {
            if (line.productId().equals(Ids.product(product))) {
                units += line.quantity() - line.cancelled();
            }
        }
        return units;
    }

    private boolean moneyIsRight(OrderPart.Facts order, PaymentPart.Facts payment, boolean quiet) {
        var back = payment.refunded() + payment.settled();
        if (!order.confirmed() && (payment.captured() > 0 || payment.providerCaptured() > 0)
                || back > payment.captured()
                || payment.providerRefunded() > payment.providerCaptured()) {
            return false;
        }
        if (!quiet || !payment.exists()) {
            return true;
        }
        var card = payment.method() == PaymentMethod.CARD;
        var booksAgree =
                !card
                        || payment.captured() == payment.providerCaptured()
                                && payment.refunded() == payment.providerRefunded();
        if (!order.isSold()) {
            return booksAgree && payment.captured() == back && !payment.isLive();
        }
        var due = card || order.status() == OrderStatus.DELIVERED ? order.total() : 0;
        var more = scenario.has(Freedom.STAFF_REFUNDS);
        return booksAgree
                && payment.captured() == due
                && (more ? back >= payment.wanted() : back == order.cancelledAmount())
                && (more || payment.wanted() == order.cancelledAmount());
    }

    private boolean isOne(char[] at, int number, PaymentPart.Facts payment) {
        if (payment.authorizations() > 1) {
            return false;
        }
        for (var speaker : Speaker.values()) {
            var once =
                    saidOnce.computeIfAbsent(
                            world.logNumber(at, number, speaker),
                            _ -> isSaidOnce(world.saidBy(at, number, speaker)));
            if (!once) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSaidOnce(List<CheckoutEvent> said) {
        var kinds =
                said.stream()
                        .map(CheckoutEvent::getClass)
                        .filter(kind -> !REPEATABLE.contains(kind))
                        .collect(Collectors.groupingBy(kind -> kind, Collectors.counting()));
        return kinds.values().stream().allMatch(times -> times == 1);
    }

    private static boolean matches(
            OrderPart.Facts order, PaymentPart.Facts payment, String reservation) {
        var status = order.status();
        var confirmed = order.confirmed();
        var over = status == OrderStatus.CANCELLED || status == OrderStatus.RETURNED;
        var stockMatches =
                switch (reservation) {
                    case "" ->
                            status == null
                                    || status == OrderStatus.PLACED
                                    || status == OrderStatus.CANCELLED && !confirmed;
                    case "HELD" -> status != null && status != OrderStatus.REJECTED;
                    case "REFUSED" ->
                            status == OrderStatus.PLACED
                                    || status == OrderStatus.REJECTED
                                    || status == OrderStatus.CANCELLED && !confirmed;
                    case "TAKEN" -> confirmed;
                    case "RELEASED" -> status == OrderStatus.CANCELLED && !confirmed;
                    case "RETURNED" -> confirmed && over;
                    default -> throw new IllegalStateException(reservation);
                };
        var moneyMatches =
                switch (payment.status()) {
                    case "" -> !confirmed;
                    case "PENDING", "AUTHORIZING" ->
                            status == OrderStatus.AWAITING_PAYMENT
                                    || status == OrderStatus.CANCELLED && !confirmed;
                    case "AUTHORIZED" ->
                            status != null
                                    && status != OrderStatus.PLACED
                                    && status != OrderStatus.REJECTED;
                    case "DECLINED" ->
                            status == OrderStatus.AWAITING_PAYMENT
                                    || status == OrderStatus.CANCELLED && !confirmed;
                    case "CAPTURING", "CAPTURED", "CAPTURE_REFUSED" -> confirmed;
                    case "VOIDING", "VOIDED" -> over;
                    case "REFUNDING", "REFUNDED" -> confirmed && over;
                    default -> throw new IllegalStateException(payment.status());
                };
        return stockMatches && moneyMatches;
    }

    private boolean pricesAreCatalogs(OrderPart.State order, StockPart.State stock, int number) {
        var status = order.facts().status();
        if (status == null
                || status == OrderStatus.PLACED
                || status == OrderStatus.REJECTED
                || status == OrderStatus.CANCELLED) {
            return true;
        }
        for (var line : order.lines()) {
            if (!line.unitPrice().equals(stock.price(Ids.order(number), line.productId()))) {
                return false;
            }
        }
        return true;
    }
}
