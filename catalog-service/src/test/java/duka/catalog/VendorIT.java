package duka.catalog;

import static duka.web.Role.ADMIN;
import static duka.web.Role.CUSTOMER;
import static duka.web.Role.VENDOR;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.springframework.http.HttpHeaders.AUTHORIZATION;
import static org.springframework.http.MediaType.APPLICATION_JSON;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.delete;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.patch;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import duka.events.AccountEvent.AccountDeactivated;
import duka.events.AccountEvent.AccountReactivated;
import duka.events.AccountEvent.Standing;
import duka.events.AccountEvent.VendorChanged;
import duka.events.OrderEvent;
import duka.events.OrderEvent.OrderPlaced;
import duka.events.ProductEvent.ProductChanged;
import duka.events.Refusal;
import duka.events.Refusal.Why;
import duka.events.ReservationEvent.StockRejected;
import duka.messaging.Conversation;
import duka.web.TestTokens;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.transaction.support.TransactionTemplate;

/** Vendors' products: whose they are, and when they sell. */
@WholeCatalog
class VendorIT {

    static final String BOSS = TestTokens.bearer(UUID.randomUUID(), ADMIN);

    @Autowired MockMvc http;
    @Autowired Shop shop;
    @Autowired Conversation catalog;
    @Autowired JdbcClient jdbc;
    @Autowired TransactionTemplate transaction;

    final UUID vendor = UUID.randomUUID();
    final String seller = TestTokens.bearer(vendor, CUSTOMER, VENDOR);

    @Test
    void its_products_sell_as_long_as_it_is_approved_and_has_access() throws Exception {
        var chair = shop.product(5, vendor);
        sells(chair, false);

        catalog.hears(new VendorChanged(vendor, Standing.UNDER_REVIEW));
        catalog.hears(new VendorChanged(vendor, Standing.APPROVED));
        awaitSelling(chair, true);
        catalog.hears(new VendorChanged(vendor, Standing.SUSPENDED));
        awaitSelling(chair, false);
        catalog.hears(new VendorChanged(vendor, Standing.APPROVED));
        awaitSelling(chair, true);
        catalog.hears(new AccountDeactivated(vendor));
        awaitSelling(chair, false);
        catalog.hears(new VendorChanged(vendor, Standing.APPROVED));
        var bench = shop.product(5, vendor);
        catalog.hears(new AccountReactivated(vendor));
        awaitSelling(chair, true);
        awaitSelling(bench, true);

        assertThat(said(chair))
                .extracting(ProductChanged::active)
                .containsExactly(false, true, false, true, false, true);
        assertThat(said(chair))
                .extracting(ProductChanged::revision)
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void what_does_not_sell_is_not_reserved() throws Exception {
        approve();
        var chair = shop.product(5, vendor);
        awaitSelling(chair, true);
        catalog.hears(new VendorChanged(vendor, Standing.SUSPENDED));
        awaitSelling(chair, false);

        var order = UUID.randomUUID();
        catalog.hears(
                new OrderPlaced(
                        order,
                        UUID.randomUUID(),
                        List.of(new OrderEvent.Line(chair, 1, Shop.PRICE)),
                        Shop.PRICE));

        await().atMost(20, SECONDS)
                .untilAsserted(
                        () ->
                                assertThat(catalog.said(order))
                                        .containsExactly(
                                                new StockRejected(
                                                        order,
                                                        List.of(
                                                                new Refusal(
                                                                        chair,
                                                                        Why.WITHDRAWN,
                                                                        0,
                                                                        null)))));
    }

    @Test
    void nobody_hears_of_what_it_does_not_offer_but_it_follows_all_the_same() throws Exception {
        approve();
        var chair = shop.product(5, vendor);
        awaitSelling(chair, true);
        shop.withdraw(chair);
        int told = said(chair).size();

        become(Standing.SUSPENDED);

        assertThat(said(chair)).hasSize(told);
        send(patch("/api/v1/products/" + chair), seller, "{\"is_active\": true}")
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.is_active").value(true))
                .andExpect(jsonPath("$.for_sale").value(false));
        sells(chair, false);
    }

    @Test
    void very_many_products_follow_page_by_page() throws Exception {
        approve();
        shop.product(1, vendor);
        jdbc.sql(
                        """
                        insert into products (id, category_id, vendor_id, name, slug, sku, price,
                                              currency, offered, vendor_approved, created_at,
                                              updated_at, version)
                        select gen_random_uuid(), category_id, vendor_id, name, slug || number,
                               sku || number, price, currency, true, true, created_at,
                               updated_at, 0
                        from products, generate_series(1, 1200) as number
                        where vendor_id = ?
                        """)
                .param(vendor)
                .update();

        become(Standing.SUSPENDED);

        assertThat(
                        jdbc.sql("select count(*) from products where vendor_id = ? and active")
                                .param(vendor)
                                .query(Integer.class)
                                .single())
                .isZero();
        assertThat(
                        jdbc.sql(
                                        """
                                        select count(*) from said
                                        where type = 'ProductChanged'
                                          and body like '%' || ? || '%' and body like '%false%'
                                        """)
                                .param(vendor.toString())
                                .query(Integer.class)
                                .single())
                .isEqualTo(1201);
    }

    @Test
    void its_products_follow_while_something_that_names_them_is_written() {
        approve();
        var chair = shop.product(5, vendor);
        transaction.executeWithoutResult(
                _ -> {
                    jdbc.sql("select 1 from products where id = ? for key share")
                            .param(chair)
                            .query(Integer.class)
                            .single();
                    catalog.hears(new VendorChanged(vendor, Standing.SUSPENDED));
                    awaitSelling(chair, false);
                });
    }

    @Test
    void what_is_offered_while_the_standing_changes_follows_as_well() throws Exception {
        approve();
        List<Future<UUID>> offers;
        try (var workers = Executors.newFixedThreadPool(6)) {
            offers =
                    IntStream.range(0, 24)
                            .mapToObj(
                                    i ->
                                            workers.submit(
                                                    () -> {
                                                        if (i % 6 == 0) {
                                                            catalog.hears(
                                                                    new VendorChanged(
                                                                            vendor,
                                                                            i % 12 == 0
                                                                                    ? Standing
                                                                                            .SUSPENDED
                                                                                    : Standing
                                                                                            .APPROVED));
                                                        }
                                                        return shop.product(1, vendor);
                                                    }))
                            .toList();
        }
        catalog.hears(new VendorChanged(vendor, Standing.SUSPENDED));
        for (var offer : offers) {
            awaitSelling(offer.get(), false);
        }
        catalog.hears(new VendorChanged(vendor, Standing.APPROVED));
        for (var offer : offers) {
            awaitSelling(offer.get(), true);
        }
    }

    @Test
    void a_vendor_offers_its_own_whatever_it_says() throws Exception {
        var made =
                send(
                                post("/api/v1/products"),
                                seller,
                                """
                                {"name": "Chair", "price": "5", "category_id": "%s",
                                 "vendor_id": "%s", "stock": 3}
                                """
                                        .formatted(shop.category(), UUID.randomUUID()))
                        .andExpect(status().isCreated())
                        .andExpect(jsonPath("$.vendor_id").value(vendor.toString()))
                        .andExpect(jsonPath("$.for_sale").value(false));
        String path = made.andReturn().getResponse().getHeader("Location");

        send(patch(path), seller, "{\"vendor_id\": \"%s\"}".formatted(UUID.randomUUID()))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.vendor_id").value(vendor.toString()));
        http.perform(get(path)).andExpect(status().isNotFound());
        http.perform(get(path).header(AUTHORIZATION, seller)).andExpect(status().isOk());
        http.perform(get("/api/v1/products?mine=true").header(AUTHORIZATION, seller))
                .andExpect(jsonPath("$.count").value(1));
        http.perform(get("/api/v1/products?vendor=" + vendor))
                .andExpect(jsonPath("$.count").value(0));
        http.perform(get("/api/v1/products?vendor=" + vendor).header(AUTHORIZATION, BOSS))
                .andExpect(jsonPath("$.count").value(1));
        http.perform(delete(path).header(AUTHORIZATION, seller)).andExpect(status().isNoContent());
        http.perform(
                        get("/api/v1/products?mine=true&is_active=false")
                                .header(AUTHORIZATION, seller))
                .andExpect(jsonPath("$.results[*].is_active", contains(false)));
    }

    @Test
    void others_products_are_not_there_for_a_vendor() throws Exception {
        for (var path :
                List.of(
                        "/api/v1/products/" + shop.product(1),
                        "/api/v1/products/" + shop.product(1, UUID.randomUUID()))) {
            send(patch(path), seller, "{\"price\": \"0\"}").andExpect(status().isNotFound());
            http.perform(delete(path).header(AUTHORIZATION, seller))
                    .andExpect(status().isNotFound());
            send(patch(path), BOSS, "{\"price\": \"6\"}").andExpect(status().isOk());
        }
    }

    private void approve() {
        become(Standing.APPROVED);
    }

    /** And all its products know. */
    private void become(Standing standing) {
        catalog.hears(new VendorChanged(vendor, standing));
        await().atMost(20, SECONDS)
                .until(
                        () ->
                                jdbc.sql(
                                                """
                                                select exists (
                                                    select 1 from vendors
                                                    where id = ? and standing = ?
                                                      and settled = told)
                                                """)
                                        .param(vendor)
                                        .param(standing.name())
                                        .query(Boolean.class)
                                        .single());
    }

    private void awaitSelling(UUID product, boolean sells) {
        await().atMost(20, SECONDS).untilAsserted(() -> sells(product, sells));
    }

    private void sells(UUID product, boolean sells) throws Exception {
        http.perform(get("/api/v1/products/" + product))
                .andExpect(sells ? status().isOk() : status().isNotFound());
    }

    private List<ProductChanged> said(UUID product) {
        return catalog.said(product).stream()
                .filter(ProductChanged.class::isInstance)
                .map(ProductChanged.class::cast)
                .toList();
    }

    private ResultActions send(MockHttpServletRequestBuilder request, String who, String body)
            throws Exception {
        return http.perform(
                request.header(AUTHORIZATION, who).contentType(APPLICATION_JSON).content(body));
    }
}
