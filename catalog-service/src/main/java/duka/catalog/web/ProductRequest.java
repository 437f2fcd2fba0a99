package duka.catalog.web;

import duka.catalog.Discount;
import duka.catalog.Product;
import duka.catalog.ProductDraft;
import duka.catalog.stock.Stock;
import duka.events.Money;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
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
 * A product as its seller writes it. What is left out of slug, sku, vendor_id, is_active and
 * low_stock_threshold stays as it is; what is left out of the rest is gone.
 *
 * @param originalPrice another name of the price
 * @param discountPrice what a customer pays instead of the price; 0.00 is a discount, too
 * @param discountPercent says the discount price as a part of the price; 0 is no discount
 * @param currency may be said, but there is only the shop's
 * @param vendorId for staff to say; a vendor's products are its own
 * @param stock how many there are to sell, beside what is kept for orders; named in a change, it is
 *     a stock adjustment, so left out by who only changes something else
 */
record ProductRequest(
        @NotBlank @Size(max = 200) @Schema(example = "Oak chair") String name,
        @Nullable @Size(max = 220) @Slug @Schema(pattern = Slug.FORM, example = "oak-chair")
                String slug,
        @Nullable
                @Size(max = 50)
                @Pattern(regexp = "\\S(.*\\S)?", message = "must not begin or end with a space")
                @Schema(example = "SKU-CHAIR-1")
                String sku,
        @Nullable @Size(max = 10_000) String description,
        @Nullable @DecimalMin("0") @DecimalMax(MOST) @Schema(example = "389.00") BigDecimal price,
        @Nullable @DecimalMin("0") @DecimalMax(MOST) BigDecimal originalPrice,
        @Nullable @DecimalMin("0") @DecimalMax(MOST) BigDecimal discountPrice,
        @Nullable
                @DecimalMin("0")
                @DecimalMax(Discount.MOST_PERCENT)
                @Digits(integer = 2, fraction = 2)
                @Schema(example = "12.5")
                BigDecimal discountPercent,
        @Nullable String currency,
        @NotNull UUID categoryId,
        @Nullable UUID vendorId,
        @Nullable Boolean isActive,
        @Nullable @PositiveOrZero @Max(Stock.MOST) Integer lowStockThreshold,
        @Nullable @PositiveOrZero @Max(Stock.MOST) Integer stock) {

    private static final String MOST = "99999999.99";

    static ProductRequest of(Product product) {
        var price = decimal(product.price());
        var discount = product.discountPrice();
        return new ProductRequest(
                product.name(),
                product.slug(),
                product.sku(),
                product.description(),
                price,
                price,
                discount == null ? null : decimal(discount),
                product.discountPercent(),
                null,
                product.categoryId(),
                product.vendorId(),
                product.isOffered(),
                null,
                null);
    }

    /** Of a new product, or of one that is written anew as a whole. */
    ProductDraft draft(Currency shops) {
        if (price != null && originalPrice != null && !same(price, originalPrice)) {
            throw twoPrices();
        }
        return draft(
                price == null ? originalPrice : price,
                discountPrice != null,
                discountPercent != null,
                shops);
    }

    /**
     * @param before as it was before it was patched: of two that say the same in different ways,
     *     the one that was touched counts
     */
    ProductDraft draft(Product before, Currency shops) {
        var was = of(before);
        boolean priceTouched = !same(price, was.price);
        if (priceTouched
                && !same(originalPrice, was.originalPrice)
                && !same(price, originalPrice)) {
            throw twoPrices();
        }
        boolean discountPriceTouched = !same(discountPrice, was.discountPrice);
        boolean percentTouched = !same(discountPercent, was.discountPercent);
        boolean untouched = !discountPriceTouched && !percentTouched;
        return draft(
                priceTouched ? price : originalPrice,
                discountPrice != null
                        && (discountPriceTouched || untouched && discountPercent == null),
                discountPercent != null && (percentTouched || untouched),
                shops);
    }

    private ProductDraft draft(
            @Nullable BigDecimal price, boolean byPrice, boolean byPercent, Currency shops) {
        if (price == null) {
            throw Problems.invalid("price", "must not be null");
        }
        if (currency != null && !currency.equals(shops.getCurrencyCode())) {
            throw Problems.invalid("currency", "must be " + shops);
        }
        var full = money("price", price, shops);
        return new ProductDraft(
                name.strip(),
                slug,
                sku,
                description,
                full,
                discount(full, byPrice, byPercent),
                categoryId,
                vendorId,
                isActive,
                lowStockThreshold,
                stock);
    }

    private @Nullable Discount discount(Money full, boolean byPrice, boolean byPercent) {
        var percent =
                byPercent && discountPercent != null && discountPercent.signum() > 0
                        ? new Discount.By(discountPercent)
                        : null;
        if (!byPrice || discountPrice == null) {
            return percent;
        }
        var price = money("discount_price", discountPrice, full.currency());
        if (price.minus(full).minorUnits() > 0) {
            throw Problems.invalid("discount_price", "must not be more than the price");
        }
        if (byPercent && !price.equals(percent == null ? full : percent.on(full))) {
            throw Problems.invalid("discount_percent", "must say the same as the discount_price");
        }
        return percent == null ? new Discount.To(price) : percent;
    }

    private static RuntimeException twoPrices() {
        return Problems.invalid("original_price", "must be the same as the price");
    }

    private static boolean same(@Nullable BigDecimal one, @Nullable BigDecimal other) {
        return one == null || other == null ? one == other : one.compareTo(other) == 0;
    }

    private static BigDecimal decimal(Money money) {
        return new BigDecimal(money.decimal());
    }

    private static Money money(String field, BigDecimal amount, Currency currency) {
        int decimals = currency.getDefaultFractionDigits();
        if (amount.stripTrailingZeros().scale() > decimals) {
            throw Problems.invalid(field, "must have at most %d decimals".formatted(decimals));
        }
        return Money.of(amount, currency);
    }
}
