package duka.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import duka.events.Money;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

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

    @Test
    void a_new_name_does_not_change_its_address() {
        var product = product("389.00", null);
        product.change(draft("Bench", "389.00", null), NOW);
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
        assertThat(product.isActive()).isFalse();

        product.change(draft("Chair", "389.00", null), NOW);
        assertThat(product.isActive()).as("nobody said so").isFalse();

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
                        null),
                NOW);
        assertThat(product.isActive()).isTrue();
    }

    private Product product(String price, @Nullable String discount) {
        return new Product(id, "chair", draft("Chair", price, discount), NOW);
    }

    private static ProductDraft draft(String name, String price, @Nullable String discount) {
        return new ProductDraft(
                name,
                null,
                null,
                null,
                Money.of(price, "KES"),
                discount == null ? null : Money.of(discount, "KES"),
                UUID.randomUUID(),
                null,
                null,
                null);
    }
}
