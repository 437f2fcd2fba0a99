package duka.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpMethod;

class OlderSpellingsTest {

    private final OlderSpellings spellings = new OlderSpellings();

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    # the first shop
                    POST,   /api/auth/register/,                  /api/v1/auth/register
                    POST,   /api/register/,                       /api/v1/auth/register
                    POST,   /api/auth/token/,                     /api/v1/auth/token
                    POST,   /api/auth/token/refresh/,             /api/v1/auth/token/refresh
                    PATCH,  /api/auth/profile/,                   /api/v1/auth/profile
                    GET,    /api/profile/,                        /api/v1/auth/profile
                    GET,    /api/categories/,                     /api/v1/categories
                    GET,    /api/categories/7/,                   /api/v1/categories/7
                    GET,    /api/products/,                       /api/v1/products
                    GET,    /api/products/electronics-1/,         /api/v1/products/electronics-1
                    GET,    /api/cart/,                           /api/v1/cart/items
                    GET,    /api/cart,                            /api/v1/cart/items
                    POST,   /api/cart/,                           /api/v1/cart/items
                    PUT,    /api/cart/12/,                        /api/v1/cart/items/12
                    PATCH,  /api/cart/12/,                        /api/v1/cart/items/12
                    DELETE, /api/cart/12,                         /api/v1/cart/items/12
                    GET,    /api/cart/0198c0de-0000-7000-8000-000000000001/, /api/v1/cart/items/0198c0de-0000-7000-8000-000000000001
                    POST,   /api/checkout/,                       /api/v1/checkout
                    GET,    /api/schema/,                         /api/schema
                    GET,    /api/v1/schema,                       /api/schema
                    GET,    /api/docs/,                           /api/docs

                    # the second shop
                    POST,   /api/v1/users/,                       /api/v1/auth/register
                    GET,    /api/v1/users/,                       /api/v1/users
                    POST,   /api/v1/user/,                        /api/v1/auth/register
                    GET,    /api/v1/user/,                        /api/v1/users/me
                    PATCH,  /api/v1/user/5/,                      /api/v1/users/5
                    PATCH,  /api/v1/users/5/,                     /api/v1/users/5
                    POST,   /api/v1/users/5/roles,                /api/v1/users/5/roles
                    POST,   /api/v1/login/,                       /api/v1/auth/token
                    POST,   /api/v1/auth/login/,                  /api/v1/auth/token
                    POST,   /api/v1/auth/logout/,                 /api/v1/auth/logout
                    GET,    /api/v1/auth/verify-email/a.b-c/,     /api/v1/auth/email/verify?token=a.b-c
                    POST,   /api/v1/auth/resend-verification/,    /api/v1/auth/email/resend
                    POST,   /api/v1/auth/password-change/verify/, /api/v1/auth/password/change/verify
                    POST,   /api/v1/auth/password-reset/request/, /api/v1/auth/password/forgot
                    POST,   /api/v1/auth/password-reset/confirm/, /api/v1/auth/password/reset
                    GET,    /api/v1/cart/,                        /api/v1/cart
                    GET,    /api/v1/cart/history/,                /api/v1/cart/history
                    GET,    /api/v1/cart-items/,                  /api/v1/cart/items
                    POST,   /api/v1/cart-items,                   /api/v1/cart/items
                    PATCH,  /api/v1/cart-items/12/,               /api/v1/cart/items/12
                    GET,    /api/v1/checkout/,                    /api/v1/checkout
                    PATCH,  /api/v1/checkout/update/,             /api/v1/checkout/update
                    POST,   /api/v1/checkout/confirm/,            /api/v1/checkout/confirm
                    POST,   /api/v1/orders/create/,               /api/v1/orders/create
                    POST,   /api/v1/payments/initiate/,           /api/v1/payments/initiate
                    POST,   /api/v1/payments/confirm/,            /api/v1/payments/confirm
                    GET,    /api/redoc/,                          /api/docs

                    # each shop's paths in the other's prefix
                    POST,   /api/login/,                          /api/v1/auth/token
                    POST,   /api/users/,                          /api/v1/auth/register
                    GET,    /api/cart/history/,                   /api/v1/cart/history
                    GET,    /api/cart/items/,                     /api/v1/cart/items
                    POST,   /api/cart-items/,                     /api/v1/cart/items
                    POST,   /api/v1/cart/,                        /api/v1/cart/items
                    PATCH,  /api/v1/cart/12/,                     /api/v1/cart/items/12
                    POST,   /api/v1/register/,                    /api/v1/auth/register

                    # ours, and what is none of ours
                    DELETE, /api/v1/cart,                         /api/v1/cart
                    GET,    /api/v1/orders/5/events,              /api/v1/orders/5/events
                    GET,    /api/docs/cart-service,               /api/docs/cart-service
                    GET,    /.well-known/jwks.json,               /.well-known/jwks.json
                    GET,    /actuator/health/readiness,           /actuator/health/readiness
                    GET,    /api/,                                /api
                    GET,    /api/v1/,                             /api/v1
                    GET,    /,                                    /
                    """)
    void a_path_has_one_canonical_spelling(String method, String path, String canonical) {
        assertThat(spellings.canonical(HttpMethod.valueOf(method), path)).isEqualTo(canonical);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/products/a%20b%2Bc, /api/v1/products/a%20b%2Bc",
        "GET, /api/user/a%20b$1, /api/v1/users/a%20b$1"
    })
    void what_is_encoded_stays_so(String method, String path, String canonical) {
        assertThat(spellings.canonical(HttpMethod.valueOf(method), path)).isEqualTo(canonical);
    }
}
