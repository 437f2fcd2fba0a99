package duka.catalog.images;

/** Pictures cannot be kept or fetched at this moment. */
public class StoreFailed extends RuntimeException {

    StoreFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
