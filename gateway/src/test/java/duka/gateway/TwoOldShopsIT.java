package duka.gateway;

import static com.github.tomakehurst.wiremock.client.WireMock.requestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient;

/** Each endpoint of the two shops that this one replaces, under both prefixes. */
@AtTheDoor
class TwoOldShopsIT {

    private static final String ID = "0198c0de-0000-7000-8000-000000000001";

    @Autowired WebTestClient door;

    @BeforeEach
    void reset() {
        Shop.reset();
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            textBlock =
                    """
                    # Duka
                    POST,   auth/register,                identity-service, auth/register
                    POST,   register,                     identity-service, auth/register
                    POST,   auth/token,                   identity-service, auth/token
                    POST,   auth/token/refresh,           identity-service, auth/token/refresh
                    GET,    auth/profile,                 identity-service, auth/profile
                    PUT,    auth/profile,                 identity-service, auth/profile
                    PATCH,  auth/profile,                 identity-service, auth/profile
                    GET,    profile,                      identity-service, auth/profile
                    PUT,    profile,                      identity-service, auth/profile
                    PATCH,  profile,                      identity-service, auth/profile
                    GET,    categories,                   catalog-service,  categories
                    GET,    categories/7,                 catalog-service,  categories/7
                    POST,   categories,                   catalog-service,  categories
                    PUT,    categories/7,                 catalog-service,  categories/7
                    PATCH,  categories/7,                 catalog-service,  categories/7
                    DELETE, categories/7,                 catalog-service,  categories/7
                    GET,    products,                     catalog-service,  products
                    GET,    products/electronics-1,       catalog-service,  products/electronics-1
                    POST,   products,                     catalog-service,  products
                    PUT,    products/electronics-1,       catalog-service,  products/electronics-1
                    PATCH,  products/electronics-1,       catalog-service,  products/electronics-1
                    DELETE, products/electronics-1,       catalog-service,  products/electronics-1
                    POST,   cart,                         cart-service,     cart/items
                    GET,    cart/{id},                    cart-service,     cart/items/{id}
                    PUT,    cart/{id},                    cart-service,     cart/items/{id}
                    PATCH,  cart/{id},                    cart-service,     cart/items/{id}
                    DELETE, cart/{id},                    cart-service,     cart/items/{id}
                    PATCH,  cart/12,                      cart-service,     cart/items/12
                    POST,   checkout,                     cart-service,     checkout

                    # Nexus: accounts
                    POST,   users,                        identity-service, auth/register
                    POST,   user,                         identity-service, auth/register
                    GET,    users,                        identity-service, users
                    GET,    user,                         identity-service, users/me
                    GET,    users/{id},                   identity-service, users/{id}
                    PATCH,  users/{id},                   identity-service, users/{id}
                    DELETE, users/{id},                   identity-service, users/{id}
                    GET,    user/{id},                    identity-service, users/{id}
                    PATCH,  user/{id},                    identity-service, users/{id}
                    DELETE, user/{id},                    identity-service, users/{id}
                    POST,   login,                        identity-service, auth/token
                    POST,   auth/login,                   identity-service, auth/token
                    POST,   auth/logout,                  identity-service, auth/logout
                    GET,    auth/verify-email/aA0-_.x,    identity-service, auth/email/verify?token=aA0-_.x
                    POST,   auth/resend-verification,     identity-service, auth/email/resend
                    POST,   auth/password-change/request, identity-service, auth/password/change/request
                    POST,   auth/password-change/verify,  identity-service, auth/password/change/verify
                    POST,   auth/password-change/confirm, identity-service, auth/password/change/confirm
                    POST,   auth/password-reset/request,  identity-service, auth/password/forgot
                    POST,   auth/password-reset/confirm,  identity-service, auth/password/reset
                    POST,   vendors,                      identity-service, vendors
                    GET,    vendors,                      identity-service, vendors
                    GET,    vendors/{id},                 identity-service, vendors/{id}
                    PATCH,  vendors/{id},                 identity-service, vendors/{id}
                    DELETE, vendors/{id},                 identity-service, vendors/{id}
                    POST,   bank-accounts,                payment-service,  bank-accounts
                    GET,    bank-accounts,                payment-service,  bank-accounts
                    GET,    bank-accounts/{id},           payment-service,  bank-accounts/{id}
                    PATCH,  bank-accounts/{id},           payment-service,  bank-accounts/{id}
                    DELETE, bank-accounts/{id},           payment-service,  bank-accounts/{id}

                    # Nexus: commerce
                    GET,    products/{id},                catalog-service,  products/{id}
                    PATCH,  products/{id},                catalog-service,  products/{id}
                    DELETE, products/{id},                catalog-service,  products/{id}
                    GET,    cart/history,                 cart-service,     cart/history
                    GET,    cart-items,                   cart-service,     cart/items
                    GET,    cart-items/{id},              cart-service,     cart/items/{id}
                    POST,   cart-items,                   cart-service,     cart/items
                    PATCH,  cart-items/{id},              cart-service,     cart/items/{id}
                    DELETE, cart-items/{id},              cart-service,     cart/items/{id}
                    GET,    checkout,                     cart-service,     checkout
                    GET,    checkout/history,             cart-service,     checkout/history
                    PATCH,  checkout/update,              cart-service,     checkout/update
                    POST,   checkout/confirm,             cart-service,     checkout/confirm
                    GET,    orders,                       order-service,    orders
                    GET,    orders/{id},                  order-service,    orders/{id}
                    POST,   orders/create,                order-service,    orders/create
                    GET,    payments,                     payment-service,  payments
                    GET,    payments/{id},                payment-service,  payments/{id}
                    POST,   payments/initiate,            payment-service,  payments/initiate
                    POST,   payments/confirm,             payment-service,  payments/confirm
                    """)
    void an_endpoint_is_answered_under_each_of_its_names(
            String method, String path, String service, String ours) {
        for (var prefix : List.of("/api/", "/api/v1/")) {
            for (var slash : List.of("", "/")) {
                door.method(HttpMethod.valueOf(method))
                        .uri(prefix + path.replace("{id}", ID) + slash)
                        .exchange()
                        .expectStatus()
                        .isOk();
            }
        }

        var arrived = urlEqualTo("/api/v1/" + ours.replace("{id}", ID));
        Shop.service(service).verify(4, requestedFor(method, arrived));
    }

    @ParameterizedTest
    @CsvSource({"/api/cart/, cart/items", "/api/cart, cart/items", "/api/v1/cart/, cart"})
    void the_cart_is_what_it_was_in_each_shop(String path, String ours) {
        door.get().uri(path).exchange().expectStatus().isOk();

        Shop.service(Routes.CART).verify(requestedFor("GET", urlEqualTo("/api/v1/" + ours)));
    }

    @ParameterizedTest
    @CsvSource({"/api/docs/", "/api/v1/docs", "/api/redoc/", "/api/v1/redoc/"})
    void the_documentation_is_where_it_was(String path) {
        door.get()
                .uri(path)
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .contentTypeCompatibleWith("text/html");
    }
}
