package duka.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;

class ScopeTest {

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    POST,   /api/v1/auth/token,                    sign-in,             5/min
                    POST,   /api/v1/auth/register,                 sign-up,             3/min
                    POST,   /api/v1/auth/token/refresh,            token-refresh,       10/min
                    POST,   /api/v1/auth/password/change,          password-change,     10/hour
                    POST,   /api/v1/auth/password/change/request,  password-code,       10/hour
                    POST,   /api/v1/auth/password/change/verify,   password-code-check, 10/hour
                    POST,   /api/v1/auth/password/change/confirm,  password-code-use,   10/hour
                    POST,   /api/v1/auth/password/forgot,          password-forgot,     10/hour
                    POST,   /api/v1/auth/password/reset,           password-reset,      10/hour
                    GET,    /api/v1/auth/email/verify,             email-verify,        20/hour
                    GET,    /api/v1/auth/email/verify/x,           email-verify,        20/hour
                    POST,   /api/v1/auth/email/verify,             email-verify,        20/hour
                    POST,   /api/v1/auth/email/resend,             email-resend,        5/hour
                    GET,    /api/v1/users,                         user-read,           60/min
                    GET,    /api/v1/users/me,                      user-read,           60/min
                    PATCH,  /api/v1/users/5,                       user-update,         20/min
                    POST,   /api/v1/vendors,                       vendor-apply,        5/min
                    GET,    /api/v1/vendors,                       vendor-read,         60/min
                    PATCH,  /api/v1/vendors/5,                     vendor-update,       20/min
                    DELETE, /api/v1/vendors/5,                     vendor-delete,       10/min
                    POST,   /api/v1/bank-accounts,                 bank-account-create, 3/min
                    GET,    /api/v1/bank-accounts/5,               bank-account-read,   30/min
                    PATCH,  /api/v1/bank-accounts/5,               bank-account-update, 5/hour
                    DELETE, /api/v1/bank-accounts/5,               bank-account-delete, 10/min
                    GET,    /api/v1/categories,                    category-read,       200/min
                    POST,   /api/v1/categories,                    category-write,      20/min
                    DELETE, /api/v1/categories/5,                  category-write,      20/min
                    GET,    /api/v1/products,                      product-read,        300/min
                    HEAD,   /api/v1/products/lamp,                 product-read,        300/min
                    POST,   /api/v1/products,                      product-create,      30/min
                    PATCH,  /api/v1/products/lamp,                 product-update,      40/min
                    DELETE, /api/v1/products/lamp,                 product-delete,      10/min
                    GET,    /api/v1/cart,                          cart-read,           150/min
                    GET,    /api/v1/cart/history,                  cart-history,        50/min
                    GET,    /api/v1/cart/items,                    cart-item-read,      120/min
                    POST,   /api/v1/cart/items,                    cart-item-add,       40/min
                    PATCH,  /api/v1/cart/items/5,                  cart-item-update,    60/min
                    DELETE, /api/v1/cart/items/5,                  cart-item-delete,    40/min
                    GET,    /api/v1/checkout,                      checkout-read,       60/min
                    GET,    /api/v1/checkout/history,              checkout-history,    30/min
                    PATCH,  /api/v1/checkout/update,               checkout-update,     20/min
                    POST,   /api/v1/checkout/confirm,              checkout-confirm,    10/min
                    POST,   /api/v1/checkout,                      checkout-confirm,    10/min
                    GET,    /api/v1/orders/5,                      order-read,          60/min
                    POST,   /api/v1/orders/create,                 order-create,        5/min
                    GET,    /api/v1/payments,                      payment-read,        60/min
                    POST,   /api/v1/payments/initiate,             payment-initiate,    5/min
                    POST,   /api/v1/payments/confirm,              payment-confirm,     10/hour
                    POST,   /api/v1/webhooks/simulator,            webhooks,            3000/min
                    GET,    /api/v1/wishlist,                      reads,               300/min
                    GET,    /api/docs/ui/swagger-ui.css,           reads,               300/min
                    POST,   /api/v1/orders/5/cancel,               writes,              60/min
                    TRACE,  /nix,                                  writes,              60/min
                    """)
    void each_request_has_its_scope(String method, String path, String scope, String rate) {
        var found = Scope.of(HttpMethod.valueOf(method), PathContainer.parsePath(path));

        assertThat(found.title()).isEqualTo(scope);
        assertThat(found.rate()).isEqualTo(Rate.of(rate));
    }
}
