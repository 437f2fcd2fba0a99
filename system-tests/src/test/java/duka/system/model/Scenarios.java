package duka.system.model;

import static duka.events.PaymentMethod.CARD;
import static duka.events.PaymentMethod.CASH_ON_DELIVERY;
import static duka.system.model.Freedom.ACTION_REQUIRED;
import static duka.system.model.Freedom.ANOTHER_CART;
import static duka.system.model.Freedom.CAPTURE_REFUSED;
import static duka.system.model.Freedom.CART_EXPIRES;
import static duka.system.model.Freedom.CONFIRMS_AGAIN;
import static duka.system.model.Freedom.CUSTOMER_CANCELS;
import static duka.system.model.Freedom.DEAD_LETTER;
import static duka.system.model.Freedom.LATE_ANSWERS;
import static duka.system.model.Freedom.LINE_CANCELS;
import static duka.system.model.Freedom.PARTIAL_SHIPMENT;
import static duka.system.model.Freedom.PRICE_MOVES;
import static duka.system.model.Freedom.PROVIDER_DECLINES;
import static duka.system.model.Freedom.REFUND_REFUSED;
import static duka.system.model.Freedom.RELAY_CRASHES;
import static duka.system.model.Freedom.RETURNS;
import static duka.system.model.Freedom.SHIPPING;
import static duka.system.model.Freedom.STAFF_CANCELS;
import static duka.system.model.Freedom.STAFF_REFUNDS;

import java.util.List;
import java.util.Set;

/** What the model explores. All that may happen in one world at once would be too many states. */
final class Scenarios {

    static final Scenario A_CARD =
            new Scenario(
                    "one order, by a card whose provider does what it likes",
                    CARD,
                    true,
                    1,
                    1,
                    List.of(1, 1),
                    1,
                    Set.of(
                            CUSTOMER_CANCELS,
                            STAFF_CANCELS,
                            PROVIDER_DECLINES,
                            ACTION_REQUIRED,
                            CAPTURE_REFUSED,
                            LATE_ANSWERS,
                            SHIPPING,
                            RETURNS));

    static final Scenario A_TOKEN_LATER =
            new Scenario(
                    "one order, whose customer gives the token later",
                    CARD,
                    false,
                    1,
                    1,
                    List.of(1),
                    1,
                    Set.of(
                            CUSTOMER_CANCELS,
                            PROVIDER_DECLINES,
                            ACTION_REQUIRED,
                            CAPTURE_REFUSED,
                            LATE_ANSWERS,
                            STAFF_REFUNDS,
                            PRICE_MOVES));

    static final Scenario CASH =
            new Scenario(
                    "one order, paid at the door",
                    CASH_ON_DELIVERY,
                    false,
                    1,
                    1,
                    List.of(2, 1),
                    2,
                    Set.of(
                            CUSTOMER_CANCELS,
                            STAFF_CANCELS,
                            SHIPPING,
                            PARTIAL_SHIPMENT,
                            LINE_CANCELS,
                            RETURNS,
                            STAFF_REFUNDS,
                            PRICE_MOVES));

    static final Scenario PIECE_BY_PIECE =
            new Scenario(
                    "one order, shipped, cancelled, returned and refunded piece by piece",
                    CARD,
                    true,
                    1,
                    1,
                    List.of(1, 1),
                    1,
                    Set.of(
                            CUSTOMER_CANCELS,
                            SHIPPING,
                            PARTIAL_SHIPMENT,
                            LINE_CANCELS,
                            RETURNS,
                            STAFF_REFUNDS,
                            REFUND_REFUSED));

    static final Scenario THREE_UNITS =
            new Scenario(
                    "one order of three units, some shipped, some cancelled, some open",
                    CARD,
                    true,
                    1,
                    1,
                    List.of(2, 1),
                    2,
                    Set.of(SHIPPING, PARTIAL_SHIPMENT, LINE_CANCELS, RETURNS));

    static final Scenario A_PRICE_MOVES =
            new Scenario(
                    "a customer who confirms again at another price",
                    CASH_ON_DELIVERY,
                    false,
                    2,
                    1,
                    List.of(1),
                    1,
                    Set.of(PRICE_MOVES, CONFIRMS_AGAIN));

    static final Scenario RELAYS_DIE =
            new Scenario(
                    "one order, while relays die and records are parked",
                    CARD,
                    true,
                    1,
                    1,
                    List.of(1),
                    1,
                    Set.of(
                            CUSTOMER_CANCELS,
                            PROVIDER_DECLINES,
                            CAPTURE_REFUSED,
                            SHIPPING,
                            RETURNS,
                            RELAY_CRASHES,
                            DEAD_LETTER));

    static final Scenario THE_LAST_UNIT =
            new Scenario(
                    "two orders by card, one unit",
                    CARD,
                    true,
                    2,
                    2,
                    List.of(1),
                    1,
                    Set.of(CUSTOMER_CANCELS, PROVIDER_DECLINES, CAPTURE_REFUSED));

    static final Scenario THE_LAST_UNIT_FOR_CASH =
            new Scenario(
                    "two orders paid at the door, one unit",
                    CASH_ON_DELIVERY,
                    false,
                    2,
                    2,
                    List.of(1),
                    1,
                    Set.of(CUSTOMER_CANCELS, SHIPPING, RETURNS));

    static final Scenario CARTS_COME_BACK =
            new Scenario(
                    "a customer with two carts, who tries again",
                    CARD,
                    true,
                    2,
                    1,
                    List.of(1),
                    1,
                    Set.of(
                            CUSTOMER_CANCELS,
                            PROVIDER_DECLINES,
                            ANOTHER_CART,
                            CONFIRMS_AGAIN,
                            CART_EXPIRES));

    static final List<Scenario> ALL =
            List.of(
                    THE_LAST_UNIT,
                    CARTS_COME_BACK,
                    PIECE_BY_PIECE,
                    A_CARD,
                    RELAYS_DIE,
                    A_TOKEN_LATER,
                    CASH,
                    THREE_UNITS,
                    A_PRICE_MOVES,
                    THE_LAST_UNIT_FOR_CASH);

    /** A small one in which the mutant can do harm. */
    static Scenario toCatch(Mutant mutant) {
        return switch (mutant) {
            case INBOX_OFF, REFUND_KEYED_BY_ORDER_AND_OPERATION ->
                    new Scenario(
                            "lines cancelled",
                            CARD,
                            true,
                            1,
                            1,
                            List.of(1, 1),
                            1,
                            Set.of(LINE_CANCELS));
            case STOCK_RELEASED_TWICE ->
                    new Scenario(
                            "two orders paid at the door, two units",
                            CASH_ON_DELIVERY,
                            false,
                            2,
                            2,
                            List.of(1),
                            2,
                            Set.of(CUSTOMER_CANCELS));
            case OUTBOX_DELETED_BEFORE_KAFKA_HAS_IT, DEAD_LETTER_PARKED_WITHOUT_ITS_KEY ->
                    RELAYS_DIE;
            case NONE,
                    FINAL_STATES_NOT_FINAL,
                    LATE_AUTHORIZATION_NOT_VOIDED,
                    CANCEL_DURING_CAPTURE_VOIDS_AT_ONCE,
                    CAPTURE_BEFORE_CONFIRM ->
                    A_CARD;
        };
    }

    private Scenarios() {}
}
