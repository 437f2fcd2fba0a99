package duka.catalog;

import duka.events.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** How much less than its price a product costs. */
public sealed interface Discount {

    /** The most that can be taken off by percentage. */
    String MOST_PERCENT = "70";

    /** What is left to pay of a price. */
    Money on(Money price);

    /** To a price of its own, which may also be nothing at all. */
    record To(Money price) implements Discount {

        @Override
        public Money on(Money full) {
            if (price.minorUnits() < 0 || price.minus(full).minorUnits() > 0) {
                throw new IllegalArgumentException(
                        "%s is no discount on %s".formatted(price, full));
            }
            return price;
        }
    }

    /** By a part of the price, whatever the price may become. */
    record By(BigDecimal percent) implements Discount {

        public By {
            if (percent.signum() <= 0 || percent.compareTo(new BigDecimal(MOST_PERCENT)) > 0) {
                throw new IllegalArgumentException("%s %% is no discount".formatted(percent));
            }
            percent = percent.setScale(2, RoundingMode.UNNECESSARY);
        }

        @Override
        public Money on(Money full) {
            long amount =
                    percent.multiply(BigDecimal.valueOf(full.minorUnits()))
                            .movePointLeft(2)
                            .setScale(0, RoundingMode.HALF_UP)
                            .longValueExact();
            return full.minus(new Money(amount, full.currency()));
        }
    }
}
