package duka.order;

import static duka.events.PaymentMethod.CASH_ON_DELIVERY;

import duka.events.Money;
import duka.events.PaymentEvent;
import duka.events.PaymentEvent.Asker;
import duka.events.PaymentEvent.PaymentActionRequired;
import duka.events.PaymentEvent.PaymentAuthorized;
import duka.events.PaymentEvent.PaymentCaptured;
import duka.events.PaymentEvent.PaymentDeclined;
import duka.events.PaymentEvent.PaymentFailed;
import duka.events.PaymentEvent.PaymentRefunded;
import duka.events.PaymentEvent.PaymentVoided;
import duka.events.Quantity;
import duka.events.ReservationEvent;
import duka.events.ReservationEvent.StockRejected;
import duka.events.ReservationEvent.StockReleased;
import duka.events.ReservationEvent.StockReserved;
import duka.events.ReservationEvent.StockReturned;
import duka.events.ReservationEvent.StockTaken;
import java.util.EnumSet;
import java.util.Set;

/**
 * What catalog and payment have told of an order's goods and money, and so what is still to come.
 *
 * @param stock what catalog last said of the stock
 * @param payment what payment last said of the money
 * @param refunded in minor units
 * @param goodwill how much of that staff gave back, whatever becomes of the goods
 */
record Settlement(Stock stock, Payment payment, long refunded, long goodwill, int unitsReturned) {

    enum Stock {
        ASKED,
        REFUSED,
        HELD,
        TAKEN,
        RELEASED
    }

    /** ENDED when no money is held and none will be taken. */
    enum Payment {
        NONE,
        ASKED,
        AUTHORIZED,
        CAPTURED,
        ENDED
    }

    static Settlement ofPlaced() {
        return new Settlement(Stock.ASKED, Payment.NONE, 0, 0, 0);
    }

    boolean isCaptured() {
        return payment == Payment.CAPTURED;
    }

    Settlement after(ReservationEvent heard) {
        return switch (heard) {
            case StockReserved _ -> with(Stock.HELD);
            case StockRejected _ -> with(Stock.REFUSED);
            case StockTaken _ -> with(Stock.TAKEN);
            case StockReleased _ -> with(Stock.RELEASED);
            case StockReturned returned -> {
                var units = returned.lines().stream().mapToInt(Quantity::quantity).sum();
                yield new Settlement(stock, payment, refunded, goodwill, unitsReturned + units);
            }
        };
    }

    Settlement after(PaymentEvent heard, Money total) {
        return switch (heard) {
            case PaymentAuthorized authorized -> {
                if (!authorized.amount().equals(total)) {
                    throw new IllegalArgumentException(
                            "the order costs %s, authorized is %s"
                                    .formatted(total, authorized.amount()));
                }
                yield with(Payment.AUTHORIZED);
            }
            case PaymentCaptured _ -> with(Payment.CAPTURED);
            case PaymentDeclined _, PaymentVoided _ -> with(Payment.ENDED);
            case PaymentRefunded refund -> {
                var amount = refund.amount().minorUnits();
                yield new Settlement(
                        stock,
                        payment,
                        Math.addExact(refunded, amount),
                        refund.askedBy() == Asker.STAFF ? goodwill + amount : goodwill,
                        unitsReturned);
            }
            // An authorization that could not be captured will still be voided.
            case PaymentActionRequired _, PaymentFailed _ -> this;
        };
    }

    Settlement asked() {
        return with(Payment.ASKED);
    }

    /** Empty when the order's checkout, or the undoing of it, is finished. */
    Set<Awaited> waitsFor(OrderAt at, boolean confirmed, OrderLines lines) {
        var awaited = EnumSet.noneOf(Awaited.class);
        switch (at.status()) {
            case PLACED -> awaited.add(Awaited.STOCK);
            case AWAITING_PAYMENT -> awaited.add(Awaited.PAYMENT);
            case REJECTED -> {}
            case CONFIRMED, PARTLY_SHIPPED, SHIPPED, DELIVERED -> {
                var cashIsDue = at.status() == OrderStatus.DELIVERED;
                if (stock != Stock.TAKEN) {
                    awaited.add(Awaited.STOCK_TAKEN);
                }
                if (!isCaptured() && (at.method() != CASH_ON_DELIVERY || cashIsDue)) {
                    awaited.add(Awaited.PAYMENT_CAPTURED);
                }
                if (unitsReturned < lines.units(OrderLine::cancelled)) {
                    awaited.add(Awaited.STOCK_RETURNED);
                }
                if (owesRefund(lines)) {
                    awaited.add(Awaited.REFUND);
                }
            }
            case RETURNED, CANCELLED -> {
                if (confirmed && unitsReturned < lines.units(OrderLine::quantity)) {
                    awaited.add(Awaited.STOCK_RETURNED);
                }
                if (!confirmed && stock != Stock.RELEASED && stock != Stock.REFUSED) {
                    awaited.add(Awaited.STOCK_RELEASED);
                }
                if (holdsMoney(lines.total())) {
                    awaited.add(Awaited.MONEY_BACK);
                }
            }
        }
        return awaited;
    }

    /** Where staff have given back so much that less is left, what is left is all there is. */
    private boolean owesRefund(OrderLines lines) {
        return refunded - goodwill < lines.cancelledAmount().minorUnits()
                && refunded < lines.total().minorUnits();
    }

    private boolean holdsMoney(Money total) {
        return switch (payment) {
            case NONE, ENDED -> false;
            case ASKED, AUTHORIZED, CAPTURED -> refunded < total.minorUnits();
        };
    }

    private Settlement with(Stock said) {
        return new Settlement(said, payment, refunded, goodwill, unitsReturned);
    }

    private Settlement with(Payment said) {
        return new Settlement(stock, said, refunded, goodwill, unitsReturned);
    }
}
