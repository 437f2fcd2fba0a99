package duka.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import duka.events.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProductTest {

    static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    final UUID id = UUID.fromString("0190b5d0-1111-7222-8333-444455556666");

    @Test
    void nothing_to_pay_is_a_price_like_any_other() {
        assertThat(product("389.00", "0.00").unitPrice()).isEqualTo(Money.of("0.00", "KES"));
        assertThat(product("389.00", null).unitPrice()).isEqualTo(Money.of("389.00", "KES"));
    }

    @Test
    void a_discount_is_between_nothing_and_the_price() {
        assertThatIllegalArgumentException().isThrownBy(() -> product("389.00", "389.01"));
        assertThatIllegalArgumentException().isThrownBy(() -> product("389.00", "-0.01"));
        assertThatIllegalArgumentException().isThrownBy(() -> product("-0.01", null));
    }

    @ParameterizedTest
    @CsvSource({
        "1000.00, 10, 900.00",
        "500.00, 20, 400.00",
        "1200.00, 25, 900.00",
        "9.99, 15, 8.49",
        "0.01, 50, 0.00",
        "0.01, 49.99, 0.01",
        "99999999.99, 70, 30000000.00",
        "389.00, 12.5, 340.37",
        "0.00, 70, 0.00"
    })
    void a_percentage_is_rounded_half_up(String price, BigDecimal percent, String pays) {
        var discount = new Discount.By(percent);
        assertThat(discount.on(Money.of(price, "KES"))).isEqualTo(Money.of(pays, "KES"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "70.01"})
    void a_percentage_has_its_bounds(BigDecimal percent) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Discount.By(percent));
    }

    @Test
    void it_is_for_sale_when_it_is_offered_by_who_may_sell() {
        var product = new Product(id, "chair", draft("Chair", "389.00", null), false, NOW);
        assertThat(product.isOffered()).isTrue();
        assertThat(product.isForSale()).isFalse();
    }

    @Test
    void a_new_name_does_not_change_its_address() {
        var product = product("389.00", null);
        product.change(draft("Bench", "389.00", null), true, NOW);
        assertThat(product.name()).isEqualTo("Bench");
        assertThat(product.slug()).isEqualTo("chair");
    }

    @Test
    void it_is_given_a_sku_when_it_has_none() {
        assertThat(product("389.00", null).sku()).isEqualTo("SKU-444455556666");
    }

    @Test
    void it_can_be_withdrawn_and_offered_again() {
        var product = product("389.00", null);
        product.withdraw(NOW);
        assertThat(product.isOffered()).isFalse();

        product.change(draft("Chair", "389.00", null), true, NOW);
        assertThat(product.isOffered()).as("nobody said so").isFalse();

        product.change(
                new ProductDraft(
                        "Chair",
                        null,
                        null,
                        null,
                        product.price(),
                        null,
                        product.categoryId(),
                        null,
                        true,
                        null,
                        null),
                true,
                NOW);
        assertThat(product.isOffered()).isTrue();
    }

    private Product product(String price, @Nullable String discount) {
        return new Product(id, "chair", draft("Chair", price, discount), true, NOW);
    }

    private static ProductDraft draft(String name, String price, @Nullable String discount) {
        return new ProductDraft(
                name,
                null,
                null,
                null,
                Money.of(price, "KES"),
                discount == null ? null : new Discount.To(Money.of(discount, "KES")),
                UUID.randomUUID(),
                null,
                null,
                null,
                null);
    }
}
