package duka.catalog.web;

import duka.catalog.Arranging;
import duka.catalog.Browsing;
import duka.catalog.Cache;
import duka.catalog.Category;
import duka.catalog.NoSuchCategory;
import duka.catalog.Ref;
import duka.catalog.images.Pictures;
import duka.web.Caller;
import duka.web.MergePatch;
import duka.web.Paging;
import duka.web.Refused;
import duka.web.Results;
import duka.web.Sorting;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Sort;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/categories")
@Tag(name = "categories")
class CategoryController {

    private static final Map<String, String> ORDERINGS =
            Map.of("name", "name", "created_at", "createdAt");

    private final Browsing browsing;
    private final Arranging arranging;
    private final Cache cache;
    private final Pictures pictures;

    CategoryController(Browsing browsing, Arranging arranging, Cache cache, Pictures pictures) {
        this.browsing = browsing;
        this.arranging = arranging;
        this.cache = cache;
        this.pictures = pictures;
    }

    @GetMapping
    @Operation(
            summary = "All categories, by name; parent_id makes them a tree",
            description = "Those that are not active are listed for staff only.")
    Results<CategoryView> listCategories(
            @Parameter(description = "Part of the name or the description")
                    @RequestParam(defaultValue = "")
                    @Size(max = 200)
                    String search,
            @Parameter(description = "name or created_at, with - before it for downwards")
                    @RequestParam(required = false)
                    @Nullable String ordering,
            @RequestParam(name = "is_active", required = false) @Nullable Boolean active,
            @Parameter(hidden = true) Paging paging,
            @Parameter(hidden = true) Optional<Caller> caller) {
        var sort =
                Sort.by(
                        Sorting.parse(ordering, ORDERINGS, "name").by().stream()
                                .map(CategoryController::order)
                                .toList());
        if (paging.offset() + paging.size() > Integer.MAX_VALUE) {
            throw new Refused(
                    HttpStatus.NOT_FOUND,
                    "no-such-page",
                    "There is no page %d.".formatted(paging.page()));
        }
        var page = PageRequest.of(paging.page() - 1, paging.size(), sort);
        var part = search.strip();
        Part found;
        if (isStaff(caller)) {
            found = find(part, active, page);
        } else if (Boolean.FALSE.equals(active)) {
            throw new Refused(
                    HttpStatus.FORBIDDEN, "forbidden", "Only staff see what is not active.");
        } else {
            found = cache.get(Part.class, List.of(page, part), () -> find(part, true, page));
        }
        return Results.of(found.categories(), found.count(), paging);
    }

    /** Of the list of categories. */
    private record Part(List<CategoryView> categories, long count) {}

    private Part find(String search, @Nullable Boolean active, PageRequest page) {
        var found = browsing.categories(search, active, page);
        return new Part(views(found.getContent()), found.getTotalElements());
    }

    @GetMapping("/{ref}")
    @Operation(
            summary = "One category, by id or slug",
            description = "One that is not active is there for staff only.")
    CategoryView showCategory(
            @PathVariable Ref ref, @Parameter(hidden = true) Optional<Caller> caller) {
        if (isStaff(caller)) {
            return view(browsing.category(ref));
        }
        var category = cache.get(CategoryView.class, ref, () -> view(browsing.category(ref)));
        if (!category.isActive()) {
            throw new NoSuchCategory(ref);
        }
        return category;
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            summary = "Create a category",
            description =
                    "409 name-taken or slug-taken, also when only upper and lower case differ.")
    ResponseEntity<CategoryView> createCategory(@RequestBody @Valid CategoryRequest request) {
        var category = view(arranging.create(request.draft()));
        return ResponseEntity.created(URI.create("/api/v1/categories/" + category.id()))
                .body(category);
    }

    @PutMapping("/{ref}")
    @Operation(
            summary = "Change a category",
            description = "409 category-loop, name-taken, slug-taken.")
    CategoryView replaceCategory(
            @PathVariable Ref ref, @RequestBody @Valid CategoryRequest request) {
        return view(arranging.change(ref, _ -> request.draft()));
    }

    @PatchMapping("/{ref}")
    @Operation(
            summary = "Change parts of a category, by JSON Merge Patch",
            description = "409 category-loop, name-taken, slug-taken.")
    CategoryView changeCategory(
            @PathVariable Ref ref, @RequestBody MergePatch<CategoryRequest> patch) {
        return view(arranging.change(ref, now -> patch.applyTo(CategoryRequest.of(now)).draft()));
    }

    @DeleteMapping("/{ref}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            summary = "Delete a category",
            description = "409 category-in-use while products or categories are in it.")
    void deleteCategory(@PathVariable Ref ref) {
        arranging.delete(ref);
    }

    private CategoryView view(Category category) {
        return views(List.of(category)).getFirst();
    }

    /** With the pictures of all of them at once. */
    private List<CategoryView> views(List<Category> categories) {
        var shown = pictures.ofCategories(categories.stream().map(Category::id).toList());
        return categories.stream()
                .map(category -> CategoryView.of(category, shown.get(category.id())))
                .toList();
    }

    private static boolean isStaff(Optional<Caller> caller) {
        return caller.filter(Caller::isStaff).isPresent();
    }

    private static Sort.Order order(Sorting.By by) {
        return by.descending() ? Sort.Order.desc(by.column()) : Sort.Order.asc(by.column());
    }
}
