package duka.catalog;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** The tree of categories. */
interface Categories extends Repository<Category, UUID> {

    Category saveAndFlush(Category category);

    void delete(Category category);

    void flush();

    Optional<Category> findById(UUID id);

    Optional<Category> findBySlug(String slug);

    boolean existsById(UUID id);

    long countByParentId(UUID parentId);

    @Query(
            """
            select c from Category c
            where c.active in :active
              and (locate(lower(:search), lower(c.name)) > 0
                   or locate(lower(:search), lower(coalesce(c.description, ''))) > 0)
            """)
    Page<Category> findWith(String search, Set<Boolean> active, Pageable page);

    default Optional<Category> find(Ref ref) {
        return ref.id().map(this::findById).orElseGet(() -> findBySlug(ref.text()));
    }

    /** Whether the one category is the other, or above it. */
    @Query(
            nativeQuery = true,
            value =
                    """
                    with recursive above as (
                        select id, parent_id from categories where id = :lower
                        union
                        select parent.id, parent.parent_id
                        from categories parent join above on parent.id = above.parent_id)
                    select exists (select 1 from above where id = :upper)
                    """)
    boolean isAtOrAbove(UUID upper, UUID lower);
}
