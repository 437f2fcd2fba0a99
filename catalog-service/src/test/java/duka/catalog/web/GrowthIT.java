package duka.catalog.web;

import static duka.web.Role.ADMIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.http.HttpHeaders.AUTHORIZATION;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.jayway.jsonpath.JsonPath;
import duka.catalog.WholeCatalog;
import duka.testing.Plan;
import duka.testing.Statements;
import duka.web.TestTokens;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/**
 * What it costs to look at a large catalog: what it costs to look at a page of it. Only the rows
 * that the database reads are counted, for time depends on the machine. That of all which is listed
 * is read for its count, once each time that somebody begins to read.
 */
@WholeCatalog
@TestInstance(Lifecycle.PER_CLASS)
class GrowthIT {

    static final String BOSS = TestTokens.bearer(UUID.randomUUID(), ADMIN);

    private static final int PRODUCTS = Integer.getInteger("duka.growth.rows", 30_000);

    private static final Set<String> LARGE = Set.of("products", "stock", "stock_movements");

    private static final int FOR_A_PAGE = 5_000;

    /** Of what is found, so many are weighed against each other. */
    private static final int FOR_A_SEARCH = 25_000;

    @Autowired MockMvc http;
    @Autowired JdbcTemplate jdbc;

    /** Other tests leave products of which there never was any stock; no shop has such. */
    @BeforeAll
    void the_catalog_is_large() {
        for (var sql :
                List.of(
                        """
                        insert into stock (product_id, on_hand, low_threshold)
                        select id, 0, 1 from products where id not in (select product_id from stock)
                        """,
                        """
                        insert into categories (id, name, slug, active, created_at, updated_at, version)
                        select uuidv7(), 'Growth ' || n, 'growth-' || n, true, now(), now(), 0
                        from generate_series(0, 49) n
                        """,
                        """
                        insert into vendors (id, standing, settled)
                        select md5('growth' || n)::uuid, 'APPROVED', 1 from generate_series(0, 99) n
                        """,
                        """
                        insert into products
                            (id, category_id, vendor_id, name, slug, sku, description, price, discount_price,
                             currency, offered, vendor_approved, created_at, updated_at, version)
                        select uuidv7(-age), c.id,
                               case when n %% 4 > 0 then md5('growth' || n %% 100)::uuid end,
                               format('%%s %%s %%s',
                                      (array['Oak', 'Ash', 'Elm', 'Yew', 'Fir'])[1 + n %% 5],
                                      (array['chair', 'table', 'bench'])[1 + n %% 3],
                                      n),
                               'growth-' || n, 'growth-' || n, 'Number ' || n || ', made by hand.',
                               1000 + n * 7919 %% 100000,
                               case when n %% 3 = 0 then 900 + n * 7919 %% 100000 end,
                               'KES', n %% 20 > 0, true, now() - age, now() - age, 0
                        from generate_series(0, %d - 1) n
                        join categories c on c.slug = 'growth-' || n %% 50
                        cross join lateral make_interval(secs => 60 * (%d - n)) as age
                        """
                                .formatted(PRODUCTS, PRODUCTS),
                        """
                        insert into stock (product_id, on_hand, low_threshold)
                        select id, abs(hashtext(slug)) % 50, 1 from products where slug like 'growth-%'
                        """,
                        """
                        insert into stock_movements (id, product_id, kind, quantity, made_at)
                        select uuidv7(p.created_at - now()), p.id, 'INITIAL', s.on_hand + 1, p.created_at
                        from products p join stock s on s.product_id = p.id
                        where slug like 'growth-%'
                        """,
                        """
                        insert into stock_movements (id, product_id, kind, quantity, order_id, made_at)
                        select uuidv7(), p.id, 'TAKEN', -1, uuidv7(), now()
                        from products p where slug like 'growth-%'
                        """,
                        "vacuum (analyze) products",
                        "vacuum (analyze) stock",
                        "vacuum (analyze) stock_movements",
                        "vacuum (analyze) vendors")) {
            jdbc.execute(sql);
        }
    }

    @AfterAll
    void it_is_small_again() {
        for (var sql :
                List.of(
                        """
                        delete from stock_movements
                        where product_id in (select id from products where slug like 'growth-%')
                        """,
                        """
                        delete from stock
                        where product_id in (select id from products where slug like 'growth-%')
                        """,
                        "delete from products where slug like 'growth-%'",
                        "delete from categories where slug like 'growth-%'",
                        "delete from vendors where id in (select md5('growth' || n)::uuid from generate_series(0, 99) n)",
                        "vacuum (analyze) products",
                        "vacuum (analyze) stock",
                        "vacuum (analyze) stock_movements")) {
            jdbc.execute(sql);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "products?",
                "products?ordering=created_at",
                "products?ordering=price",
                "products?ordering=-name",
                "products?category=growth-7",
                "products?category=growth-7&ordering=price",
                "products?min_price=200&max_price=210",
                "products?min_price=200&max_price=210&ordering=price",
                "products?in_stock=true",
                "products?discounted=true",
                "products?discounted=false&ordering=-price",
                "products?cursor=",
                "products/growth-123?"
            })
    void customers_have_a_page_read_for_them_and_no_more(String path) {
        look(get("/api/v1/" + path + "&page_size=20"), FOR_A_PAGE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "products?",
                "products?is_active=false",
                "products?is_active=true&ordering=name",
                "products?vendor=%s",
                "products?in_stock=false",
                "stock-movements?",
                "stock-movements?cursor=",
                "stock-movements?product=growth-123",
                "stock-movements?vendor_id=%s",
                "stock-movements?kind=ADJUSTED",
                "products/growth-123/stock-adjustments?"
            })
    void staff_have_a_page_read_for_them_and_no_more(String path) {
        look(asBoss(path.formatted(vendor()) + "&page_size=20"), FOR_A_PAGE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "12345",
                "oak",
                "oak 12345",
                "chairs&ordering=price",
                "ash chair&ordering=-created_at",
                "chiar",
                "oka tabel&ordering=name",
                "nothing",
            })
    void a_search_weighs_what_it_finds_and_looks_at_nothing_else(String search) {
        look(asBoss("products?page_size=20&search=" + search), FOR_A_SEARCH);
    }

    /** All of them are old: who looks for them from the newest on looks at nearly all. */
    @ParameterizedTest
    @ValueSource(strings = {"1000", "1000&ordering=-created_at", "1000&ordering=price"})
    void what_few_products_have_is_found_first_and_put_in_order_then(String search) {
        look(get("/api/v1/products?page_size=20&search=" + search), 500);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "products?ordering=created_at",
                "products?ordering=price",
                "products?ordering=-name",
                "products?category=growth-7&ordering=-created_at",
                "products?min_price=200&max_price=900&ordering=price",
                "products?in_stock=true&ordering=-created_at",
                "stock-movements?",
                "stock-movements?kind=INITIAL",
            })
    void reading_on_deep_in_a_list_costs_a_page_and_counts_nothing(String path) throws Exception {
        var next = "/api/v1/" + path + "&page_size=100&cursor=";
        for (int page = 0; page < 5; page++) {
            next = JsonPath.read(body(next), "$.next");
        }
        var deep = next;

        var plans = look(get(URI.create(deep)).header(AUTHORIZATION, BOSS), FOR_A_PAGE);

        assertThat(plans).noneMatch(Plan::counts);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "products?category=growth-7",
                "products?category=growth-7&ordering=created_at",
                "products?category=growth-7&ordering=price"
            })
    void one_category_is_read_in_order(String path) {
        look(asBoss(path + "&page_size=20"), 200);
    }

    @Test
    void all_pages_of_a_list_are_counted_once() {
        var first = Statements.of(() -> http.perform(get("/api/v1/products?vendor=" + vendor())));
        var second =
                Statements.of(
                        () -> http.perform(get("/api/v1/products?page=2&vendor=" + vendor())));

        assertThat(first).filteredOn(sql -> sql.startsWith("select count(*)")).hasSize(1);
        assertThat(second).isNotEmpty().noneMatch(sql -> sql.startsWith("select count(*)"));
    }

    @Test
    void what_is_in_stock_is_counted_by_what_is_not() throws Exception {
        Integer all = JsonPath.read(body("/api/v1/products?vendor=" + vendor()), "$.count");
        var few = "/api/v1/products?vendor=%s&in_stock=".formatted(vendor());
        Integer out = JsonPath.read(seenByAll(few + false), "$.count");

        assertThat(out).isPositive();
        assertThat(JsonPath.<Integer>read(seenByAll(few + true), "$.count"))
                .isEqualTo(
                        jdbc.queryForObject(
                                """
                                select count(*) from products join stock on product_id = id
                                where vendor_id = ? and active and level <> 'OUT'
                                """,
                                Integer.class,
                                vendor()));
        assertThat(all).isGreaterThan(out);
    }

    @Test
    void a_page_of_twenty_takes_as_many_statements_as_one_of_one() {
        for (var list :
                List.of(
                        "products?category=growth-9&ordering=price",
                        "products?search=oak",
                        "stock-movements?product=growth-9",
                        "stock-movements?",
                        "categories?search=growth")) {
            Statements.of(
                    () -> http.perform(asBoss(list + "&page_size=3"))); // and keeps what it can
            var one = Statements.of(() -> http.perform(asBoss(list + "&page_size=1")));
            var twenty = Statements.of(() -> http.perform(asBoss(list + "&page_size=20")));

            assertThat(twenty).as(list).hasSameSizeAs(one).hasSizeLessThanOrEqualTo(5);
        }
    }

    private List<Plan> look(MockHttpServletRequestBuilder request, int rowsAtMost) {
        var plans = Statements.plansOf(() -> http.perform(request).andExpect(status().isOk()));

        assertThat(plans)
                .filteredOn(plan -> !plan.counts())
                .isNotEmpty()
                .allSatisfy(plan -> assertThat(plan.readsWhole(LARGE)).isEmpty())
                .allSatisfy(plan -> assertThat(plan.rowsRead()).isLessThan(rowsAtMost));
        return plans;
    }

    private UUID vendor() {
        return jdbc.queryForObject("select md5('growth1')::uuid", UUID.class);
    }

    private String seenByAll(String path) throws Exception {
        return http.perform(get(path)).andReturn().getResponse().getContentAsString();
    }

    private MockHttpServletRequestBuilder asBoss(String path) {
        return get("/api/v1/" + path).header(AUTHORIZATION, BOSS);
    }

    private String body(String path) throws Exception {
        return http.perform(get(URI.create(path)).header(AUTHORIZATION, BOSS))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsString();
    }
}
