package duka.payment;

import duka.events.Money;

/**
 * What the shop and a vendor owe each other in one currency: earned less reversed less paid out.
 *
 * @param earned the vendor's part of what customers have paid
 * @param reversed its part of what has gone back to them
 */
public record Balance(Money earned, Money reversed, Money paidOut) {

    /** Less than nothing if more was reversed than the vendor still had. */
    public Money left() {
        return earned.minus(reversed).minus(paidOut);
    }
}
