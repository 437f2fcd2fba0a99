package duka.catalog.web;

import static duka.web.Role.ADMIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.not;
import static org.springframework.http.HttpHeaders.AUTHORIZATION;
import static org.springframework.http.MediaType.APPLICATION_JSON;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.delete;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.patch;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.jayway.jsonpath.JsonPath;
import duka.catalog.Shop;
import duka.catalog.WholeCatalog;
import duka.catalog.stock.Stock;
import duka.events.Money;
import duka.events.OrderEvent.Line;
import duka.events.OrderEvent.OrderPlaced;
import duka.events.ProductEvent.ProductChanged;
import duka.messaging.Conversation;
import duka.web.Role;
import duka.web.TestTokens;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.ResultMatcher;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** Catalog over HTTP down to the database. */
@WholeCatalog
class CatalogIT {

    static final String BOSS = TestTokens.bearer(UUID.randomUUID(), ADMIN);

    @Autowired MockMvc http;
    @Autowired Shop shop;
    @Autowired Conversation catalog;
    @Autowired JdbcTemplate jdbc;

    final String word = "w" + UUID.randomUUID().toString().replace("-", "");

    @Test
    void a_product_is_offered_changed_withdrawn_and_offered_again() throws Exception {
        var id = id(offer("Chair " + word, "\"stock\": 7, \"discount_price\": \"0.00\""));
        var path = "/api/v1/products/" + id;

        http.perform(get("/api/v1/products/chair-" + word))
                .andExpect(jsonPath("$.id").value(id.toString()))
                .andExpect(jsonPath("$.unit_price").value("0.00"))
                .andExpect(jsonPath("$.stock").value(7))
                .andExpect(header().string("ETag", "\"0\""));

        send(patch(path).header("If-Match", "\"0\""), "{\"discount_price\": null}")
                .andExpect(status().isOk())
                .andExpect(header().string("ETag", "\"1\""))
                .andExpect(jsonPath("$.unit_price").value("389.00"));
        send(patch(path).header("If-Match", "\"0\""), "{\"price\": \"1.00\"}")
                .andExpect(status().isPreconditionFailed());
        send(patch(path), "{\"name\": \"Chair %s\"}".formatted(word))
                .andExpect(header().string("ETag", "\"1\""));

        for (int again = 0; again < 2; again++) {
            http.perform(delete(path).header(AUTHORIZATION, BOSS))
                    .andExpect(status().isNoContent());
        }
        http.perform(get(path)).andExpect(status().isNotFound());
        send(patch(path), "{\"is_active\": true}").andExpect(status().isOk());
        http.perform(get(path)).andExpect(status().isOk());

        assertThat(catalog.said(id))
                .filteredOn(ProductChanged.class::isInstance)
                .map(ProductChanged.class::cast)
                .extracting(ProductChanged::revision)
                .containsExactly(0L, 1L, 2L, 3L);
        assertThat(catalog.said(id))
                .last()
                .isInstanceOfSatisfying(
                        ProductChanged.class,
                        it -> {
                            assertThat(it.active()).isTrue();
                            assertThat(it.unitPrice()).isEqualTo(Money.of("389.00", "KES"));
                        });
    }

    @Test
    void a_put_keeps_what_it_does_not_name() throws Exception {
        var vendor = UUID.randomUUID();
        var id =
                id(
                        offer(
                                "Chair " + word,
                                """
                                "vendor_id": "%s", "description": "Oak", "low_stock_threshold": 2
                                """
                                        .formatted(vendor)));
        http.perform(delete("/api/v1/products/" + id).header(AUTHORIZATION, BOSS));

        send(
                        put("/api/v1/products/" + id),
                        """
                        {"name": "Bench", "price": "5", "category_id": "%s"}
                        """
                                .formatted(shop.category()))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.name").value("Bench"))
                .andExpect(jsonPath("$.slug").value("chair-" + word))
                .andExpect(jsonPath("$.price").value("5.00"))
                .andExpect(jsonPath("$.description").doesNotExist())
                .andExpect(jsonPath("$.vendor_id").value(vendor.toString()))
                .andExpect(jsonPath("$.is_active").value(false))
                .andExpect(jsonPath("$.low_stock_threshold").value(2));
    }

    @Test
    void a_discount_is_a_price_or_a_percentage() throws Exception {
        var id =
                id(offer("Chair " + word, "\"original_price\": \"389\", \"discount_percent\": 10"));
        var path = "/api/v1/products/" + id;
        http.perform(get(path)).andExpect(discounted("389.00", "350.10", "38.90", 10));

        patched(path, "\"price\": \"500\"").andExpect(discounted("500.00", "450.00", "50.00", 10));
        patched(path, "\"original_price\": \"1200\", \"discount_percent\": 25")
                .andExpect(discounted("1200.00", "900.00", "300.00", 25));
        patched(path, "\"discount_price\": \"0\"")
                .andExpect(discounted("1200.00", "0.00", "1200.00", null));
        patched(path, "\"discount_percent\": 12.5")
                .andExpect(discounted("1200.00", "1050.00", "150.00", 12.5));
        patched(path, "\"name\": \"Bench\"")
                .andExpect(discounted("1200.00", "1050.00", "150.00", 12.5));
        patched(path, "\"discount_percent\": 0")
                .andExpect(jsonPath("$.discount_price").doesNotExist())
                .andExpect(jsonPath("$.discount_percent").value(0))
                .andExpect(jsonPath("$.discount_amount").value("0.00"))
                .andExpect(jsonPath("$.unit_price").value("1200.00"));
        patched(path, "\"discount_percent\": 70").andExpect(status().isOk());
        patched(path, "\"discount_percent\": null")
                .andExpect(jsonPath("$.unit_price").value("1200.00"));
        patched(path, "\"discount_price\": \"7\"").andExpect(status().isOk());
        patched(path, "\"price\": \"6.99\"")
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.errors.discount_price").isNotEmpty());
        patched(path, "\"discount_price\": \"8\", \"discount_percent\": 5")
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.errors.discount_percent").isNotEmpty());
        patched(path, "\"price\": \"8\", \"original_price\": \"9\"")
                .andExpect(status().isBadRequest());
        patched(path, "\"price\": null").andExpect(status().isBadRequest());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ", \"discount_percent\": 33.33", ", \"discount_price\": \"0.01\""})
    void what_was_read_can_be_put_back(String discount) throws Exception {
        var path = "/api/v1/products/" + id(offer("Chair", "\"stock\": 3" + discount));
        var body = http.perform(get(path)).andReturn().getResponse().getContentAsString();

        send(put(path), body.replaceFirst("\\{", "{\"category_id\": \"" + read(body) + "\", "))
                .andExpect(status().isOk())
                .andExpect(header().string("ETag", "\"0\""));
    }

    private static String read(String product) {
        return JsonPath.read(product, "$.category.id");
    }

    @Test
    void no_discount_that_the_service_would_not_give_gets_into_the_database() {
        var chair = shop.product(1);
        for (var wrong :
                List.of(
                        "price = -1",
                        "discount_price = price + 1",
                        "discount_price = -1",
                        "discount_percent = 10",
                        "discount_percent = 10, discount_price = price - 1",
                        "discount_percent = 71, discount_price = price - round(price * 0.71)",
                        "vendor_approved = false")) {
            assertThatExceptionOfType(DataIntegrityViolationException.class)
                    .as(wrong)
                    .isThrownBy(
                            () ->
                                    jdbc.update(
                                            "update products set %s where id = ?".formatted(wrong),
                                            chair));
        }
    }

    private ResultActions patched(String path, String change) throws Exception {
        return send(patch(path), "{" + change + "}");
    }

    private static ResultMatcher discounted(
            String price, String pays, String amount, @Nullable Number percent) {
        return result -> {
            jsonPath("$.price").value(price).match(result);
            jsonPath("$.original_price").value(price).match(result);
            jsonPath("$.discount_price").value(pays).match(result);
            jsonPath("$.unit_price").value(pays).match(result);
            jsonPath("$.discount_amount").value(amount).match(result);
            jsonPath("$.discount_percent").value(percent).match(result);
        };
    }

    @Test
    void a_product_is_there_for_everybody_however_warm_the_cache_is() throws Exception {
        var product = id(offer("Chair " + word, null));
        var path = "/api/v1/products/" + product;
        var customer = TestTokens.bearer(UUID.randomUUID(), Role.CUSTOMER);
        for (int again = 0; again < 2; again++) {
            http.perform(get("/api/v1/products?search=" + word))
                    .andExpect(jsonPath("$.count").value(1));
            http.perform(get(path)).andExpect(status().isOk());
            http.perform(get(path).header(AUTHORIZATION, customer)).andExpect(status().isOk());
            http.perform(get(path).header(AUTHORIZATION, BOSS)).andExpect(status().isOk());
            patched(path, "\"price\": \"%d\"".formatted(again)).andExpect(status().isOk());
        }
    }

    @Test
    void the_longest_names_have_slugs() throws Exception {
        var name = (word + " ").repeat(20).substring(0, 199) + "x";
        id(offer(name, null));
        id(offer(name, null));
        id(category(name.substring(0, 99) + "x", null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ProductRequest", "ProductPatch", "CategoryRequest", "CategoryPatch"})
    void clients_are_told_the_form_of_a_slug_in_any_language(String body) throws Exception {
        http.perform(get("/v3/api-docs"))
                .andExpect(
                        jsonPath("$.components.schemas.%s.properties.slug.pattern", body)
                                .value(Slug.FORM));
    }

    @Test
    void what_must_be_unique_is() throws Exception {
        var sku = "\"sku\": \"SKU-%s\"".formatted(word);
        offer("Chair", sku).andExpect(status().isCreated());
        offer("Chair", sku)
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.type").value("/problems/sku-taken"));
        var slug = "\"slug\": \"%s\"".formatted(word);
        offer("Chair", slug).andExpect(status().isCreated());
        offer("Chair", slug)
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.type").value("/problems/slug-taken"));
        category("Chairs " + word, null).andExpect(status().isCreated());
        category("chairs " + word.toUpperCase(), null)
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.type").value("/problems/name-taken"));
    }

    @Test
    void a_category_that_is_not_there_is_the_requests_fault() throws Exception {
        send(
                        post("/api/v1/products"),
                        """
                        {"name": "Chair", "price": "5", "category_id": "%s"}
                        """
                                .formatted(UUID.randomUUID()))
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.errors.category_id").isNotEmpty());
        category("Chairs " + word, UUID.randomUUID())
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.errors.parent_id").isNotEmpty());
        http.perform(get("/api/v1/products?category=nothing"))
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.errors.category").isNotEmpty());
    }

    @Test
    void products_of_one_name_offered_at_once_have_slugs_of_their_own() throws Exception {
        var name = "x".repeat(150) + " " + word;
        var slugs = new ArrayList<String>();
        try (var workers = Executors.newFixedThreadPool(8)) {
            List<Callable<String>> offers =
                    IntStream.range(0, 16)
                            .<Callable<String>>mapToObj(
                                    _ -> () -> read(offer(name, null), "$.slug"))
                            .toList();
            for (var slug : workers.invokeAll(offers)) {
                slugs.add(slug.get());
            }
        }
        assertThat(slugs).hasSize(16).doesNotHaveDuplicates();
    }

    @Test
    void one_sku_offered_at_once_is_given_once() throws Exception {
        var sku = "\"sku\": \"SKU-%s\"".formatted(word);
        var answers = new ArrayList<Integer>();
        try (var workers = Executors.newFixedThreadPool(8)) {
            List<Callable<Integer>> offers =
                    IntStream.range(0, 8)
                            .<Callable<Integer>>mapToObj(
                                    _ ->
                                            () ->
                                                    offer("Chair", sku)
                                                            .andReturn()
                                                            .getResponse()
                                                            .getStatus())
                            .toList();
            for (var answer : workers.invokeAll(offers)) {
                answers.add(answer.get());
            }
        }
        assertThat(answers).containsOnly(201, 409).containsOnlyOnce(201);
    }

    @Test
    void lists_are_filtered_by_what_a_customer_pays_and_by_the_tree() throws Exception {
        var top = id(category("Top " + word, null));
        var below = id(category("Below " + word, top));
        offerIn(below, "Cheap", "\"price\": \"90\", \"discount_price\": \"10\", \"stock\": 1");
        offerIn(top, "Middle", "\"price\": \"20\"");
        offerIn(top, "Dear", "\"price\": \"30\", \"stock\": 1");

        lists("category=" + top + "&ordering=price", "Cheap", "Middle", "Dear");
        lists("category=top-" + word + "&ordering=-price", "Dear", "Middle", "Cheap");
        lists("category=" + below, "Cheap");
        lists("category=" + top + "&min_price=10&max_price=20&ordering=price", "Cheap", "Middle");
        lists("category=" + top + "&min_price=10.01&ordering=price", "Middle", "Dear");
        lists("category=" + top + "&in_stock=true&ordering=name", "Cheap", "Dear");
        lists("category=" + top + "&in_stock=false", "Middle");
        lists("category=" + top, "Dear", "Middle", "Cheap");
    }

    @Test
    void what_goes_out_of_stock_while_it_is_counted_leaves_none_and_not_less() throws Exception {
        var category = id(category("Empty " + word, null));
        offerIn(category, "Gone", "\"stock\": 0");
        var another = shop.product(0);
        var inStock = get("/api/v1/products?in_stock=true&category=" + category);
        http.perform(inStock).andExpect(jsonPath("$.count").value(0));

        jdbc.update("update products set category_id = ? where id = ?", category, another);

        http.perform(inStock).andExpect(jsonPath("$.count").value(0));
    }

    @Test
    void a_search_finds_beginnings_of_words_in_name_sku_and_description() throws Exception {
        offer("Arm-chair " + word, "\"sku\": \"ELECT-%s\"".formatted(word));
        offer("Bench", "\"description\": \"Oak, of the %s wood.\"".formatted(word));

        lists("ordering=name&search=" + word, "Arm-chair " + word, "Bench");
        lists("search=oa%20" + word.substring(0, 20), "Bench");
        lists("search=elect-" + word, "Arm-chair " + word);
        lists("search=CHAIR%20" + word, "Arm-chair " + word);
        lists("search=" + word + "%20nonsense");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%27",
                "%27%27%29%3B",
                "%5C",
                "a%26%7C!",
                "%3A*",
                "%20",
                "%C3%A9%E2%82%AC",
                "-",
                "1e5"
            })
    void a_search_takes_anything(String search) throws Exception {
        http.perform(get(URI.create("/api/v1/products?search=" + search)))
                .andExpect(status().isOk());
        http.perform(get(URI.create("/api/v1/categories?search=" + search)))
                .andExpect(status().isOk());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/products?search=%00",
                "/api/v1/products?category=%00",
                "/api/v1/products/%00",
                "/api/v1/products/%ff%fe",
                "/api/v1/products?page=2147483647&page_size=100",
                "/api/v1/products?ordering=name&cursor=TkFNRQoKMS0xLTEtMS0xCgA",
                "/api/v1/products?search=a&cursor=UkVMRVZBTkNFCgoxLTEtMS0xLTEKTmFO",
                "/api/v1/categories/x",
                "/api/v1/categories?page=2147483647",
                "/api/v1/categories?page=21474837&page_size=100",
                "/api/v1/products/00000000-0000-0000-0000-00000000000g",
                "/api/v1/stock-movements?page=2147483647",
                "/api/v1/stock/low?page=2147483647",
                "/api/v1/stock-movements?product=%00",
            })
    void nothing_asked_for_is_our_fault(String path) throws Exception {
        var answer =
                http.perform(get(URI.create(path)).header(AUTHORIZATION, BOSS))
                        .andReturn()
                        .getResponse();
        assertThat(answer.getStatus()).isBetween(400, 499);
    }

    @ParameterizedTest
    @ValueSource(strings = {"created_at", "-created_at", "price", "-price", "name", "-name"})
    void a_cursor_reads_a_list_to_its_end_and_each_product_once(String ordering) throws Exception {
        var category = shop.category();
        for (int i = 0; i < 7; i++) {
            offerIn(category, "Chair " + i / 3, "\"price\": \"%d\"".formatted(10 + i % 2));
        }
        var read = new ArrayList<String>();
        String next =
                "/api/v1/products?cursor=&page_size=3&ordering=%s&category=%s"
                        .formatted(ordering, category);
        while (next != null) {
            var answer = http.perform(get(URI.create(next))).andExpect(status().isOk());
            answer.andExpect(jsonPath("$.count").value(7));
            read.addAll(read(answer, "$.results[*].id"));
            next = read(answer, "$.next");
        }
        List<String> paged =
                read(
                        http.perform(
                                get(
                                        "/api/v1/products?page_size=100&ordering={ordering}&category={category}",
                                        ordering,
                                        category)),
                        "$.results[*].id");
        assertThat(read).hasSize(7).isEqualTo(paged);
    }

    @Test
    void a_list_of_a_hundred_asks_the_database_no_more_than_one_of_ten() throws Exception {
        var category = shop.category();
        for (int i = 0; i < 30; i++) {
            offerIn(category, "Chair", null);
        }
        assertThat(queriesOf("/api/v1/products?page_size=30&category=" + category))
                .isLessThanOrEqualTo(5);
        assertThat(queriesOf("/api/v1/products?page_size=2&category=" + category))
                .isLessThanOrEqualTo(5);
        assertThat(queriesOf("/api/v1/products?page_size=29&search=chair&category=" + category))
                .isLessThanOrEqualTo(5);
    }

    @Test
    void a_category_that_is_not_active_is_shown_to_staff_alone() throws Exception {
        var path = "/api/v1/categories/" + id(category("Chairs " + word, null));
        send(patch(path), "{\"is_active\": false}")
                .andExpect(jsonPath("$.is_active").value(false))
                .andExpect(jsonPath("$.slug").value("chairs-" + word));

        http.perform(get(path)).andExpect(status().isNotFound());
        http.perform(get("/api/v1/categories?search=" + word))
                .andExpect(jsonPath("$.count").value(0));
        http.perform(get("/api/v1/categories?is_active=false")).andExpect(status().isForbidden());
        http.perform(get(path).header(AUTHORIZATION, BOSS)).andExpect(status().isOk());
        http.perform(
                        get("/api/v1/categories?is_active=false&search=" + word)
                                .header(AUTHORIZATION, BOSS))
                .andExpect(jsonPath("$.count").value(1));
    }

    @Test
    void a_guest_sees_what_was_changed_at_once() throws Exception {
        var category = id(category("Chairs " + word, null));
        var product = id(offerIn(category, "Chair", null));
        var page = "/api/v1/products/" + product;
        var list = "/api/v1/products?category=" + category;
        for (int price = 1; price < 10; price++) {
            send(patch(page), "{\"price\": \"%d\"}".formatted(price));
            http.perform(get(page)).andExpect(jsonPath("$.price").value(price + ".00"));
            http.perform(get(list)).andExpect(jsonPath("$.results[0].price").value(price + ".00"));
        }
        send(patch("/api/v1/categories/" + category), "{\"name\": \"Seats %s\"}".formatted(word));
        http.perform(get(page)).andExpect(jsonPath("$.category.name").value("Seats " + word));
        http.perform(get("/api/v1/categories?search=" + word))
                .andExpect(jsonPath("$.results[0].name").value("Seats " + word));
        http.perform(delete(page).header(AUTHORIZATION, BOSS));
        http.perform(get(page)).andExpect(status().isNotFound());
        http.perform(get(list)).andExpect(jsonPath("$.count").value(0));
    }

    @Test
    void what_is_kept_of_a_list_is_all_but_the_stock() throws Exception {
        var category = shop.category();
        var product = id(offerIn(category, "Chair", "\"stock\": 5"));
        var list = "/api/v1/products?search=chair&category=" + category;
        http.perform(get(list)).andExpect(jsonPath("$.results[0].stock").value(5));

        await().untilAsserted(
                        () ->
                                assertThat(queriesOf(list))
                                        .as("stock and pictures alone")
                                        .isEqualTo(2));
        for (int stock = 6; stock < 9; stock++) {
            send(
                    post("/api/v1/products/" + product + "/stock-adjustments"),
                    "{\"delta\": 1, \"reason\": \"FOUND\"}");
            http.perform(get(list)).andExpect(jsonPath("$.results[0].stock").value(stock));
            http.perform(get("/api/v1/products/" + product))
                    .andExpect(jsonPath("$.stock").value(stock));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/categories?search=", "/api/v1/products?search="})
    void a_list_that_is_still_the_same_need_not_be_sent_again(String list) throws Exception {
        var product = id(offerIn(id(category("Chairs " + word, null)), "Chair " + word, null));
        var path = list + word;
        var first = http.perform(get(path)).andExpect(header().string("Cache-Control", "no-cache"));
        var etag = first.andReturn().getResponse().getHeader("ETag");
        http.perform(get(path).header("If-None-Match", etag)).andExpect(status().isNotModified());

        send(patch("/api/v1/products/" + product), "{\"price\": \"3\"}");
        send(patch("/api/v1/categories/chairs-" + word), "{\"description\": \"To sit.\"}");
        http.perform(get(path).header("If-None-Match", etag)).andExpect(status().isOk());
    }

    @Test
    void categories_are_a_tree() throws Exception {
        var top = id(category("Top " + word, null));
        var middle = id(category("Middle " + word, top));
        var low = id(category("Low " + word, middle));

        send(patch("/api/v1/categories/" + top), "{\"parent_id\": \"%s\"}".formatted(low))
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.type").value("/problems/category-loop"));
        send(patch("/api/v1/categories/" + top), "{\"parent_id\": \"%s\"}".formatted(top))
                .andExpect(status().isConflict());
        http.perform(delete("/api/v1/categories/" + middle).header(AUTHORIZATION, BOSS))
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.type").value("/problems/category-in-use"))
                .andExpect(jsonPath("$.children").value(1));
        send(
                        patch("/api/v1/categories/" + low),
                        "{\"parent_id\": null, \"name\": \"L " + word + "\"}")
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.parent_id").doesNotExist())
                .andExpect(jsonPath("$.slug").value("low-" + word));
        http.perform(delete("/api/v1/categories/middle-" + word).header(AUTHORIZATION, BOSS))
                .andExpect(status().isNoContent());
        http.perform(get("/api/v1/categories/" + middle)).andExpect(status().isNotFound());
        http.perform(get("/api/v1/categories?ordering=-name&search=" + word))
                .andExpect(jsonPath("$.count").value(2))
                .andExpect(jsonPath("$.results[0].name").value("Top " + word));
    }

    @Test
    void a_category_with_products_stays() throws Exception {
        var category = shop.category();
        offerIn(category, "Chair", null);
        http.perform(delete("/api/v1/categories/" + category).header(AUTHORIZATION, BOSS))
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.products").value(1));
    }

    @Test
    void every_unit_can_be_accounted_for() throws Exception {
        var chair = shop.product(10);
        var adjustments = "/api/v1/products/" + chair + "/stock-adjustments";
        send(post(adjustments), "{\"delta\": 5, \"reason\": \"FOUND\"}")
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.on_hand").value(15));
        send(post(adjustments), "{\"quantity\": -11, \"reason\": \"DAMAGED\", \"note\": \"burnt\"}")
                .andExpect(jsonPath("$.level").value("LOW"));
        send(post(adjustments), "{\"delta\": -5, \"reason\": \"DAMAGED\"}")
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.on_hand").value(4));

        var all = "/api/v1/stock-movements?product=" + chair;
        http.perform(get(all).header(AUTHORIZATION, BOSS))
                .andExpect(
                        jsonPath("$.results[*].kind", contains("ADJUSTED", "ADJUSTED", "INITIAL")))
                .andExpect(jsonPath("$.results[*].quantity", contains(-11, 5, 10)))
                .andExpect(jsonPath("$.results[0].note").value("burnt"));
        http.perform(get(all + "&kind=INITIAL").header(AUTHORIZATION, BOSS))
                .andExpect(jsonPath("$.count").value(1));
        var first = http.perform(get(all + "&cursor=&page_size=2").header(AUTHORIZATION, BOSS));
        String next = read(first, "$.next");
        http.perform(get(URI.create(next)).header(AUTHORIZATION, BOSS))
                .andExpect(jsonPath("$.results[*].kind", contains("INITIAL")))
                .andExpect(jsonPath("$.next").doesNotExist());
        assertThat(shop.stock(chair)).isEqualTo(new Stock(chair, 4, 0, 5));

        http.perform(get("/api/v1/stock/low?page_size=100").header(AUTHORIZATION, BOSS))
                .andExpect(
                        jsonPath("$.results[?(@.product_id == '%s')].available", chair).value(4));
    }

    @Test
    void a_stock_that_is_named_in_a_change_is_an_adjustment() throws Exception {
        var chair = shop.product(10);
        catalog.hears(
                new OrderPlaced(
                        UUID.randomUUID(),
                        UUID.randomUUID(),
                        List.of(new Line(chair, 3, Shop.PRICE)),
                        Shop.PRICE));
        await().untilAsserted(() -> assertThat(shop.stock(chair).reserved()).isEqualTo(3));
        var path = "/api/v1/products/" + chair;
        http.perform(get(path)).andExpect(jsonPath("$.stock").value(7));

        send(patch(path), "{\"stock\": 9}")
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.stock").value(9));
        send(patch(path), "{\"description\": \"Oak\"}").andExpect(jsonPath("$.stock").value(9));

        assertThat(shop.stock(chair)).isEqualTo(new Stock(chair, 12, 3, 5));
        http.perform(get(path + "/stock-adjustments").header(AUTHORIZATION, BOSS))
                .andExpect(jsonPath("$.results[*].quantity", contains(2)))
                .andExpect(jsonPath("$.results[0].reason").value("CORRECTION"));
        send(patch(path), "{\"stock\": %d, \"name\": \"Throne\"}".formatted(Stock.MOST))
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.type").value("/problems/too-much-stock"));
        http.perform(get(path)).andExpect(jsonPath("$.name").value(not("Throne")));
    }

    @Test
    void what_is_sent_twice_with_one_key_is_one_product() throws Exception {
        var key = UUID.randomUUID().toString();
        var body =
                """
                {"name": "Chair", "price": "5", "category_id": "%s"}
                """
                        .formatted(shop.category());
        var first = send(post("/api/v1/products").header("Idempotency-Key", key), body);
        var second = send(post("/api/v1/products").header("Idempotency-Key", key), body);

        second.andExpect(status().isCreated())
                .andExpect(header().string("Idempotent-Replayed", "true"));
        assertThat(id(second)).isEqualTo(id(first));
    }

    @Test
    void what_is_taken_is_refused_under_a_key_as_well() throws Exception {
        var sku = "\"sku\": \"SKU-%s\"".formatted(word);
        offer("Chair", sku);
        send(
                        post("/api/v1/products").header("Idempotency-Key", word),
                        product("Chair", shop.category(), sku))
                .andExpect(status().isConflict());
    }

    private int queriesOf(String path) throws Exception {
        var log = (Logger) LoggerFactory.getLogger(JdbcTemplate.class);
        var said = new ListAppender<ILoggingEvent>();
        var level = log.getLevel();
        said.start();
        log.addAppender(said);
        log.setLevel(Level.DEBUG);
        try {
            http.perform(get(path)).andExpect(status().isOk());
        } finally {
            log.setLevel(level);
            log.detachAppender(said);
        }
        return (int)
                said.list.stream()
                        .filter(it -> it.getThreadName().equals(Thread.currentThread().getName()))
                        .filter(it -> it.getMessage().contains("SQL statement ["))
                        .count();
    }

    private void lists(String query, String... names) throws Exception {
        var answer =
                http.perform(get(URI.create("/api/v1/products?" + query)))
                        .andExpect(status().isOk())
                        .andExpect(jsonPath("$.count").value(names.length));
        assertThat(CatalogIT.<List<String>>read(answer, "$.results[*].name"))
                .containsExactly(names);
    }

    private ResultActions offer(String name, @Nullable String more) throws Exception {
        return send(post("/api/v1/products"), product(name, shop.category(), more));
    }

    private ResultActions offerIn(UUID category, String name, @Nullable String more)
            throws Exception {
        return send(post("/api/v1/products"), product(name, category, more))
                .andExpect(status().isCreated());
    }

    private static String product(String name, UUID category, @Nullable String more) {
        return """
               {"name": "%s", "price": "389.00", "category_id": "%s" %s}
               """
                .formatted(name, category, more == null ? "" : ", " + more);
    }

    private ResultActions category(String name, @Nullable UUID parent) throws Exception {
        return send(
                post("/api/v1/categories"),
                """
                {"name": "%s", "parent_id": %s}
                """
                        .formatted(name, parent == null ? null : "\"" + parent + "\""));
    }

    private ResultActions send(MockHttpServletRequestBuilder request, String body)
            throws Exception {
        return http.perform(
                request.header(AUTHORIZATION, BOSS).contentType(APPLICATION_JSON).content(body));
    }

    private static UUID id(ResultActions answer) throws Exception {
        return UUID.fromString(read(answer.andExpect(status().is2xxSuccessful()), "$.id"));
    }

    private static <T> T read(ResultActions answer, String path) throws Exception {
        return JsonPath.read(answer.andReturn().getResponse().getContentAsString(), path);
    }
}
