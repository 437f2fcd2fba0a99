package duka.catalog;

import java.util.UUID;

/**
 * Who offers products: staff, who have to do with all of them, or a vendor, to whom others' are not
 * there.
 */
public record Seller(UUID id, boolean isStaff) {

    boolean mayChange(Product product) {
        return isStaff || id.equals(product.vendorId());
    }
}
