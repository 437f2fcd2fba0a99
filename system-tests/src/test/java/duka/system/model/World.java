package duka.system.model;

import duka.cart.CartPart;
import duka.catalog.stock.StockPart;
import duka.events.CartEvent;
import duka.events.CheckoutEvent;
import duka.events.OrderEvent;
import duka.events.PaymentEvent;
import duka.events.ReservationEvent;
import duka.order.OrderPart;
import duka.payment.PaymentPart;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * All that there is in a scenario, and how it can move: the four participants, what they have said
 * and who has heard it. A state of the world is an array of numbers:
 *
 * <pre>
 * faults, carts, stock, and for each order: order, payment,
 *     for each speaker: what it has said | how much of it Kafka has, how much has left its outbox
 *     for each listener: how many records it has behind it, from which of these on they are parked
 * </pre>
 *
 * A record may be delivered again at any time after it was delivered first, whether because the
 * listener died before its offset was committed, or because a relay died before its delete was, and
 * sent the record once more. The inbox knows it, so it changes nothing; only where the inbox is off
 * does the model follow what comes of it.
 */
final class World {

    /** One of those who say something of an order. */
    enum Speaker {
        CART,
        ORDER,
        STOCK,
        PAYMENT
    }

    /** One who listens to what a speaker says under the key of an order; all else passes it by. */
    enum Listener {
        ORDER_HEARS_CART(Speaker.ORDER, Speaker.CART, CartEvent.class),
        ORDER_HEARS_STOCK(Speaker.ORDER, Speaker.STOCK, ReservationEvent.class),
        ORDER_HEARS_PAYMENT(Speaker.ORDER, Speaker.PAYMENT, PaymentEvent.class),
        CART_HEARS_ORDER(Speaker.CART, Speaker.ORDER, OrderEvent.ForCart.class),
        STOCK_HEARS_ORDER(Speaker.STOCK, Speaker.ORDER, OrderEvent.ForStock.class),
        PAYMENT_HEARS_ORDER(Speaker.PAYMENT, Speaker.ORDER, OrderEvent.ForPayment.class);

        final Speaker who;
        final Speaker to;
        final Class<? extends CheckoutEvent> takes;

        Listener(Speaker who, Speaker to, Class<? extends CheckoutEvent> takes) {
            this.who = who;
            this.to = to;
            this.takes = takes;
        }
    }

    /** Takes what a state can become. */
    interface Moves {

        /**
         * @param comesByItself whether it is sure to happen, sooner or later
         */
        void to(char[] next, String what, Object about, boolean comesByItself);
    }

    private static final Speaker[] SPEAKERS = Speaker.values();
    private static final Listener[] LISTENERS = Listener.values();

    private static final int FAULTS = 0;
    private static final int CARTS = 1;
    private static final int STOCK = 2;
    private static final int FIRST_ORDER = 3;

    private static final int ORDER = 0;
    private static final int PAYMENT = 1;
    private static final int SAID = 2;
    private static final int LEFT = SAID + SPEAKERS.length;
    private static final int HEARD = LEFT + SPEAKERS.length;
    private static final int PER_ORDER = HEARD + LISTENERS.length;

    private static final char IMPOSSIBLE = 1;
    private static final char PARKED_ONCE = 2;
    private static final char RELAY_DIED = 4;

    final Scenario scenario;
    private final Mutant mutant;
    private final Numbered<CheckoutEvent> events = new Numbered<>();
    private final Numbered<List<Integer>> logs = new Numbered<>();
    private final Played<CartPart.State> carts;
    private final Played<StockPart.State> stock;
    private final Played<OrderPart.State> orders;
    private final Played<PaymentPart.State> payments;
    private final Set<String> table = new TreeSet<>();
    private String lastFault = "";

    World(Scenario scenario, Mutant mutant, Cells cells) {
        this.scenario = scenario;
        this.mutant = mutant;
        this.carts = played(new CartPart(scenario, cells));
        this.stock = played(new StockPart(scenario, cells, mutant));
        this.orders = played(new OrderPart(scenario, cells, mutant));
        this.payments = played(new PaymentPart(scenario, cells, mutant));
    }

    private <S> Played<S> played(Participant<S> participant) {
        table.addAll(participant.table());
        return new Played<>(participant, events);
    }

    /** The cells of all four tables that are not Impossible. */
    Set<String> table() {
        return table;
    }

    char[] initial() {
        var at = new char[FIRST_ORDER + scenario.orders() * PER_ORDER];
        at[CARTS] = (char) carts.initial();
        at[STOCK] = (char) stock.initial();
        var silence = (char) logs.of(List.of());
        for (var order = 0; order < scenario.orders(); order++) {
            at[index(order, ORDER)] = (char) orders.initial();
            at[index(order, PAYMENT)] = (char) payments.initial();
            for (var speaker : SPEAKERS) {
                at[index(order, SAID + speaker.ordinal())] = silence;
            }
        }
        return at;
    }

    // What can happen.

    void moves(char[] at, Moves moves) {
        for (var wish : carts.wishes(at[CARTS])) {
            moves.to(granted(at, CARTS, wish), "cart", wish, wish.comesByItself());
        }
        for (var wish : stock.wishes(at[STOCK])) {
            moves.to(granted(at, STOCK, wish), "catalog", wish, wish.comesByItself());
        }
        for (var order = 0; order < scenario.orders(); order++) {
            for (var wish : orders.wishes(at[index(order, ORDER)])) {
                var next = granted(at, index(order, ORDER), wish);
                moves.to(next, "order", wish, wish.comesByItself());
            }
            for (var wish : payments.wishes(at[index(order, PAYMENT)])) {
                var next = granted(at, index(order, PAYMENT), wish);
                moves.to(next, "payment", wish, wish.comesByItself());
            }
            for (var speaker : SPEAKERS) {
                relay(at, order, speaker, moves);
            }
            for (var listener : LISTENERS) {
                deliver(at, order, listener, moves);
                deliverAgain(at, order, listener, moves);
            }
        }
    }

    /** Where no relay can die, what is said is in Kafka at once: {@link #say}. */
    private void relay(char[] at, int order, Speaker speaker, Moves moves) {
        var place = index(order, LEFT + speaker.ordinal());
        int inKafka = at[place] >>> 8;
        int left = at[place] & 0xFF;
        if (left == said(at, order, speaker).size()) {
            return;
        }
        var event = events.get(said(at, order, speaker).get(left));
        // Once more, if Kafka has it already.
        moves.to(with(at, place, left + 1 << 8 | left + 1), "relay sends", event, true);
        if (inKafka == left && (at[FAULTS] & RELAY_DIED) == 0) {
            var halfWay =
                    mutant == Mutant.OUTBOX_DELETED_BEFORE_KAFKA_HAS_IT
                            ? inKafka << 8 | left + 1
                            : inKafka + 1 << 8 | left;
            var next = with(at, place, halfWay);
            next[FAULTS] |= RELAY_DIED;
            moves.to(next, "relay dies sending", event, false);
        }
    }

    private void deliver(char[] at, int order, Listener listener, Moves moves) {
        var place = index(order, HEARD + listener.ordinal());
        int behind = at[place] >>> 8;
        int parked = at[place] & 0xFF;
        var records = said(at, order, listener.to);
        int inKafka = at[index(order, LEFT + listener.to.ordinal())] >>> 8;
        var record = nextFor(listener, records, behind);
        if (record < inKafka) {
            var event = events.get(records.get(record));
            if (parked > 0 && mutant != Mutant.DEAD_LETTER_PARKED_WITHOUT_ITS_KEY) {
                moves.to(
                        with(at, place, record + 1 << 8 | parked),
                        listener + " parks behind another",
                        event,
                        true);
            } else {
                moves.to(
                        heard(at, order, listener, record + 1 << 8 | parked, record),
                        listener.name(),
                        event,
                        true);
                var second = nextFor(listener, records, record + 1);
                if (second < inKafka) {
                    var both = heard(at, order, listener, second + 1 << 8 | parked, record, second);
                    moves.to(both, listener + " in one poll with the next", event, true);
                }
                if (scenario.has(Freedom.DEAD_LETTER) && (at[FAULTS] & PARKED_ONCE) == 0) {
                    var next = with(at, place, record + 1 << 8 | record + 1);
                    next[FAULTS] |= PARKED_ONCE;
                    moves.to(next, listener + " parks", event, false);
                }
            }
        }
        if (parked > 0 && (at[FAULTS] & IMPOSSIBLE) == 0) {
            retry(at, order, listener, moves);
        }
    }

    private void retry(char[] at, int order, Listener listener, Moves moves) {
        var place = index(order, HEARD + listener.ordinal());
        int behind = at[place] >>> 8;
        int parked = at[place] & 0xFF;
        var records = said(at, order, listener.to);
        var following =
                mutant == Mutant.DEAD_LETTER_PARKED_WITHOUT_ITS_KEY
                        ? behind
                        : Math.min(behind, nextFor(listener, records, parked));
        moves.to(
                heard(
                        at,
                        order,
                        listener,
                        behind << 8 | (following < behind ? following + 1 : 0),
                        parked - 1),
                "staff retry for " + listener,
                events.get(records.get(parked - 1)),
                true);
    }

    private void deliverAgain(char[] at, int order, Listener listener, Moves moves) {
        if (mutant != Mutant.INBOX_OFF && !isHarmlessForEver(at, order, listener)) {
            return; // the inbox knows them all
        }
        var place = index(order, HEARD + listener.ordinal());
        var records = said(at, order, listener.to);
        int behind = at[place] >>> 8;
        for (var record = nextFor(listener, records, 0);
                record < behind;
                record = nextFor(listener, records, record + 1)) {
            moves.to(
                    heard(at, order, listener, at[place], record),
                    listener + " once more",
                    events.get(records.get(record)),
                    false);
        }
    }

    /**
     * Inboxes are pruned. What an order was made from, and what was decided of a cart that has
     * become another order since, may be heard again even so.
     */
    private boolean isHarmlessForEver(char[] at, int order, Listener listener) {
        return switch (listener) {
            case ORDER_HEARS_CART -> true;
            case CART_HEARS_ORDER ->
                    scenario.has(Freedom.CONFIRMS_AGAIN) && carts(at).hasMovedOn(Ids.order(order));
            default -> false;
        };
    }

    /** The next record that the listener takes. */
    private int nextFor(Listener listener, List<Integer> records, int from) {
        var next = from;
        while (next < records.size() && !listener.takes.isInstance(events.get(records.get(next)))) {
            next++;
        }
        return next;
    }

    // What it leads to.

    private char[] granted(char[] at, int part, Wish wish) {
        return after(at, part, play(who(part)).grant(at[part], wish));
    }

    /**
     * @param place how the listener stands after it
     */
    private char[] heard(char[] at, int order, Listener listener, int place, int... records) {
        var part =
                switch (listener.who) {
                    case CART -> CARTS;
                    case STOCK -> STOCK;
                    case ORDER -> index(order, ORDER);
                    case PAYMENT -> index(order, PAYMENT);
                };
        var log = said(at, order, listener.to);
        var poll = new int[records.length];
        for (var number = 0; number < poll.length; number++) {
            poll[number] = log.get(records[number]);
        }
        var next = after(at, part, play(listener.who).hear(at[part], poll));
        next[index(order, HEARD + listener.ordinal())] = (char) place;
        return next;
    }

    private char[] after(char[] at, int part, Played.Move move) {
        var next = with(at, part, move.after());
        for (var event : move.said()) {
            say(next, who(part), event);
        }
        if (move.fault() != null) {
            next[FAULTS] |= IMPOSSIBLE;
            lastFault = move.fault();
        }
        return next;
    }

    private void say(char[] next, Speaker speaker, int event) {
        var order = Ids.number(events.get(event).orderId());
        var place = index(order, SAID + speaker.ordinal());
        var more = new ArrayList<>(logs.get(next[place]));
        more.add(event);
        next[place] = (char) logs.of(List.copyOf(more));
        if (!scenario.has(Freedom.RELAY_CRASHES)) {
            next[index(order, LEFT + speaker.ordinal())] = (char) (more.size() << 8 | more.size());
        }
    }

    private Played<?> play(Speaker who) {
        return switch (who) {
            case CART -> carts;
            case STOCK -> stock;
            case ORDER -> orders;
            case PAYMENT -> payments;
        };
    }

    private static Speaker who(int part) {
        return switch (part) {
            case CARTS -> Speaker.CART;
            case STOCK -> Speaker.STOCK;
            default -> (part - FIRST_ORDER) % PER_ORDER == ORDER ? Speaker.ORDER : Speaker.PAYMENT;
        };
    }

    private static char[] with(char[] at, int place, int value) {
        var next = at.clone();
        next[place] = (char) value;
        return next;
    }

    private static int index(int order, int what) {
        return FIRST_ORDER + order * PER_ORDER + what;
    }

    // What can be seen of it.

    CartPart.State carts(char[] at) {
        return carts.state(at[CARTS]);
    }

    StockPart.State stock(char[] at) {
        return stock.state(at[STOCK]);
    }

    OrderPart.State order(char[] at, int order) {
        return orders.state(at[index(order, ORDER)]);
    }

    PaymentPart.State payment(char[] at, int order) {
        return payments.state(at[index(order, PAYMENT)]);
    }

    List<CheckoutEvent> saidBy(char[] at, int order, Speaker speaker) {
        return said(at, order, speaker).stream().map(events::get).toList();
    }

    private List<Integer> said(char[] at, int order, Speaker speaker) {
        return logs.get(at[index(order, SAID + speaker.ordinal())]);
    }

    /** Which stock it is; the same number, the same stock. */
    int stockNumber(char[] at) {
        return at[STOCK];
    }

    /** Which log it is; the same number, the same events. */
    int logNumber(char[] at, int order, Speaker speaker) {
        return at[index(order, SAID + speaker.ordinal())];
    }

    /** Whether something was heard that cannot be. */
    boolean isImpossible(char[] at) {
        return (at[FAULTS] & IMPOSSIBLE) != 0;
    }

    /** What could not be, when last something could not be. */
    String lastFault() {
        return lastFault;
    }

    /** Whether an event is neither in its outbox nor in Kafka. */
    boolean hasLost(char[] at) {
        for (var order = 0; order < scenario.orders(); order++) {
            for (var speaker : SPEAKERS) {
                var left = at[index(order, LEFT + speaker.ordinal())];
                if ((left & 0xFF) > left >>> 8) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether nothing happens any more unless somebody wants it. */
    boolean isQuiet(char[] at) {
        for (var order = 0; order < scenario.orders(); order++) {
            if (order(at, order).facts().waits() || !payment(at, order).facts().isQuiet()) {
                return false;
            }
            for (var speaker : SPEAKERS) {
                int left = at[index(order, LEFT + speaker.ordinal())] & 0xFF;
                if (left < said(at, order, speaker).size()) {
                    return false;
                }
            }
            for (var listener : LISTENERS) {
                var heard = at[index(order, HEARD + listener.ordinal())];
                var records = said(at, order, listener.to);
                if ((heard & 0xFF) > 0
                        || nextFor(listener, records, heard >>> 8) < records.size()) {
                    return false;
                }
            }
        }
        return true;
    }

    String show(char[] at) {
        var lines = new ArrayList<String>();
        lines.add("carts " + carts(at));
        lines.add("stock " + stock(at));
        for (var order = 0; order < scenario.orders(); order++) {
            lines.add("order " + order + ": " + order(at, order).facts());
            lines.add("payment " + order + ": " + payment(at, order).facts());
            lines.add("    " + payment(at, order));
        }
        return String.join("\n", lines);
    }
}
