package duka.catalog;

public class NoSuchProduct extends RuntimeException {

    public NoSuchProduct(Ref ref) {
        super("There is no product %s.".formatted(ref));
    }
}
