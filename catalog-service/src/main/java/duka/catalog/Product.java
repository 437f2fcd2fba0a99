package duka.catalog;

import duka.events.Money;
import duka.events.ProductEvent.ProductChanged;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/**
 * Something the shop sells: offered, changed, withdrawn and perhaps offered again, but never
 * deleted. How much there is of it is not part of it.
 */
@Entity
@Table(name = "products")
public class Product {

    @Id private UUID id;

    private UUID categoryId;

    private @Nullable UUID vendorId;

    private String name;

    private String slug;

    private String sku;

    private @Nullable String description;

    private long price;

    private @Nullable Long discountPrice;

    @Column(length = 3)
    @JdbcTypeCode(SqlTypes.CHAR)
    private Currency currency;

    private @Nullable BigDecimal discountPercent;

    private boolean offered;

    /** Kept beside its own wish, so that a sale need not ask who sells. */
    private boolean vendorApproved;

    private Instant createdAt;

    private Instant updatedAt;

    @Version private @Nullable Long version;

    protected Product() {} // JPA's; does nothing, for it runs on every load

    /**
     * @param vendorApproved true for what the shop itself sells
     */
    Product(UUID id, String slug, ProductDraft draft, boolean vendorApproved, Instant now) {
        this.id = id;
        this.slug = slug;
        this.sku = "SKU-" + id.toString().substring(24).toUpperCase(Locale.ROOT);
        this.offered = true;
        this.createdAt = now;
        become(draft, vendorApproved);
        this.updatedAt = now;
    }

    void change(ProductDraft draft, boolean vendorApproved, Instant now) {
        var before = all();
        become(draft, vendorApproved);
        if (!all().equals(before)) {
            this.updatedAt = now;
        }
    }

    /** Not for sale any more, until it is offered again. */
    void withdraw(Instant now) {
        if (offered) {
            this.offered = false;
            this.updatedAt = now;
        }
    }

    private void become(ProductDraft draft, boolean vendorApproved) {
        if (draft.price().minorUnits() < 0) {
            throw new IllegalArgumentException("%s is no price".formatted(draft.price()));
        }
        var discount = draft.discount();
        this.name = draft.name();
        this.slug = draft.slug() == null ? slug : draft.slug();
        this.sku = draft.sku() == null ? sku : draft.sku();
        this.description = draft.description();
        this.price = draft.price().minorUnits();
        this.discountPrice = discount == null ? null : discount.on(draft.price()).minorUnits();
        this.discountPercent = discount instanceof Discount.By(var percent) ? percent : null;
        this.currency = draft.price().currency();
        this.categoryId = draft.categoryId();
        this.vendorId = draft.vendorId() == null ? vendorId : draft.vendorId();
        this.vendorApproved = vendorApproved;
        this.offered = draft.offered() == null ? offered : draft.offered();
    }

    private List<@Nullable Object> all() {
        return Arrays.asList(
                name,
                slug,
                sku,
                description,
                price,
                discountPrice,
                discountPercent,
                currency,
                categoryId,
                vendorId,
                vendorApproved,
                offered);
    }

    ProductChanged announce() {
        return new ProductChanged(
                id,
                revision(),
                slug,
                sku,
                name,
                categoryId,
                vendorId,
                price(),
                unitPrice(),
                isForSale());
    }

    public UUID id() {
        return id;
    }

    public UUID categoryId() {
        return categoryId;
    }

    public @Nullable UUID vendorId() {
        return vendorId;
    }

    public String name() {
        return name;
    }

    public String slug() {
        return slug;
    }

    public String sku() {
        return sku;
    }

    public @Nullable String description() {
        return description;
    }

    /** Before any discount. */
    public Money price() {
        return new Money(price, currency);
    }

    public @Nullable Money discountPrice() {
        return discountPrice == null ? null : new Money(discountPrice, currency);
    }

    /** What a customer pays for one. */
    public Money unitPrice() {
        return discountPrice == null ? price() : new Money(discountPrice, currency);
    }

    /** None where the discount is a price of its own. */
    public @Nullable BigDecimal discountPercent() {
        return discountPercent;
    }

    /** As its seller wishes; whether it sells depends on the vendor as well. */
    public boolean isOffered() {
        return offered;
    }

    public boolean isVendorApproved() {
        return vendorApproved;
    }

    public boolean isForSale() {
        return offered && vendorApproved;
    }

    /** Grows with every change; known once it has been written. */
    public long revision() {
        if (version == null) {
            throw new IllegalStateException("product %s has not been written yet".formatted(id));
        }
        return version;
    }
}
