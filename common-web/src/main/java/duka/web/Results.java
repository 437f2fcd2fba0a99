package duka.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * One page of a list.
 *
 * @param count of all pages
 * @param next where the page after this one is, relative to this server
 */
public record Results<T>(
        long count, @Nullable String next, @Nullable String previous, List<T> results) {

    /** The links are those of the current request. A page past the end is a 404. */
    public static <T> Results<T> of(List<T> items, long count, Paging paging) {
        if (paging.page() > 1 && paging.offset() >= count) {
            throw new Refused(
                    HttpStatus.NOT_FOUND,
                    "no-such-page",
                    "There is no page %d of %d results.".formatted(paging.page(), count));
        }
        boolean more = paging.offset() + paging.size() < count;
        return new Results<>(
                count,
                more ? link("page", paging.page() + 1) : null,
                paging.page() > 1 ? link("page", paging.page() - 1) : null,
                List.copyOf(items));
    }

    /** The current request again, with this parameter in place of the one it had. */
    public static String link(String parameter, Object value) {
        var request = request();
        var query = request.getQueryString() == null ? "" : request.getQueryString();
        return Stream.concat(
                        Arrays.stream(query.split("&"))
                                .filter(
                                        part ->
                                                !part.isEmpty()
                                                        && !part.startsWith(parameter + "=")),
                        Stream.of(parameter + "=" + value))
                .collect(Collectors.joining("&", request.getRequestURI() + "?", ""));
    }

    private static HttpServletRequest request() {
        return ((ServletRequestAttributes) RequestContextHolder.currentRequestAttributes())
                .getRequest();
    }
}
