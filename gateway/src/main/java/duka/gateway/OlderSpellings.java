package duka.gateway;

import static java.util.stream.Collectors.groupingBy;
import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.PATCH;
import static org.springframework.http.HttpMethod.POST;
import static org.springframework.http.HttpMethod.PUT;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Turns the paths of the two shops that this one replaces into ours, so that their frontends need
 * not change: {@code /api/...} is {@code /api/v1/...}, a trailing slash says nothing, and what had
 * another name is in the table.
 */
@Component
@Order(Filters.OLDER_SPELLINGS)
class OlderSpellings implements WebFilter {

    /**
     * Below {@code /api} or {@code /api/v1}; {@code {id}} is one segment that looks like an id,
     * {@code {any}} is any one segment, {@code **} all that follows, if anything. The first that
     * fits is taken.
     */
    private static final List<Spelling> TABLE =
            List.of(
                    // accounts
                    both("/register").is("/auth/register"),
                    both("/login").is("/auth/token"),
                    both("/auth/login").is("/auth/token"),
                    both("/profile").is("/auth/profile"),
                    both(POST, "/users").is("/auth/register"),
                    both(POST, "/user").is("/auth/register"),
                    both(GET, "/user").is("/users/me"),
                    both("/user/**").is("/users/**"),
                    both("/auth/verify-email/{any}").is("/auth/email/verify?token={any}"),
                    both("/auth/resend-verification").is("/auth/email/resend"),
                    both("/auth/password-change/**").is("/auth/password/change/**"),
                    both("/auth/password-reset/request").is("/auth/password/forgot"),
                    both("/auth/password-reset/confirm").is("/auth/password/reset"),

                    // the cart: without a version it is the list of its items
                    unversioned(GET, "/cart").is("/cart/items"),
                    both(POST, "/cart").is("/cart/items"),
                    both(GET, "/cart/{id}").is("/cart/items/{id}"),
                    both(PUT, "/cart/{id}").is("/cart/items/{id}"),
                    both(PATCH, "/cart/{id}").is("/cart/items/{id}"),
                    both(DELETE, "/cart/{id}").is("/cart/items/{id}"),
                    both("/cart-items/**").is("/cart/items/**"),

                    // documentation
                    both("/docs").isOutside("/api/docs"),
                    both("/schema").isOutside("/api/schema"),
                    both("/redoc").isOutside("/api/docs"));

    private static final Pattern NOT_VERSIONED = Pattern.compile("/api(/v1|/schema|/docs(/.*)?)?");
    private static final String API = "/api/";
    private static final String VERSIONED = "/api/v1/";

    private final Map<String, List<Spelling>> byFirstSegment =
            TABLE.stream().collect(groupingBy(Spelling::firstSegment));

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        var request = exchange.getRequest();
        var path = request.getURI().getRawPath();
        var ours = canonical(request.getMethod(), path);
        if (ours.equals(path)) {
            return chain.filter(exchange);
        }
        var moved = request.mutate();
        if (ours.contains("?")) {
            moved.uri(request.getURI().resolve(ours));
        } else {
            moved.path(ours);
        }
        return chain.filter(exchange.mutate().request(moved.build()).build());
    }

    /** The path, with a query, and no other, if one of its segments has become that. */
    String canonical(HttpMethod method, String path) {
        if (!path.startsWith(API)) {
            return path;
        }
        var trimmed = withoutTrailingSlash(path);
        if (NOT_VERSIONED.matcher(trimmed).matches()) {
            return trimmed;
        }
        var versioned = trimmed.startsWith(VERSIONED);
        var rest = trimmed.substring((versioned ? VERSIONED : API).length() - 1);
        for (var spelling : byFirstSegment.getOrDefault(firstSegment(rest), List.of())) {
            var ours = spelling.canonical(method, versioned, rest);
            if (ours != null) {
                return ours;
            }
        }
        return versioned ? trimmed : "/api/v1" + rest;
    }

    private static String withoutTrailingSlash(String path) {
        return path.length() > 1 && path.endsWith("/")
                ? path.substring(0, path.length() - 1)
                : path;
    }

    private static String firstSegment(String path) {
        var end = path.indexOf('/', 1);
        return end < 0 ? path : path.substring(0, end);
    }

    private static Old both(String path) {
        return new Old(Set.of(), false, path);
    }

    private static Old both(HttpMethod method, String path) {
        return new Old(Set.of(method), false, path);
    }

    private static Old unversioned(HttpMethod method, String path) {
        return new Old(Set.of(method), true, path);
    }

    private record Old(Set<HttpMethod> methods, boolean unversionedOnly, String path) {

        Spelling is(String ours) {
            return isOutside("/api/v1" + ours);
        }

        Spelling isOutside(String ours) {
            var pattern =
                    path.replace("{id}", "(?<rest>[0-9]+|[0-9a-fA-F-]{36})")
                            .replace("{any}", "(?<rest>[^/]+)")
                            .replace("/**", "(?<rest>/.*)?");
            var replacement = ours.replaceAll("\\{id}|\\{any}|/\\*\\*", "\\${rest}");
            return new Spelling(this, Pattern.compile(pattern), replacement);
        }
    }

    private record Spelling(Old old, Pattern pattern, String replacement) {

        String firstSegment() {
            return OlderSpellings.firstSegment(old.path());
        }

        @Nullable String canonical(HttpMethod method, boolean versioned, String rest) {
            if (versioned && old.unversionedOnly()
                    || !old.methods().isEmpty() && !old.methods().contains(method)) {
                return null;
            }
            var matcher = pattern.matcher(rest);
            if (!matcher.matches()) {
                return null;
            }
            var ours = matcher.replaceFirst(replacement);
            return replacement.contains("?") ? ours.replace("+", "%2B").replace("&", "%26") : ours;
        }
    }
}
