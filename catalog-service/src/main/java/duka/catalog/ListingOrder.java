package duka.catalog;

/** In which order products are listed; what is equal, by age. */
public record ListingOrder(By by, boolean descending) {

    /** The newest first. */
    public static final ListingOrder BY_AGE = new ListingOrder(By.CREATED_AT, true);

    /** What products can be ordered by. */
    public enum By {
        CREATED_AT,
        PRICE,
        NAME,
        RELEVANCE
    }
}
