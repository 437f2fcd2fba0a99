package duka.catalog;

import duka.catalog.Slugs.Of;
import duka.catalog.stock.Correction;
import duka.catalog.stock.Movement.Reason;
import duka.catalog.stock.Stocking;
import duka.catalog.stock.Stocking.Adjustment.BelowReserved;
import duka.catalog.stock.Stocking.Adjustment.BeyondMost;
import duka.catalog.stock.Stocking.Adjustment.Done;
import duka.messaging.Outbox;
import duka.messaging.Uuid7;
import java.time.Clock;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What staff and vendors can do with products. */
@Service
@Transactional
public class Selling {

    private static final int LOW_STOCK = 5;

    private final Products products;
    private final Categories categories;
    private final Vendors vendors;
    private final Slugs slugs;
    private final Stocking stocking;
    private final Outbox outbox;
    private final Cache cache;
    private final Clock clock;

    Selling(
            Products products,
            Categories categories,
            Vendors vendors,
            Slugs slugs,
            Stocking stocking,
            Outbox outbox,
            Cache cache,
            Clock clock) {
        this.products = products;
        this.categories = categories;
        this.vendors = vendors;
        this.slugs = slugs;
        this.stocking = stocking;
        this.outbox = outbox;
        this.cache = cache;
        this.clock = clock;
    }

    /**
     * A vendor's is the vendor's own, whatever the draft says.
     *
     * @param units there are of it
     */
    public UUID offer(ProductDraft wish, int units, Seller by) {
        var draft = by.isStaff() ? wish : wish.of(by.id());
        checkCategory(draft.categoryId());
        boolean approved = vendors.isApproved(draft.vendorId());
        var id = Uuid7.mint(clock);
        var slug = draft.slug() == null ? slugs.free(Of.PRODUCTS, draft.name(), id) : draft.slug();
        var product = save(new Product(id, slug, draft, approved, clock.instant()));
        var low = draft.lowStockThreshold();
        outbox.add(product.announce());
        cache.forgetAfterCommit();
        stocking.open(id, units, low == null ? LOW_STOCK : low, by.id());
        return id;
    }

    /**
     * @param wish what it should be, as seen from what it is
     */
    public UUID change(Ref ref, Seller by, Function<Product, ProductDraft> wish) {
        var product = lock(ref, by);
        long before = product.revision();
        var wished = wish.apply(product);
        var draft = by.isStaff() ? wished : wished.of(by.id());
        if (!draft.categoryId().equals(product.categoryId())) {
            checkCategory(draft.categoryId());
        }
        product.change(draft, isApproved(product, draft), clock.instant());
        saveAndAnnounce(product, before);
        if (draft.lowStockThreshold() != null) {
            stocking.changeLowThreshold(product.id(), draft.lowStockThreshold());
        }
        if (draft.stock() != null) {
            adjust(product.id(), draft.stock(), by);
        }
        return product.id();
    }

    /**
     * Orders that have it keep it. Withdrawing it again does nothing.
     *
     * @param check may refuse, when it sees the product
     */
    public void withdraw(Ref ref, Seller by, Consumer<Product> check) {
        var product = lock(ref, by);
        check.accept(product);
        long before = product.revision();
        product.withdraw(clock.instant());
        saveAndAnnounce(product, before);
    }

    private void adjust(UUID product, int units, Seller by) {
        var wish = new Correction.ToSell(units);
        switch (stocking.adjust(product, wish, Reason.CORRECTION, null, by.id())) {
            case Done _ -> {}
            case BeyondMost(var stock) -> throw new TooMuchStock(stock);
            case BelowReserved(var stock) ->
                    throw new IllegalStateException("what is to be sold is not reserved: " + stock);
        }
    }

    /** While the vendor stays, {@link Settling} alone turns this. */
    private boolean isApproved(Product product, ProductDraft draft) {
        var vendor = draft.vendorId();
        return vendor == null || vendor.equals(product.vendorId())
                ? product.isVendorApproved()
                : vendors.isApproved(vendor);
    }

    private Product lock(Ref ref, Seller by) {
        return products.lock(ref).filter(by::mayChange).orElseThrow(() -> new NoSuchProduct(ref));
    }

    private void saveAndAnnounce(Product product, long before) {
        if (save(product).revision() != before) {
            outbox.add(product.announce());
            cache.forgetAfterCommit();
        }
    }

    private void checkCategory(UUID id) {
        if (!categories.existsById(id)) {
            throw new Dangling("category_id", id);
        }
    }

    private Product save(Product product) {
        try {
            return products.saveAndFlush(product);
        } catch (DataIntegrityViolationException e) {
            throw switch (Violations.constraint(e)) {
                case "products_slug" -> new Taken("slug", product.slug());
                case "products_sku" -> new Taken("sku", product.sku());
                case "products_category" -> new Dangling("category_id", product.categoryId());
                default -> e;
            };
        }
    }
}
