package duka.catalog.web;

import duka.catalog.Product;
import duka.catalog.ProductDraft;
import duka.catalog.stock.Stock;
import duka.events.Money;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A product as staff write it. What is left out of slug, sku, vendor_id, is_active and
 * low_stock_threshold stays as it is; what is left out of the rest is gone.
 *
 * @param discountPrice what a customer pays instead of the price; 0.00 is a discount, too
 * @param currency may be said, but there is only the shop's
 * @param stock what there is of a new product; later only adjustments change that
 */
record ProductRequest(
        @NotBlank @Size(max = 200) String name,
        @Nullable @Size(max = 220) @Pattern(regexp = Slug.FORM, message = Slug.MESSAGE) String slug,
        @Nullable
                @Size(max = 50)
                @Pattern(regexp = "\\S(.*\\S)?", message = "must not begin or end with a space")
                String sku,
        @Nullable @Size(max = 10_000) String description,
        @NotNull @DecimalMin("0") @DecimalMax(MOST) BigDecimal price,
        @Nullable @DecimalMin("0") @DecimalMax(MOST) BigDecimal discountPrice,
        @Nullable String currency,
        @NotNull UUID categoryId,
        @Nullable UUID vendorId,
        @Nullable Boolean isActive,
        @Nullable @PositiveOrZero @Max(Stock.MOST) Integer lowStockThreshold,
        @Nullable @PositiveOrZero @Max(Stock.MOST) Integer stock) {

    private static final String MOST = "99999999.99";

    static ProductRequest of(Product product) {
        var discount = product.discountPrice();
        return new ProductRequest(
                product.name(),
                product.slug(),
                product.sku(),
                product.description(),
                new BigDecimal(product.price().decimal()),
                discount == null ? null : new BigDecimal(discount.decimal()),
                null,
                product.categoryId(),
                product.vendorId(),
                product.isActive(),
                null,
                null);
    }

    ProductDraft draft(Currency shops) {
        if (currency != null && !currency.equals(shops.getCurrencyCode())) {
            throw Problems.invalid("currency", "must be " + shops);
        }
        if (discountPrice != null && discountPrice.compareTo(price) > 0) {
            throw Problems.invalid("discount_price", "must not be more than the price");
        }
        return new ProductDraft(
                name.strip(),
                slug,
                sku,
                description,
                money("price", price, shops),
                discountPrice == null ? null : money("discount_price", discountPrice, shops),
                categoryId,
                vendorId,
                isActive,
                lowStockThreshold);
    }

    private static Money money(String field, BigDecimal amount, Currency currency) {
        int decimals = currency.getDefaultFractionDigits();
        if (amount.stripTrailingZeros().scale() > decimals) {
            throw Problems.invalid(field, "must have at most %d decimals".formatted(decimals));
        }
        return Money.of(amount, currency);
    }
}
