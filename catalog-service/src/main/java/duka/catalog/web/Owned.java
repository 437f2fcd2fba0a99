package duka.catalog.web;

import duka.catalog.Browsing;
import duka.catalog.Listing;
import duka.catalog.NoSuchProduct;
import duka.catalog.Ref;
import duka.catalog.Seller;
import duka.web.Caller;
import duka.web.Role;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Staff keep all products, vendors their own. */
final class Owned {

    /** Somebody else's product is as good as not there. */
    static Listing product(Browsing browsing, Ref ref, Caller caller) {
        return find(browsing, ref, caller).orElseThrow(() -> new NoSuchProduct(ref));
    }

    /**
     * @param product id or slug, as a filter has it; none or empty for all
     */
    static @Nullable UUID filtered(Browsing browsing, @Nullable String product, Caller caller) {
        if (product == null || product.isEmpty()) {
            return null;
        }
        return find(browsing, new Ref(product), caller)
                .orElseThrow(() -> Problems.invalid("product", "must be one that there is"))
                .id();
    }

    private static Optional<Listing> find(Browsing browsing, Ref ref, Caller caller) {
        return browsing.product(ref).filter(product -> isKeptBy(caller, product.vendorId()));
    }

    /**
     * @param vendor whose it is, null where it is no vendor's
     */
    static boolean isKeptBy(Caller caller, @Nullable UUID vendor) {
        return caller.isStaff() || caller.is(Role.VENDOR) && caller.id().equals(vendor);
    }

    /**
     * @return whose products alone the caller keeps, null for staff
     */
    static @Nullable UUID vendor(Caller caller) {
        return caller.isStaff() ? null : caller.id();
    }

    static Seller seller(Caller caller) {
        return new Seller(caller.id(), caller.isStaff());
    }

    private Owned() {}
}
