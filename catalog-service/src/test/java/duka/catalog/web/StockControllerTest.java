package duka.catalog.web;

import static duka.catalog.stock.Movement.Reason.DAMAGED;
import static duka.web.Role.CUSTOMER;
import static duka.web.Role.STORE_MANAGER;
import static org.mockito.BDDMockito.given;
import static org.springframework.http.HttpHeaders.AUTHORIZATION;
import static org.springframework.http.MediaType.APPLICATION_JSON;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import duka.catalog.Browsing;
import duka.catalog.Listing;
import duka.catalog.Listing.InCategory;
import duka.catalog.Ref;
import duka.catalog.stock.Correction.By;
import duka.catalog.stock.Stock;
import duka.catalog.stock.Stocking;
import duka.catalog.stock.Stocking.Adjustment.BelowReserved;
import duka.events.Money;
import duka.web.TestTokens;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.MockMvc;

@WebMvcTest(StockController.class)
@Import({TestTokens.class, Access.class, Problems.class})
class StockControllerTest {

    static final UUID MANAGER_ID = UUID.randomUUID();
    static final String MANAGER = TestTokens.bearer(MANAGER_ID, STORE_MANAGER);

    @Autowired MockMvc http;

    @MockitoBean Browsing browsing;
    @MockitoBean Stocking stocking;

    final UUID chair = UUID.randomUUID();
    final Stock stock = new Stock(chair, 9, 7, 5);

    @BeforeEach
    void there_is_a_chair() {
        var time = Instant.parse("2026-01-01T00:00:00Z");
        var price = Money.of("389.00", "KES");
        given(browsing.product(new Ref("chair")))
                .willReturn(
                        Optional.of(
                                new Listing(
                                        chair,
                                        "Chair",
                                        "chair",
                                        "SKU-1",
                                        null,
                                        price,
                                        null,
                                        price,
                                        null,
                                        stock,
                                        true,
                                        true,
                                        null,
                                        new InCategory(
                                                UUID.randomUUID(), "Chairs", "chairs", null, null),
                                        time,
                                        time,
                                        0)));
    }

    @Test
    void everybody_sees_what_there_is_to_buy_and_staff_the_rest() throws Exception {
        http.perform(get("/api/v1/products/chair/stock"))
                .andExpect(status().isOk())
                .andExpect(
                        content()
                                .json(
                                        """
                                        {"product_id": "%s", "available": 2, "level": "LOW"}
                                        """
                                                .formatted(chair),
                                        org.springframework.test.json.JsonCompareMode.STRICT));
        http.perform(get("/api/v1/products/chair/stock").header(AUTHORIZATION, MANAGER))
                .andExpect(jsonPath("$.on_hand").value(9))
                .andExpect(jsonPath("$.reserved").value(7))
                .andExpect(jsonPath("$.low_stock_threshold").value(5));
    }

    @Test
    void what_is_reserved_stays() throws Exception {
        given(stocking.adjust(chair, new By(-3), DAMAGED, "on the stairs", MANAGER_ID))
                .willReturn(new BelowReserved(stock));

        http.perform(
                        adjustment(
                                """
                                {"delta": -3, "reason": "DAMAGED", "note": " on the stairs "}
                                """))
                .andExpect(status().isConflict())
                .andExpect(content().contentType("application/problem+json"))
                .andExpect(jsonPath("$.type").value("/problems/below-reserved"))
                .andExpect(jsonPath("$.on_hand").value(9))
                .andExpect(jsonPath("$.reserved").value(7));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            {"reason": "FOUND"}                                | delta
            {"delta": 1, "counted": 1, "reason": "FOUND"}      | delta
            {"delta": 0, "reason": "FOUND"}                    | delta
            {"delta": 1.5, "reason": "FOUND"}                  | delta
            {"delta": 99999999999, "reason": "FOUND"}          | delta
            {"delta": 2147483647, "reason": "FOUND"}           | delta
            {"delta": "many", "reason": "FOUND"}               | delta
            {"counted": -1, "reason": "COUNTED"}               | counted
            {"counted": 2000000000, "reason": "COUNTED"}       | counted
            {"delta": 1}                                       | reason
            {"delta": 1, "reason": "found"}                    | reason
            {"delta": 1, "reason": "OTHER", "note": " "}       | note
            """)
    void an_adjustment_that_makes_no_sense_is_refused(String body, String field) throws Exception {
        http.perform(adjustment(body))
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.errors." + field).isNotEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "product=nothing",
                "kind=STOLEN",
                "order=7",
                "cursor=7",
                "reason=FATE",
                "vendor_id=7",
                "from=yesterday",
                "to=+999999999-01-01T00:00:00Z"
            })
    void a_filter_that_makes_no_sense_is_refused(String query) throws Exception {
        http.perform(get("/api/v1/stock-movements?" + query).header(AUTHORIZATION, MANAGER))
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.errors").isNotEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/stock-movements", "/api/v1/stock/low"})
    void the_books_are_for_staff(String path) throws Exception {
        http.perform(get(path)).andExpect(status().isUnauthorized());
        http.perform(
                        get(path)
                                .header(
                                        AUTHORIZATION,
                                        TestTokens.bearer(UUID.randomUUID(), CUSTOMER)))
                .andExpect(status().isForbidden());
        http.perform(get(path).header(AUTHORIZATION, MANAGER)).andExpect(status().isOk());
    }

    private static org.springframework.test.web.servlet.RequestBuilder adjustment(String body) {
        return post("/api/v1/products/chair/stock-adjustments")
                .header(AUTHORIZATION, MANAGER)
                .contentType(APPLICATION_JSON)
                .content(body);
    }
}
