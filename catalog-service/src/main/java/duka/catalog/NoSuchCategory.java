package duka.catalog;

public class NoSuchCategory extends RuntimeException {

    public NoSuchCategory(Ref ref) {
        super("There is no category %s.".formatted(ref));
    }
}
