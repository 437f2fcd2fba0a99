package duka.catalog;

import duka.catalog.Slugs.Of;
import duka.messaging.Uuid7;
import java.time.Clock;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What staff can do with the tree of categories: one at a time, for trees are easily knotted. */
@Service
@Transactional
public class Arranging {

    private static final String TURN = "tree of categories";

    private final Categories categories;
    private final Products products;
    private final Slugs slugs;
    private final Turns turns;
    private final Cache cache;
    private final Clock clock;

    Arranging(
            Categories categories,
            Products products,
            Slugs slugs,
            Turns turns,
            Cache cache,
            Clock clock) {
        this.categories = categories;
        this.products = products;
        this.slugs = slugs;
        this.turns = turns;
        this.cache = cache;
        this.clock = clock;
    }

    public Category create(CategoryDraft draft) {
        turns.take(TURN);
        cache.forgetAfterCommit();
        checkParent(draft.parentId());
        var id = Uuid7.mint(clock);
        var slug =
                draft.slug() == null ? slugs.free(Of.CATEGORIES, draft.name(), id) : draft.slug();
        return save(new Category(id, slug, draft, clock.instant()));
    }

    /**
     * @param wish what it should be, as seen from what it is
     */
    public Category change(Ref ref, Function<Category, CategoryDraft> wish) {
        turns.take(TURN);
        cache.forgetAfterCommit();
        var category = find(ref);
        var draft = wish.apply(category);
        checkParent(draft.parentId());
        if (draft.parentId() != null && categories.isAtOrAbove(category.id(), draft.parentId())) {
            throw new CategoryLoop(category);
        }
        category.change(draft, clock.instant());
        return save(category);
    }

    public void delete(Ref ref) {
        turns.take(TURN);
        cache.forgetAfterCommit();
        var category = find(ref);
        long children = categories.countByParentId(category.id());
        long used = products.countByCategoryId(category.id());
        if (children > 0 || used > 0) {
            throw new CategoryInUse(category, used, children);
        }
        try {
            categories.delete(category);
            categories.flush();
        } catch (DataIntegrityViolationException e) {
            throw switch (Violations.constraint(e)) {
                case "products_category" -> new CategoryInUse(category, 1, 0);
                default -> e;
            };
        }
    }

    private Category find(Ref ref) {
        return categories.find(ref).orElseThrow(() -> new NoSuchCategory(ref));
    }

    private void checkParent(@Nullable UUID parent) {
        if (parent != null && !categories.existsById(parent)) {
            throw new Dangling("parent_id", parent);
        }
    }

    private Category save(Category category) {
        try {
            return categories.saveAndFlush(category);
        } catch (DataIntegrityViolationException e) {
            throw switch (Violations.constraint(e)) {
                case "categories_name" -> new Taken("name", category.name());
                case "categories_slug" -> new Taken("slug", category.slug());
                default -> e;
            };
        }
    }
}
