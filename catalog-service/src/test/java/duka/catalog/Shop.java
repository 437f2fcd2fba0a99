package duka.catalog;

import duka.catalog.stock.Stock;
import duka.catalog.stock.Stocking;
import duka.events.Money;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.context.TestComponent;

/** Fills the shelves for a test. */
@TestComponent
public class Shop {

    public static final Money PRICE = Money.of("389.00", "KES");
    public static final UUID MANAGER = UUID.randomUUID();

    private static final Seller STAFF = new Seller(MANAGER, true);

    private final Arranging arranging;
    private final Selling selling;
    private final Stocking stocking;

    Shop(Arranging arranging, Selling selling, Stocking stocking) {
        this.arranging = arranging;
        this.selling = selling;
        this.stocking = stocking;
    }

    public UUID category() {
        return arranging
                .create(new CategoryDraft("Furniture " + UUID.randomUUID(), null, null, null, null))
                .id();
    }

    /** At {@link #PRICE}; five are few. */
    public UUID product(int units) {
        return selling.offer(draft("Chair", category(), PRICE, null), units, STAFF);
    }

    /** At {@link #PRICE}. */
    public UUID product(int units, UUID vendor) {
        return selling.offer(
                draft("Chair", category(), PRICE, null), units, new Seller(vendor, false));
    }

    public void reprice(UUID product, Money price) {
        selling.change(
                Ref.to(product), STAFF, now -> draft(now.name(), now.categoryId(), price, null));
    }

    public void withdraw(UUID product) {
        selling.withdraw(Ref.to(product), STAFF, _ -> {});
    }

    public Stock stock(UUID product) {
        return stocking.of(product);
    }

    public static ProductDraft draft(
            String name, UUID category, Money price, @Nullable Money discountPrice) {
        return new ProductDraft(
                name,
                null,
                null,
                null,
                price,
                discountPrice == null ? null : new Discount.To(discountPrice),
                category,
                null,
                null,
                null,
                null);
    }
}
