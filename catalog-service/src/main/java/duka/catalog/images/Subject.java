package duka.catalog.images;

import java.util.UUID;

/** What a picture is of. */
public record Subject(Kind kind, UUID id) {

    /** What has pictures. */
    public enum Kind {
        PRODUCT,
        CATEGORY;

        /** There is a column and a table for each. */
        String column() {
            return switch (this) {
                case PRODUCT -> "product_id";
                case CATEGORY -> "category_id";
            };
        }

        String table() {
            return switch (this) {
                case PRODUCT -> "products";
                case CATEGORY -> "categories";
            };
        }
    }

    public static Subject product(UUID id) {
        return new Subject(Kind.PRODUCT, id);
    }

    public static Subject category(UUID id) {
        return new Subject(Kind.CATEGORY, id);
    }
}
