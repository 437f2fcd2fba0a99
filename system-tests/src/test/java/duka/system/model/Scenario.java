package duka.system.model;

import duka.events.Money;
import duka.events.PaymentMethod;
import java.util.Currency;
import java.util.List;
import java.util.Set;

/**
 * Who buys what, and what may happen.
 *
 * @param withToken whether the customer gives a payment token on confirming
 * @param orders how many there may be
 * @param customers how many want to buy; each has a cart
 * @param quantities how many of each product are in each cart
 * @param supply how many of each product there are
 */
public record Scenario(
        String name,
        PaymentMethod method,
        boolean withToken,
        int orders,
        int customers,
        List<Integer> quantities,
        int supply,
        Set<Freedom> freedoms) {

    public static final Currency CURRENCY = Currency.getInstance("KES");

    public boolean has(Freedom freedom) {
        return freedoms.contains(freedom);
    }

    /** No two sums of units cost the same. */
    public static Money price(int product) {
        return new Money(product == 0 ? 10_000 : 2_500, CURRENCY);
    }

    @Override
    public String toString() {
        return name;
    }
}
