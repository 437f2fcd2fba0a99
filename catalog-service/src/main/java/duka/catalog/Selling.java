package duka.catalog;

import duka.catalog.Slugs.Of;
import duka.catalog.stock.Stocking;
import duka.messaging.Outbox;
import duka.messaging.Uuid7;
import java.time.Clock;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What staff can do with products. */
@Service
@Transactional
public class Selling {

    private static final int LOW_STOCK = 5;

    private final Products products;
    private final Categories categories;
    private final Slugs slugs;
    private final Stocking stocking;
    private final Outbox outbox;
    private final Clock clock;

    Selling(
            Products products,
            Categories categories,
            Slugs slugs,
            Stocking stocking,
            Outbox outbox,
            Clock clock) {
        this.products = products;
        this.categories = categories;
        this.slugs = slugs;
        this.stocking = stocking;
        this.outbox = outbox;
        this.clock = clock;
    }

    /**
     * @param units there are of it
     * @param by the member of staff
     */
    public UUID offer(ProductDraft draft, int units, UUID by) {
        checkCategory(draft.categoryId());
        var id = Uuid7.mint(clock);
        var slug = draft.slug() == null ? slugs.free(Of.PRODUCTS, draft.name(), id) : draft.slug();
        var product = save(new Product(id, slug, draft, clock.instant()));
        var low = draft.lowStockThreshold();
        outbox.add(product.announce());
        stocking.open(id, units, low == null ? LOW_STOCK : low, by);
        return id;
    }

    /**
     * @param wish what it should be, as seen from what it is
     */
    public UUID change(Ref ref, Function<Product, ProductDraft> wish) {
        var product = lock(ref);
        long before = product.revision();
        var draft = wish.apply(product);
        if (!draft.categoryId().equals(product.categoryId())) {
            checkCategory(draft.categoryId());
        }
        product.change(draft, clock.instant());
        saveAndAnnounce(product, before);
        if (draft.lowStockThreshold() != null) {
            stocking.changeLowThreshold(product.id(), draft.lowStockThreshold());
        }
        return product.id();
    }

    /**
     * Orders that have it keep it. Withdrawing it again does nothing.
     *
     * @param check may refuse, when it sees the product
     */
    public void withdraw(Ref ref, Consumer<Product> check) {
        var product = lock(ref);
        check.accept(product);
        long before = product.revision();
        product.withdraw(clock.instant());
        saveAndAnnounce(product, before);
    }

    private Product lock(Ref ref) {
        return products.lock(ref).orElseThrow(() -> new NoSuchProduct(ref));
    }

    private void saveAndAnnounce(Product product, long before) {
        if (save(product).revision() != before) {
            outbox.add(product.announce());
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
