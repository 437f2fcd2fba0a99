package duka.events;

import java.math.BigDecimal;
import java.util.Currency;

/**
 * An exact amount in one currency.
 *
 * @param minorUnits in the currency's smallest unit, such as cents
 */
public record Money(long minorUnits, Currency currency) {

    /**
     * @throws ArithmeticException if the amount has more decimals than the currency
     */
    public static Money of(BigDecimal amount, Currency currency) {
        return new Money(
                amount.movePointRight(currency.getDefaultFractionDigits()).longValueExact(),
                currency);
    }

    /** The same of text: {@code Money.of("389.00", "KES")}. */
    public static Money of(String amount, String currency) {
        return of(new BigDecimal(amount), Currency.getInstance(currency));
    }

    public static Money zero(Currency currency) {
        return new Money(0, currency);
    }

    public Money times(int quantity) {
        return new Money(Math.multiplyExact(minorUnits, quantity), currency);
    }

    public Money plus(Money other) {
        return new Money(Math.addExact(minorUnits, same(other).minorUnits), currency);
    }

    public Money minus(Money other) {
        return new Money(Math.subtractExact(minorUnits, same(other).minorUnits), currency);
    }

    /** In the currency's main unit, with all its decimals: {@code "389.00"}. */
    public String decimal() {
        return BigDecimal.valueOf(minorUnits, currency.getDefaultFractionDigits()).toPlainString();
    }

    private Money same(Money other) {
        if (!currency.equals(other.currency)) {
            throw new IllegalArgumentException(
                    "%s and %s do not add up".formatted(currency, other.currency));
        }
        return other;
    }

    @Override
    public String toString() {
        return decimal() + " " + currency;
    }
}
