package duka.catalog;

import jakarta.persistence.LockModeType;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.repository.Repository;

/** All products, to be changed one at a time. Nothing deletes one. */
interface Products extends Repository<Product, UUID> {

    Product saveAndFlush(Product product);

    long countByCategoryId(UUID categoryId);

    @Lock(LockModeType.PESSIMISTIC_WRITE)
    Optional<Product> findById(UUID id);

    @Lock(LockModeType.PESSIMISTIC_WRITE)
    Optional<Product> findBySlug(String slug);

    /** Nobody else changes it before this transaction has ended. */
    default Optional<Product> lock(Ref ref) {
        return ref.id().map(this::findById).orElseGet(() -> findBySlug(ref.text()));
    }
}
