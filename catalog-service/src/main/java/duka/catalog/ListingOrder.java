package duka.catalog;

/** In which order products are listed; what is equal, by age. */
public record ListingOrder(By by, boolean descending) {

    /** What products can be ordered by. */
    public enum By {
        CREATED_AT("products.created_at"),
        PRICE("products.unit_price"),
        NAME("products.name");

        private final String column;

        By(String column) {
            this.column = column;
        }
    }

    String sql() {
        var direction = descending ? " desc" : "";
        return by.column + direction + ", products.id" + direction;
    }

    /** True of what comes after the product with these values. */
    String sqlAfter() {
        return "(%s, products.id) %s (:after, :afterId)"
                .formatted(by.column, descending ? "<" : ">");
    }
}
