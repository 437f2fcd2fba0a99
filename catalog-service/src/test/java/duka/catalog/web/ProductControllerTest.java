package duka.catalog.web;

import static duka.web.Role.CUSTOMER;
import static duka.web.Role.STORE_MANAGER;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.never;
import static org.springframework.http.HttpHeaders.AUTHORIZATION;
import static org.springframework.http.MediaType.APPLICATION_JSON;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import duka.catalog.Browsing;
import duka.catalog.CatalogProperties;
import duka.catalog.Found;
import duka.catalog.Listing;
import duka.catalog.Listing.InCategory;
import duka.catalog.ListingFilter;
import duka.catalog.ListingFilter.Shown;
import duka.catalog.ListingMark;
import duka.catalog.ListingOrder;
import duka.catalog.ListingOrder.By;
import duka.catalog.ListingQuery;
import duka.catalog.Ref;
import duka.catalog.Search;
import duka.catalog.Selling;
import duka.catalog.Showcase;
import duka.catalog.images.Pictures;
import duka.catalog.stock.Stock;
import duka.events.Money;
import duka.web.Role;
import duka.web.TestTokens;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.MockMvc;

@WebMvcTest(ProductController.class)
@Import({TestTokens.class, Access.class, Problems.class})
@EnableConfigurationProperties(CatalogProperties.class)
class ProductControllerTest {

    static final String MANAGER = TestTokens.bearer(UUID.randomUUID(), STORE_MANAGER);
    static final UUID VENDOR_ID = UUID.randomUUID();
    static final String VENDOR = TestTokens.bearer(VENDOR_ID, CUSTOMER, Role.VENDOR);
    static final Found NOTHING = new Found(List.of(), 0, null);
    static final String BUYER = TestTokens.bearer(UUID.randomUUID(), CUSTOMER);

    @Autowired MockMvc http;

    @MockitoBean Browsing browsing;
    @MockitoBean Pictures pictures;
    @MockitoBean Showcase showcase;
    @MockitoBean Selling selling;

    final UUID id = UUID.randomUUID();

    @BeforeEach
    void all_is_shown_as_it_is() {
        given(showcase.products(any()))
                .willAnswer(asked -> browsing.products(asked.getArgument(0)));
        given(showcase.below(any())).willAnswer(asked -> browsing.below(asked.getArgument(0)));
    }

    @Test
    void a_product_is_shown_with_its_price_stock_and_category() throws Exception {
        given(browsing.product(new Ref("chair"))).willReturn(Optional.of(chair(true)));

        http.perform(get("/api/v1/products/chair"))
                .andExpect(status().isOk())
                .andExpect(header().string("ETag", "\"7\""))
                .andExpect(jsonPath("$.id").value(id.toString()))
                .andExpect(jsonPath("$.price").value("389.00"))
                .andExpect(jsonPath("$.discount_price").value("0.00"))
                .andExpect(jsonPath("$.unit_price").value("0.00"))
                .andExpect(jsonPath("$.currency").value("KES"))
                .andExpect(jsonPath("$.stock").value(7))
                .andExpect(jsonPath("$.is_active").value(true))
                .andExpect(jsonPath("$.category.slug").value("furniture"));
    }

    @Test
    void the_stock_in_it_is_never_answered_from_a_cache() throws Exception {
        given(browsing.product(new Ref("chair"))).willReturn(Optional.of(chair(true)));

        http.perform(get("/api/v1/products/chair").header("If-None-Match", "\"7\""))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.stock").value(7));
    }

    @Test
    void what_is_withdrawn_is_there_for_staff_alone() throws Exception {
        given(browsing.product(new Ref("chair"))).willReturn(Optional.of(chair(false)));

        http.perform(get("/api/v1/products/chair"))
                .andExpect(status().isNotFound())
                .andExpect(content().contentType("application/problem+json"))
                .andExpect(jsonPath("$.type").value("/problems/no-such-product"));
        http.perform(get("/api/v1/products/chair").header(AUTHORIZATION, BUYER))
                .andExpect(status().isNotFound());
        http.perform(get("/api/v1/products/chair").header(AUTHORIZATION, MANAGER))
                .andExpect(status().isOk());
        http.perform(get("/api/v1/products?is_active=false").header(AUTHORIZATION, BUYER))
                .andExpect(status().isForbidden());
    }

    @Test
    void filters_reach_the_catalog_as_they_were_meant() throws Exception {
        var furniture = List.of(UUID.randomUUID());
        var shop = UUID.randomUUID();
        given(browsing.below(new Ref("furniture"))).willReturn(furniture);
        given(browsing.products(any())).willReturn(NOTHING);

        http.perform(
                        get(
                                "/api/v1/products?category=furniture&min_price=1.5&max_price=99"
                                        + "&search=oak&in_stock=true&discounted=false&vendor="
                                        + shop
                                        + "&ordering=-price&page_size=3"))
                .andExpect(status().isOk());

        then(browsing)
                .should()
                .products(
                        new ListingQuery(
                                new ListingFilter(
                                        Shown.FOR_SALE,
                                        furniture,
                                        150L,
                                        9900L,
                                        Search.of("oak"),
                                        shop,
                                        true,
                                        false),
                                new ListingOrder(By.PRICE, true),
                                null,
                                null,
                                0,
                                3));
    }

    @ParameterizedTest
    @CsvSource({
        "'', FOR_SALE",
        "is_active=true, FOR_SALE",
        "mine=true, ALL",
        "mine=true&is_active=true, OFFERED",
        "mine=true&is_active=false, WITHDRAWN"
    })
    void a_vendor_sees_its_own_products_only_when_it_asks_for_them(String query, Shown shown)
            throws Exception {
        given(browsing.products(any())).willReturn(NOTHING);

        http.perform(get("/api/v1/products?" + query).header(AUTHORIZATION, VENDOR))
                .andExpect(status().isOk());

        then(browsing)
                .should()
                .products(
                        argThat(
                                asked ->
                                        asked.filter().shown() == shown
                                                && Objects.equals(
                                                        asked.filter().vendor(),
                                                        query.contains("mine")
                                                                ? VENDOR_ID
                                                                : null)));
    }

    @Test
    void staff_see_all() throws Exception {
        given(browsing.products(any())).willReturn(NOTHING);

        http.perform(get("/api/v1/products").header(AUTHORIZATION, MANAGER))
                .andExpect(status().isOk());

        then(browsing).should().products(argThat(asked -> asked.filter().shown() == Shown.ALL));
    }

    @Test
    void who_sells_nothing_has_no_products_of_its_own() throws Exception {
        http.perform(get("/api/v1/products?mine=true")).andExpect(status().isUnauthorized());
        http.perform(get("/api/v1/products?mine=true").header(AUTHORIZATION, BUYER))
                .andExpect(status().isForbidden());
    }

    @ParameterizedTest
    @CsvSource({
        "'', CREATED_AT, true",
        "search=oak, RELEVANCE, true",
        "search=oak&ordering=-relevance, RELEVANCE, false",
        "search=oak&ordering=name, NAME, false",
        "search=%20-%20, CREATED_AT, true",
        "ordering=relevance, CREATED_AT, true"
    })
    void a_search_is_ordered_by_relevance_unless_told_otherwise(
            String query, By by, boolean descending) throws Exception {
        given(browsing.products(any())).willReturn(NOTHING);

        http.perform(get(java.net.URI.create("/api/v1/products?" + query)))
                .andExpect(status().isOk());

        then(browsing)
                .should()
                .products(argThat(asked -> asked.order().equals(new ListingOrder(by, descending))));
    }

    @ParameterizedTest
    @CsvSource({
        "min_price=abc, min_price",
        "min_price=-1, min_price",
        "min_price=1e9999, min_price",
        "min_price=1e-999999999, min_price",
        "max_price=1e99999999999, max_price",
        "max_price=NaN, max_price",
        "in_stock=perhaps, in_stock",
        "discounted=2, discounted",
        "vendor=acme, vendor",
        "mine=perhaps, mine",
        "is_active=2, is_active",
        "ordering=weight, ordering",
        "ordering=price%2Cname, ordering",
        "page=0, page",
        "page_size=101, page_size",
        "page=99999999999, page",
        "cursor=nonsense, cursor",
        "cursor=UFJJQ0UKMQox, cursor"
    })
    void a_filter_that_makes_no_sense_is_refused(String query, String field) throws Exception {
        http.perform(get(java.net.URI.create("/api/v1/products?" + query)))
                .andExpect(status().isBadRequest())
                .andExpect(content().contentType("application/problem+json"))
                .andExpect(jsonPath("$.errors." + field).isNotEmpty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            "price": "-1"                           | price
            "price": 1e2147483647                   | price
            "price": "100000000.00"                 | price
            "price": "1.005"                        | price
            "price": "dear"                         | price
            "price": null                           | price
            "discount_price": "389.01"              | discount_price
            "discount_price": -0.01                 | discount_price
            "discount_percent": 70.01               | discount_percent
            "discount_percent": -1                  | discount_percent
            "discount_percent": 0.001               | discount_percent
            "discount_percent": 10, "discount_price": 389 | discount_percent
            "original_price": "1.00"                | original_price
            "name": ""                              | name
            "name": null                            | name
            "slug": "No Slug"                       | slug
            "slug": "0190b5d0-1111-7222-8333-444455556666" | slug
            "currency": "USD"                       | currency
            "category_id": "furniture"              | category_id
            "category_id": null                     | category_id
            "stock": -1                             | stock
            "stock": 2147483647                     | stock
            "low_stock_threshold": -1               | low_stock_threshold
            """)
    void a_product_that_makes_no_sense_is_refused(String change, String field) throws Exception {
        var body =
                """
                {"name": "Chair", "price": "389.00", "category_id": "%s", %s}
                """
                        .formatted(UUID.randomUUID(), change);

        http.perform(
                        post("/api/v1/products")
                                .header(AUTHORIZATION, MANAGER)
                                .contentType(APPLICATION_JSON)
                                .content(body))
                .andExpect(status().isBadRequest())
                .andExpect(content().contentType("application/problem+json"))
                .andExpect(jsonPath("$.errors." + field).isNotEmpty());
        then(selling).should(never()).offer(any(), anyInt(), any());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "7", "{", "null", "\"chair\""})
    void a_body_that_is_no_product_is_refused(String body) throws Exception {
        http.perform(
                        post("/api/v1/products")
                                .header(AUTHORIZATION, MANAGER)
                                .contentType(APPLICATION_JSON)
                                .content(body))
                .andExpect(status().isBadRequest())
                .andExpect(content().contentType("application/problem+json"));
    }

    @Test
    void customers_do_not_offer_products() throws Exception {
        http.perform(post("/api/v1/products").contentType(APPLICATION_JSON).content("{}"))
                .andExpect(status().isUnauthorized());
        http.perform(
                        post("/api/v1/products")
                                .header(AUTHORIZATION, BUYER)
                                .contentType(APPLICATION_JSON)
                                .content("{}"))
                .andExpect(status().isForbidden());
    }

    @Test
    void a_list_that_is_read_on_with_a_cursor_goes_on_after_its_last_product() throws Exception {
        given(browsing.products(any()))
                .willReturn(
                        new Found(
                                List.of(chair(true)),
                                2,
                                new ListingMark(By.NAME, true, "Chair", id)));

        http.perform(get("/api/v1/products?cursor=&page_size=1&ordering=name"))
                .andExpect(status().isOk())
                .andExpect(
                        jsonPath("$.next")
                                .value(
                                        "/api/v1/products?page_size=1&ordering=name&cursor="
                                                + java.util.Base64.getUrlEncoder()
                                                        .withoutPadding()
                                                        .encodeToString(
                                                                "NAME\n~\n%s\nChair"
                                                                        .formatted(id)
                                                                        .getBytes())
                                                + ".2"));
    }

    @Test
    void who_reads_on_is_told_the_count_that_there_was_at_the_beginning() throws Exception {
        given(browsing.products(any())).willReturn(new Found(List.of(), 7, null));
        var cursor =
                java.util.Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString("NAME\n\n%s\nChair".formatted(id).getBytes());

        http.perform(get("/api/v1/products?ordering=name&cursor=" + cursor + ".7"))
                .andExpect(status().isOk());

        then(browsing).should().products(argThat(query -> Long.valueOf(7).equals(query.count())));
    }

    private Listing chair(boolean active) {
        var time = Instant.parse("2026-01-01T00:00:00Z");
        return new Listing(
                id,
                "Chair",
                "chair",
                "SKU-1",
                null,
                Money.of("389.00", "KES"),
                Money.of("0.00", "KES"),
                Money.of("0.00", "KES"),
                null,
                new Stock(id, 9, 2, 5),
                active,
                active,
                null,
                new InCategory(UUID.randomUUID(), "Furniture", "furniture", null, null),
                time,
                time,
                7);
    }
}
