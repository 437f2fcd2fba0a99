package duka.payment;

import duka.events.Money;
import duka.events.OrderEvent.VendorShare;
import java.math.BigInteger;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongBinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How money falls to those who sold. What no vendor has sold is the shop's, which comes last and
 * takes what rounding leaves.
 *
 * @param minorUnits by vendor, the shop being none
 */
record Shares(Currency currency, Map<@Nullable UUID, Long> minorUnits) {

    static Shares of(Money whole, List<VendorShare> sold) {
        var units = new LinkedHashMap<@Nullable UUID, Long>();
        var rest = whole;
        for (var share : sold) {
            if (share.vendorId() != null) {
                units.merge(share.vendorId(), share.amount().minorUnits(), Math::addExact);
                rest = rest.minus(share.amount());
            }
        }
        units.put(null, rest.minorUnits());
        return new Shares(whole.currency(), units);
    }

    static Shares of(Currency currency, List<VendorShare> all) {
        var whole = all.stream().map(VendorShare::amount).reduce(Money.zero(currency), Money::plus);
        return of(whole, all);
    }

    /** Splits an amount as these split their total; no cent is lost. */
    Shares part(Money amount) {
        var whole = total().minorUnits();
        var units = new LinkedHashMap<@Nullable UUID, Long>();
        var cumulated = 0L;
        var taken = 0L;
        for (var share : minorUnits.entrySet()) {
            cumulated += share.getValue();
            var upToHere = whole == 0 ? 0 : scaled(amount.minorUnits(), cumulated, whole);
            units.put(share.getKey(), upToHere - taken);
            taken = upToHere;
        }
        return new Shares(currency, units);
    }

    /**
     * Splits an amount that these have: what is wished of each as far as it has that, and what is
     * then missing as these split what they have left.
     */
    Shares part(Money amount, Shares wished) {
        var first = with(wished, (has, wish) -> Math.max(0, Math.min(has, wish)));
        var missing = amount.minus(first.total());
        return missing.minorUnits() <= 0
                ? first.part(amount)
                : first.plus(minus(first).part(missing));
    }

    Shares plus(Shares others) {
        return with(others, Math::addExact);
    }

    Shares minus(Shares others) {
        return with(others, Math::subtractExact);
    }

    Money total() {
        return new Money(minorUnits.values().stream().mapToLong(Long::longValue).sum(), currency);
    }

    /** Those that are anything at all. */
    List<VendorShare> list() {
        return minorUnits.entrySet().stream()
                .filter(share -> share.getValue() != 0)
                .map(
                        share ->
                                new VendorShare(
                                        share.getKey(), new Money(share.getValue(), currency)))
                .toList();
    }

    private Shares with(Shares others, LongBinaryOperator operation) {
        var units = new LinkedHashMap<@Nullable UUID, Long>();
        minorUnits.forEach(
                (vendorId, mine) ->
                        units.put(
                                vendorId,
                                operation.applyAsLong(
                                        mine, others.minorUnits.getOrDefault(vendorId, 0L))));
        return new Shares(currency, units);
    }

    private static long scaled(long amount, long share, long whole) {
        return BigInteger.valueOf(amount)
                .multiply(BigInteger.valueOf(share))
                .divide(BigInteger.valueOf(whole))
                .longValueExact();
    }
}
