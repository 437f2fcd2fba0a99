package duka.order.web;

import static org.springframework.http.HttpStatus.BAD_REQUEST;

import duka.order.Order;
import duka.order.OrderId;
import duka.order.OrderSearch;
import duka.order.Ordering;
import duka.web.Bookmark;
import duka.web.Paging;
import duka.web.Refused;
import duka.web.Results;
import duka.web.Sorting;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How a list of orders is read: by pages, or deep by a cursor.
 *
 * @param cursor after which order the list goes on, the newest first; empty from the newest, none
 *     for pages
 */
record OrderList(Paging paging, @Nullable String ordering, @Nullable String cursor) {

    private static final Map<String, String> COLUMNS =
            Map.of("created_at", "created_at", "updated_at", "updated_at", "total", "total");

    <T> Results<T> read(Ordering orders, OrderSearch search, Function<Order, T> view) {
        return cursor == null
                ? readPage(orders, search, view)
                : readOn(orders, search, view, cursor);
    }

    private <T> Results<T> readPage(Ordering orders, OrderSearch search, Function<Order, T> view) {
        var sorting = Sorting.parse(ordering, COLUMNS, "-created_at");
        var page = orders.list(search, sorting.sql(), paging.size(), paging.offset());
        return Results.of(page.stream().map(view).toList(), orders.count(search), paging);
    }

    private <T> Results<T> readOn(
            Ordering orders, OrderSearch search, Function<Order, T> view, String from) {
        var size = paging.size();
        var here = Bookmark.of(from);
        var found =
                orders.listAfter(
                        search, here.isAtTheBeginning() ? null : parse(here.place()), size + 1);
        long count = here.count() == null ? orders.count(search) : here.count();
        var more = found.size() > size;
        var page = more ? found.subList(0, size) : found;
        var next =
                more
                        ? Results.link(
                                "cursor", new Bookmark(page.getLast().id().toString(), count))
                        : null;
        return new Results<>(count, next, null, page.stream().map(view).toList());
    }

    private static OrderId parse(String cursor) {
        try {
            return OrderId.of(cursor);
        } catch (IllegalArgumentException e) {
            throw new Refused(BAD_REQUEST, "invalid-cursor", "This cursor was not given out here.");
        }
    }
}
