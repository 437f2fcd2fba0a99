package duka.catalog.web;

import static duka.web.Role.ADMIN;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.http.HttpHeaders.AUTHORIZATION;
import static org.springframework.http.MediaType.APPLICATION_JSON;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.jayway.jsonpath.JsonPath;
import duka.catalog.Shop;
import duka.catalog.WholeCatalog;
import duka.web.TestTokens;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.web.util.UriComponentsBuilder;

/** What customers find, among what is in one category. */
@WholeCatalog
class SearchIT {

    static final String BOSS = TestTokens.bearer(UUID.randomUUID(), ADMIN);

    @Autowired MockMvc http;
    @Autowired Shop shop;

    UUID category;

    @BeforeEach
    void there_is_a_category() {
        category = shop.category();
    }

    @ParameterizedTest
    @CsvSource({
        "headphones, Wireless Headphones Pro",
        "headphone, Wireless Headphones Pro",
        "hedphones, Wireless Headphones Pro",
        "wireles headpones, Wireless Headphones Pro",
        "head, Wireless Headphones Pro",
        "pro wire, Wireless Headphones Pro",
        "blutooth speker, Bluetooth Speaker",
        "speakers, Bluetooth Speaker",
        "kettel, Electric Kettle",
        "eelctric kettle, Electric Kettle",
        "speakre, Bluetooth Speaker",
        "mgu, Café Crème Mug",
        "eletric kettle, Electric Kettle",
        "KETTLES, Electric Kettle",
        "cafe creme, Café Crème Mug",
        "CAFÉ, Café Crème Mug",
        "mugg, Café Crème Mug",
        "KET-77, Electric Kettle",
        "whistling kettel, Electric Kettle"
    })
    void errors_endings_and_accents_are_forgiven(String search, String finds) throws Exception {
        offer("Wireless Headphones Pro", "");
        offer("Bluetooth Speaker", "");
        offer(
                "Electric Kettle",
                ", \"sku\": \"KET-77-%s\", \"description\": \"Whistling.\"".formatted(category));
        offer("Café Crème Mug", "");

        assertThat(finds(Map.of("search", search))).containsExactly(finds);
    }

    @Test
    void the_name_tells_more_than_the_sku_and_that_more_than_the_description() throws Exception {
        offer("Table", ", \"description\": \"Goes with an oak chair.\"");
        offer("Bench", ", \"sku\": \"OAK-%s\"".formatted(category));
        offer("Oak chair", "");
        offer("Stool", "");

        assertThat(finds(Map.of("search", "oak"))).containsExactly("Oak chair", "Bench", "Table");
        assertThat(finds(Map.of("search", "oak", "ordering", "-relevance")))
                .containsExactly("Table", "Bench", "Oak chair");
        assertThat(finds(Map.of("search", "oak", "ordering", "name")))
                .containsExactly("Bench", "Oak chair", "Table");
    }

    @Test
    void what_is_only_alike_is_found_only_when_little_else_is() throws Exception {
        offer("Oak chart", "");
        offer("Oak chair", "");
        assertThat(finds(Map.of("search", "chair"))).containsExactly("Oak chair", "Oak chart");

        offer("Ash chair", "");
        offer("Elm chair", "");
        assertThat(finds(Map.of("search", "chair", "ordering", "name")))
                .containsExactly("Ash chair", "Elm chair", "Oak chair");
    }

    @Test
    void a_search_keeps_to_all_filters() throws Exception {
        var vendor = UUID.randomUUID();
        offer("Oak chair", ", \"stock\": 1, \"price\": \"100\", \"discount_price\": \"50\"");
        offer("Oak bench", ", \"price\": \"100\"");
        offer("Oak table", ", \"stock\": 1, \"price\": \"900\"");
        offer("Oak stool", ", \"vendor_id\": \"%s\"".formatted(vendor));

        assertThat(finds(Map.of("search", "oak", "ordering", "name")))
                .containsExactly("Oak bench", "Oak chair", "Oak table");
        assertThat(finds(Map.of("search", "oakk", "max_price", "60"))).containsExactly("Oak chair");
        assertThat(finds(Map.of("search", "oak", "min_price", "60", "in_stock", "true")))
                .containsExactly("Oak table");
        assertThat(finds(Map.of("search", "oak", "discounted", "true")))
                .containsExactly("Oak chair");
        assertThat(finds(Map.of("search", "oak", "discounted", "false", "ordering", "name")))
                .containsExactly("Oak bench", "Oak table");
        assertThat(finds(Map.of("search", "oak", "vendor", vendor.toString()))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "oak, relevance",
        "oak, -relevance",
        "oka, relevance",
        "oka, -relevance",
        "oka, -price",
        "oak, name",
        "oak, created_at"
    })
    void a_cursor_reads_what_was_found_to_its_end_and_each_product_once(
            String search, String ordering) throws Exception {
        for (int i = 0; i < 8; i++) {
            offer(
                    "Oak chair " + "oak ".repeat(i % 3),
                    ", \"price\": \"%d\", \"description\": \"%s\""
                            .formatted(10 + i % 2, i % 4 == 0 ? "Oak" : "Oak or ash"));
        }
        var all = Map.of("search", search, "ordering", ordering, "category", category.toString());
        List<String> paged = read(list(with(all, "page_size", "100")), "$.results[*].id");
        var read = new ArrayList<String>();
        String next = uri(with(with(all, "page_size", "3"), "cursor", ""));
        while (next != null) {
            var answer = http.perform(get(URI.create(next))).andExpect(status().isOk());
            read.addAll(read(answer, "$.results[*].id"));
            next = read(answer, "$.next");
        }
        assertThat(read).hasSize(8).isEqualTo(paged);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'",
                "''",
                "\\",
                "a' | 'b",
                "!a & b | c <-> d",
                "a:*",
                "oak:*B & !chair",
                "); drop table products; --",
                "%",
                "_",
                "$1 :word0 ?",
                "ŉ ʼ ŉʼŉ",
                "№ ½ ﬁ ﷺ",
                "椅子 стул κάθισμα",
                "the of and",
                "a b c d e f g h i j k l m n o p",
                "\uD83E\uDE91",
                "\uFFFE\u200B",
                "\t\n",
                "İıſK"
            })
    void anything_can_be_searched_for(String search) throws Exception {
        list(Map.of("search", search)).andExpect(status().isOk());
        list(Map.of("search", search, "ordering", "relevance", "cursor", ""))
                .andExpect(status().isOk());
    }

    static Stream<String> noise() {
        var random = new Random(42);
        return Stream.generate(
                        () ->
                                random.ints(1 + random.nextInt(60), 1, 0x2FFF)
                                        .filter(Character::isDefined)
                                        .collect(
                                                StringBuilder::new,
                                                StringBuilder::appendCodePoint,
                                                StringBuilder::append)
                                        .toString())
                .limit(60);
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("noise")
    void noise_can_be_searched_for(String search) throws Exception {
        list(Map.of("search", search)).andExpect(status().isOk());
    }

    private void offer(String name, String more) throws Exception {
        http.perform(
                        post("/api/v1/products")
                                .header(AUTHORIZATION, BOSS)
                                .contentType(APPLICATION_JSON)
                                .content(
                                        """
                                        {"name": "%s", "category_id": "%s", "price": "389" %s}
                                        """
                                                .formatted(name, category, more)))
                .andExpect(status().isCreated());
    }

    private List<String> finds(Map<String, String> query) throws Exception {
        return read(
                list(with(query, "category", category.toString())).andExpect(status().isOk()),
                "$.results[*].name");
    }

    private ResultActions list(Map<String, String> query) throws Exception {
        return http.perform(get(URI.create(uri(query))));
    }

    private static String uri(Map<String, String> query) {
        var uri = UriComponentsBuilder.fromPath("/api/v1/products");
        query.keySet().forEach(name -> uri.queryParam(name, "{" + name + "}"));
        return uri.encode().buildAndExpand(query).toUriString();
    }

    private static Map<String, String> with(Map<String, String> query, String name, String value) {
        var more = new HashMap<>(query);
        more.put(name, value);
        return more;
    }

    private static <T> T read(ResultActions answer, String path) throws Exception {
        return JsonPath.read(answer.andReturn().getResponse().getContentAsString(UTF_8), path);
    }
}
