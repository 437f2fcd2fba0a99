package duka.catalog;

/** A category cannot be below itself. */
public class CategoryLoop extends RuntimeException {

    CategoryLoop(Category category) {
        super("Category %s cannot be below itself.".formatted(category.slug()));
    }
}
