package duka.gateway;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

@AtTheDoor
class RoutingIT {

    @Autowired WebTestClient door;

    @BeforeEach
    void reset() {
        Shop.reset();
    }

    @ParameterizedTest
    @CsvSource({
        "/.well-known/jwks.json, identity-service",
        "/api/v1/auth/profile, identity-service",
        "/api/v1/users/me, identity-service",
        "/api/v1/vendors, identity-service",
        "/api/v1/users/me/addresses/5, identity-service",
        "/api/v1/users/me/sessions, identity-service",
        "/api/v1/vendors/5/approve, identity-service",
        "/api/v1/audit-log, identity-service",
        "/api/v1/mails, identity-service",
        "/api/v1/identity-service/dead-letters, identity-service",
        "/api/v1/identity-service/outbox, identity-service",
        "/api/v1/products, catalog-service",
        "/api/v1/products/electronics-1/stock, catalog-service",
        "/api/v1/categories/5, catalog-service",
        "/api/v1/stock/low, catalog-service",
        "/api/v1/stock-movements, catalog-service",
        "/api/v1/restock-orders, catalog-service",
        "/api/v1/restock-orders/5/receive, catalog-service",
        "/api/v1/inventory-reports, catalog-service",
        "/api/v1/products/5/images, catalog-service",
        "/api/v1/images/5/thumbnail, catalog-service",
        "/api/v1/catalog-service/outbox, catalog-service",
        "/api/v1/catalog-service/dead-letters/5, catalog-service",
        "/api/v1/cart, cart-service",
        "/api/v1/cart/items/5, cart-service",
        "/api/v1/wishlist, cart-service",
        "/api/v1/checkout, cart-service",
        "/api/v1/checkout/history, cart-service",
        "/api/v1/cart/merge, cart-service",
        "/api/v1/cart/history, cart-service",
        "/api/v1/wishlist/5, cart-service",
        "/api/v1/cart-service/dead-letters, cart-service",
        "/api/v1/cart-service/outbox, cart-service",
        "/api/v1/orders, order-service",
        "/api/v1/orders/5, order-service",
        "/api/v1/orders/5/events, order-service",
        "/api/v1/orders/sold/5, order-service",
        "/api/v1/orders/5/lines/cancel, order-service",
        "/api/v1/orders/5/shipments, order-service",
        "/api/v1/orders/5/returns, order-service",
        "/api/v1/shipments/5, order-service",
        "/api/v1/returns/5/approve, order-service",
        "/api/v1/sagas, order-service",
        "/api/v1/sagas/5/cancel, order-service",
        "/api/v1/order-service/outbox, order-service",
        "/api/v1/reports/sales, order-service",
        "/api/v1/order-service/dead-letters, order-service",
        "/api/v1/payments/5, payment-service",
        "/api/v1/payments/5/refunds, payment-service",
        "/api/v1/bank-accounts/5, payment-service",
        "/api/v1/ledger, payment-service",
        "/api/v1/balance, payment-service",
        "/api/v1/payouts/5, payment-service",
        "/api/v1/webhooks/simulator, payment-service",
        "/api/v1/payment-service/outbox, payment-service",
        "/api/v1/payment-service/dead-letters, payment-service"
    })
    void each_path_has_its_service(String path, String service) {
        door.get().uri(path).exchange().expectStatus().isOk();

        Shop.service(service).verify(getRequestedFor(urlEqualTo(path)));
    }

    @Test
    void an_older_spelling_arrives_in_ours_with_query_and_body() {
        door.post()
                .uri(uri -> uri.path("/api/cart/").queryParam("x", "a b").build())
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{\"quantity\":1}")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .isEqualTo(Routes.CART);

        Shop.service(Routes.CART)
                .verify(
                        postRequestedFor(urlEqualTo("/api/v1/cart/items?x=a%20b"))
                                .withRequestBody(equalTo("{\"quantity\":1}")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/nix",
                "/api",
                "/api/v1",
                "/api/v1/nix",
                "/actuator/env",
                "/actuator/prometheus",
                "/actuator/gateway",
                "/v3/api-docs",
                "/api/docs/nix",
                "/api/v1/nix-service/dead-letters"
            })
    void where_nothing_is_the_answer_is_a_problem(String path) {
        door.get()
                .uri(path)
                .exchange()
                .expectStatus()
                .isNotFound()
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("/problems/not-found")
                .jsonPath("$.status")
                .isEqualTo(404)
                .jsonPath("$.instance")
                .exists();
    }

    @Test
    void one_page_shows_the_documents_of_all_services() {
        door.get()
                .uri("/api/docs/")
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .contentTypeCompatibleWith(MediaType.TEXT_HTML);
        door.get().uri("/api/docs/ui/swagger-ui.css").exchange().expectStatus().isOk();
        for (var service : Routes.SERVICES) {
            door.get()
                    .uri("/api/docs/" + service)
                    .exchange()
                    .expectBody(String.class)
                    .isEqualTo(service);
            Shop.service(service).verify(getRequestedFor(urlEqualTo("/v3/api-docs")));
        }
    }

    @Test
    void one_document_has_the_apis_of_all_services() {
        for (var service : Routes.SERVICES) {
            Shop.service(service)
                    .stubFor(
                            get("/v3/api-docs")
                                    .willReturn(
                                            okJson(
                                                    "{\"paths\": {\"/%s\": {}}}"
                                                            .formatted(service))));
        }

        for (var path : List.of("/api/schema", "/api/schema/", "/api/v1/schema/")) {
            var document =
                    door.get()
                            .uri(path)
                            .exchange()
                            .expectStatus()
                            .isOk()
                            .expectHeader()
                            .contentType(MediaType.APPLICATION_JSON)
                            .expectBody();
            for (var service : Routes.SERVICES) {
                document.jsonPath("$.paths['/%s']".formatted(service)).exists();
            }
        }
    }

    @Test
    void it_is_ready_when_every_service_has_an_instance() {
        door.get()
                .uri("/actuator/health/readiness")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.status")
                .isEqualTo("UP")
                .jsonPath("$.components.services.details.catalog-service")
                .isEqualTo(2);
    }
}
