package duka.catalog;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A place in the tree in which customers look for products. */
@Entity
@Table(name = "categories")
public class Category {

    @Id private UUID id;

    private @Nullable UUID parentId;

    private String name;

    private String slug;

    private @Nullable String description;

    private boolean active;

    private Instant createdAt;

    private Instant updatedAt;

    @Version private @Nullable Long version;

    protected Category() {} // JPA's; does nothing, for it runs on every load

    Category(UUID id, String slug, CategoryDraft draft, Instant now) {
        this.id = id;
        this.slug = slug;
        this.name = draft.name();
        this.description = draft.description();
        this.parentId = draft.parentId();
        this.active = draft.active() == null || draft.active();
        this.createdAt = now;
        this.updatedAt = now;
    }

    /** Renaming it does not move it: the slug stays unless the draft has another. */
    void change(CategoryDraft draft, Instant now) {
        var slug = draft.slug() == null ? this.slug : draft.slug();
        boolean active = draft.active() == null ? this.active : draft.active();
        if (name.equals(draft.name())
                && this.slug.equals(slug)
                && Objects.equals(description, draft.description())
                && Objects.equals(parentId, draft.parentId())
                && this.active == active) {
            return;
        }
        this.name = draft.name();
        this.slug = slug;
        this.description = draft.description();
        this.parentId = draft.parentId();
        this.active = active;
        this.updatedAt = now;
    }

    public UUID id() {
        return id;
    }

    public @Nullable UUID parentId() {
        return parentId;
    }

    public String name() {
        return name;
    }

    public String slug() {
        return slug;
    }

    public @Nullable String description() {
        return description;
    }

    /** Whether customers are shown it. What is in it is on sale all the same. */
    public boolean isActive() {
        return active;
    }

    public Instant createdAt() {
        return createdAt;
    }

    public Instant updatedAt() {
        return updatedAt;
    }
}
