package duka.gateway;

import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.HEAD;
import static org.springframework.http.HttpMethod.OPTIONS;
import static org.springframework.http.HttpMethod.PATCH;
import static org.springframework.http.HttpMethod.POST;
import static org.springframework.http.HttpMethod.PUT;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * What is counted together, each caller's for itself, and how much of it is allowed. A request
 * belongs to the first scope that has it.
 */
enum Scope {
    SIGN_IN("5/min", on(POST, "auth/token")),
    SIGN_UP("3/min", on(POST, "auth/register")),
    TOKEN_REFRESH("10/min", on(POST, "auth/token/refresh")),
    PASSWORD_CHANGE("10/hour", on(POST, "auth/password/change")),
    PASSWORD_CODE("10/hour", on(POST, "auth/password/change/request")),
    PASSWORD_CODE_CHECK("10/hour", on(POST, "auth/password/change/verify")),
    PASSWORD_CODE_USE("10/hour", on(POST, "auth/password/change/confirm")),
    PASSWORD_FORGOT("10/hour", on(POST, "auth/password/forgot")),
    PASSWORD_RESET("10/hour", on(POST, "auth/password/reset")),
    EMAIL_VERIFY("20/hour", on(Set.of(GET, POST), "auth/email/verify/**")),
    EMAIL_RESEND("5/hour", on(POST, "auth/email/resend")),

    USER_READ("60/min", on(GET, "users/**")),
    USER_UPDATE("20/min", on(Set.of(PUT, PATCH, DELETE), "users/**")),
    VENDOR_READ("60/min", on(GET, "vendors/**")),
    VENDOR_APPLY("5/min", on(POST, "vendors")),
    VENDOR_UPDATE("20/min", on(Set.of(PUT, PATCH), "vendors/{id}")),
    VENDOR_DELETE("10/min", on(DELETE, "vendors/{id}")),
    BANK_ACCOUNT_READ("30/min", on(GET, "bank-accounts/**")),
    BANK_ACCOUNT_CREATE("3/min", on(POST, "bank-accounts")),
    BANK_ACCOUNT_UPDATE("5/hour", on(Set.of(PUT, PATCH), "bank-accounts/{id}")),
    BANK_ACCOUNT_DELETE("10/min", on(DELETE, "bank-accounts/{id}")),

    CATEGORY_READ("200/min", on(GET, "categories/**")),
    CATEGORY_WRITE("20/min", on(Set.of(POST, PUT, PATCH, DELETE), "categories/**")),
    PRODUCT_READ("300/min", on(GET, "products/**")),
    PRODUCT_CREATE("30/min", on(POST, "products")),
    PRODUCT_UPDATE("40/min", on(Set.of(PUT, PATCH), "products/{ref}")),
    PRODUCT_DELETE("10/min", on(DELETE, "products/{ref}")),

    CART_READ("150/min", on(GET, "cart")),
    CART_HISTORY("50/min", on(GET, "cart/history")),
    CART_ITEM_READ("120/min", on(GET, "cart/items/**")),
    CART_ITEM_ADD("40/min", on(POST, "cart/items")),
    CART_ITEM_UPDATE("60/min", on(Set.of(PUT, PATCH), "cart/items/{id}")),
    CART_ITEM_DELETE("40/min", on(DELETE, "cart/items/{id}"), on(DELETE, "cart")),
    CHECKOUT_READ("60/min", on(GET, "checkout")),
    CHECKOUT_HISTORY("30/min", on(GET, "checkout/history")),
    CHECKOUT_UPDATE("20/min", on(PATCH, "checkout/update")),
    CHECKOUT_CONFIRM("10/min", on(POST, "checkout"), on(POST, "checkout/confirm")),
    ORDER_READ("60/min", on(GET, "orders/**")),
    ORDER_CREATE("5/min", on(POST, "orders/create")),
    PAYMENT_READ("60/min", on(GET, "payments/**")),
    PAYMENT_INITIATE("5/min", on(POST, "payments/initiate")),
    PAYMENT_CONFIRM("10/hour", on(POST, "payments/confirm")),
    /** All that a payment provider has to tell comes from few addresses. */
    WEBHOOKS("3000/min", on(POST, "webhooks/**")),

    READS("300/min", new Requests(Set.of(GET, HEAD, OPTIONS), "/**")),
    WRITES("60/min");

    private static final Scope[] TABLE = values();

    private final Rate rate;
    private final List<Requests> requests;

    Scope(String rate, Requests... requests) {
        this.rate = Rate.of(rate);
        this.requests = List.of(requests);
    }

    static Scope of(HttpMethod method, PathContainer path) {
        var asked = method.equals(HEAD) ? GET : method;
        return Arrays.stream(TABLE)
                .filter(scope -> scope.has(asked, path))
                .findFirst()
                .orElse(WRITES);
    }

    private boolean has(HttpMethod method, PathContainer path) {
        for (var some : requests) {
            if (some.have(method, path)) {
                return true;
            }
        }
        return false;
    }

    /** Unless configured otherwise. */
    Rate rate() {
        return rate;
    }

    /** As in the configuration. */
    String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Requests on(HttpMethod method, String path) {
        return on(Set.of(method), path);
    }

    private static Requests on(Set<HttpMethod> methods, String path) {
        return new Requests(methods, "/api/v1/" + path);
    }

    private record Requests(Set<HttpMethod> methods, PathPattern path) {

        Requests(Set<HttpMethod> methods, String path) {
            this(methods, PathPatternParser.defaultInstance.parse(path));
        }

        boolean have(HttpMethod method, PathContainer asked) {
            return methods.contains(method) && path.matches(asked);
        }
    }
}
