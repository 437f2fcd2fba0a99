package duka.catalog;

/** A category goes only when nothing is in it and nothing below it. */
public class CategoryInUse extends RuntimeException {

    private final long products;
    private final long children;

    CategoryInUse(Category category, long products, long children) {
        super(
                "Category %s has %d products and %d categories below it."
                        .formatted(category.slug(), products, children));
        this.products = products;
        this.children = children;
    }

    public long products() {
        return products;
    }

    public long children() {
        return children;
    }
}
