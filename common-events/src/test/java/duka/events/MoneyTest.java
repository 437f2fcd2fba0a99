package duka.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Currency;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MoneyTest {

    @ParameterizedTest
    @CsvSource({
        "389.00, KES, 38900, 389.00",
        "389,    KES, 38900, 389.00",
        "0.05,   EUR, 5,     0.05",
        "-12.3,  EUR, -1230, -12.30",
        "500,    JPY, 500,   500",
        "1.234,  KWD, 1234,  1.234"
    })
    void a_decimal_is_so_many_minor_units(
            String decimal, String currency, long minorUnits, String shown) {
        var money = Money.of(decimal, currency);

        assertThat(money).isEqualTo(new Money(minorUnits, Currency.getInstance(currency)));
        assertThat(money.decimal()).isEqualTo(shown);
        assertThat(money).hasToString(shown + " " + currency);
    }

    @Test
    void a_fraction_of_the_smallest_unit_is_refused() {
        assertThatThrownBy(() -> Money.of("0.001", "EUR")).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Money.of("0.5", "JPY")).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void it_adds_subtracts_and_multiplies_exactly() {
        var price = Money.of("9.99", "EUR");

        assertThat(price.times(3)).isEqualTo(Money.of("29.97", "EUR"));
        assertThat(price.plus(Money.of("0.01", "EUR"))).isEqualTo(Money.of("10.00", "EUR"));
        assertThat(price.minus(price)).isEqualTo(Money.zero(Currency.getInstance("EUR")));
    }

    @Test
    void currencies_do_not_mix() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Money.of("1", "EUR").plus(Money.of("1", "KES")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Money.of("1", "EUR").minus(Money.of("1", "KES")));
    }

    @Test
    void what_is_too_much_is_refused_and_never_wraps_around() {
        var most = new Money(Long.MAX_VALUE, Currency.getInstance("EUR"));

        assertThatThrownBy(() -> most.times(2)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> most.plus(most)).isInstanceOf(ArithmeticException.class);
    }
}
