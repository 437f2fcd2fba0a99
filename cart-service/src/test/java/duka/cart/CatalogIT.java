package duka.cart;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.http.Fault;
import duka.cart.Customer.Answer;
import duka.events.StockLevelChanged;
import duka.events.StockLevelChanged.Level;
import duka.messaging.Conversation;
import duka.testing.Infrastructure;
import duka.testing.Parallel;
import duka.web.TestTokens;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** What cart does about products that it has not heard of, and when catalog cannot be asked. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import({Infrastructure.class, TestTokens.class})
class CatalogIT {

    static final WireMockServer CATALOG = started();

    @LocalServerPort int port;
    @Autowired Conversation cart;
    @Autowired CircuitBreakerRegistry breakers;
    @Autowired JdbcClient jdbc;

    final UUID product = UUID.randomUUID();
    Customer customer;

    @DynamicPropertySource
    static void catalog(DynamicPropertyRegistry properties) {
        properties.add("duka.cart.catalog-url", CATALOG::baseUrl);
        // A machine that is busy with other tests is not a catalog that is away.
        properties.add("duka.cart.catalog-timeout", () -> "3s");
        properties.add("resilience4j.timelimiter.instances.catalog.timeout-duration", () -> "5s");
    }

    @AfterAll
    static void stop() {
        CATALOG.stop();
    }

    @BeforeEach
    void aNewDay() {
        CATALOG.resetAll();
        breakers.circuitBreaker("catalog").reset();
        customer = Customer.at(port);
    }

    @Test
    void a_product_not_yet_heard_of_is_asked_for_once() {
        catalogKnows(true);
        stock(50);

        assertThat(add(2).status()).isEqualTo(201);
        assertThat(add(1).body().at("/quantity").asInt()).isEqualTo(3);

        assertThat(customer.get("/cart").text("/total")).isEqualTo("10.50");
        CATALOG.verify(1, getRequestedFor(urlEqualTo("/api/v1/products/" + product)));
    }

    @Test
    void what_catalog_says_later_replaces_what_it_answered() {
        catalogKnows(true);
        stock(50);
        add(1);

        cart.hears(CheckoutIT.product(product, 1, "4.00", true));

        await().atMost(20, SECONDS)
                .untilAsserted(
                        () ->
                                assertThat(customer.get("/cart").text("/changes/0/why"))
                                        .isEqualTo("PRICE_CHANGED"));
    }

    @Test
    void an_older_revision_heard_late_changes_nothing() {
        cart.hears(CheckoutIT.product(product, 2, "4.00", true));
        cart.hears(CheckoutIT.product(product, 1, "3.00", true));
        stock(50);
        heard();

        assertThat(add(1).text("/unit_price")).isEqualTo("4.00");
    }

    @Test
    void a_product_that_nobody_knows_is_not_found() {
        CATALOG.stubFor(get("/api/v1/products/" + product).willReturn(aResponse().withStatus(404)));

        assertThat(add(1).status()).isEqualTo(404);
    }

    @Test
    void a_withdrawn_product_is_refused() {
        catalogKnows(false);

        assertThat(add(1).text("/type")).isEqualTo("/problems/product-withdrawn");
    }

    @Test
    void no_more_than_there_is() {
        catalogKnows(true);
        stock(4);
        add(3);

        var refused = add(2);

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body().at("/available").asInt()).isEqualTo(4);
        var item = customer.get("/cart").text("/items/0/id");
        assertThat(customer.patch("/cart/items/" + item, "{\"quantity\": 5}").status())
                .isEqualTo(409);
        assertThat(customer.patch("/cart/items/" + item, "{\"quantity\": 4}").status())
                .isEqualTo(200);
    }

    @Test
    void with_catalog_away_what_is_unknown_is_asked_for_later() {
        CATALOG.stubFor(
                get("/api/v1/products/" + product)
                        .willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));

        var away = add(1);

        assertThat(away.status()).isEqualTo(503);
        assertThat(away.header("Retry-After")).isPresent();
    }

    @Test
    void a_slow_catalog_keeps_nobody_waiting() {
        CATALOG.stubFor(
                get("/api/v1/products/" + product).willReturn(okJson("{}").withFixedDelay(10_000)));

        assertThat(add(1).status()).isEqualTo(503);
    }

    @Test
    void with_catalog_away_what_is_known_is_sold_on() {
        cart.hears(CheckoutIT.product(product, 1, "3.50", true));
        cart.hears(new StockLevelChanged(product, Level.LOW, 3, 5));
        heard();
        CATALOG.stubFor(
                get("/api/v1/products/" + product + "/stock")
                        .willReturn(aResponse().withStatus(500)));

        assertThat(add(2).status()).isEqualTo(201);
    }

    @Test
    void while_there_is_plenty_catalog_is_not_asked() {
        cart.hears(CheckoutIT.product(product, 1, "3.50", true));
        cart.hears(new StockLevelChanged(product, Level.IN, 50, 5));
        heard();

        assertThat(add(5).status()).isEqualTo(201);

        assertThat(CATALOG.getAllServeEvents()).isEmpty();
    }

    @Test
    void a_catalog_that_keeps_failing_is_left_alone_for_a_while() {
        CATALOG.stubFor(get("/api/v1/products/" + product).willReturn(aResponse().withStatus(503)));

        for (int i = 0; i < 20; i++) {
            assertThat(add(1).status()).isEqualTo(503);
        }

        assertThat(CATALOG.getAllServeEvents()).hasSizeLessThan(20);
    }

    @Test
    void what_nobody_has_heard_of_is_wished_for_if_catalog_knows_it() {
        catalogKnows(true);

        assertThat(wish().status()).isEqualTo(201);
        assertThat(customer.get("/wishlist").text("/results/0/unit_price")).isEqualTo("3.50");
    }

    @Test
    void what_catalog_does_not_know_or_sell_is_not_wished_for() {
        CATALOG.stubFor(get("/api/v1/products/" + product).willReturn(aResponse().withStatus(404)));
        assertThat(wish().text("/type")).isEqualTo("/problems/no-such-product");

        catalogKnows(false);
        assertThat(wish().text("/type")).isEqualTo("/problems/product-withdrawn");
        assertThat(customer.get("/wishlist").number("/count")).isZero();
    }

    @Test
    void parallel_wishes_for_more_than_there_is_leave_no_more_than_there_is() {
        catalogKnows(true);
        stock(4);

        var answers = Parallel.times(8, () -> add(1));

        assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(4);
        assertThat(answers).filteredOn(answer -> answer.status() == 409).hasSize(4);
        assertThat(customer.get("/cart").number("/items/0/quantity")).isEqualTo(4);
    }

    private Answer wish() {
        return customer.post("/wishlist", "{\"product_id\": \"%s\"}".formatted(product));
    }

    private Answer add(int quantity) {
        return customer.post(
                "/cart/items",
                "{\"product_id\": \"%s\", \"quantity\": %d}".formatted(product, quantity));
    }

    private void heard() {
        var last = UUID.randomUUID();
        cart.hears(CheckoutIT.product(last, 1, "1.00", true));
        cart.hears(new StockLevelChanged(last, Level.IN, 50, 5));
        await().atMost(20, SECONDS)
                .until(
                        () ->
                                jdbc.sql(
                                                        """
                                                        select count(*) from products p
                                                        join stock_levels s on s.product_id = p.id
                                                        where p.id = ?
                                                        """)
                                                .param(last)
                                                .query(Integer.class)
                                                .single()
                                        == 1);
    }

    private void catalogKnows(boolean active) {
        CATALOG.stubFor(
                get("/api/v1/products/" + product)
                        .willReturn(
                                okJson(
                                        """
                                        {"id": "%s", "slug": "tea", "name": "Tea",
                                         "price": "4.00", "discount_price": "3.50",
                                         "unit_price": "3.50", "currency": "KES",
                                         "is_active": %s, "stock": 50}
                                        """
                                                .formatted(product, active))));
    }

    private void stock(int available) {
        CATALOG.stubFor(
                get("/api/v1/products/" + product + "/stock")
                        .willReturn(
                                okJson(
                                        """
                                        {"product_id": "%s", "available": %d}
                                        """
                                                .formatted(product, available))));
    }

    private static WireMockServer started() {
        var server = new WireMockServer(wireMockConfig().dynamicPort());
        server.start();
        return server;
    }
}
