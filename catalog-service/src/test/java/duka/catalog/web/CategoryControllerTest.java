package duka.catalog.web;

import static duka.web.Role.ADMIN;
import static duka.web.Role.CUSTOMER;
import static duka.web.Role.VENDOR;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.willThrow;
import static org.springframework.http.HttpHeaders.AUTHORIZATION;
import static org.springframework.http.MediaType.APPLICATION_JSON;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.delete;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.patch;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import duka.catalog.Arranging;
import duka.catalog.Browsing;
import duka.catalog.Cache;
import duka.catalog.NoSuchCategory;
import duka.catalog.Ref;
import duka.catalog.images.Pictures;
import duka.web.TestTokens;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.MockMvc;

@WebMvcTest(CategoryController.class)
@Import({TestTokens.class, Access.class, Problems.class})
class CategoryControllerTest {

    static final String ANYBODY = TestTokens.bearer(UUID.randomUUID(), CUSTOMER, VENDOR);
    static final String BOSS = TestTokens.bearer(UUID.randomUUID(), ADMIN);

    @Autowired MockMvc http;

    @MockitoBean Browsing browsing;
    @MockitoBean Pictures pictures;
    @MockitoBean Arranging arranging;
    @MockitoBean Cache cache;

    @Test
    void one_that_is_not_there_is_not_found() throws Exception {
        var ref = new Ref("nowhere");
        given(cache.get(any(), any(), any()))
                .willAnswer(asked -> asked.<Supplier<?>>getArgument(2).get());
        given(browsing.category(ref)).willThrow(new NoSuchCategory(ref));
        willThrow(new NoSuchCategory(ref)).given(arranging).delete(ref);

        http.perform(get("/api/v1/categories/nowhere"))
                .andExpect(status().isNotFound())
                .andExpect(content().contentType("application/problem+json"))
                .andExpect(jsonPath("$.type").value("/problems/no-such-category"));
        http.perform(delete("/api/v1/categories/nowhere").header(AUTHORIZATION, BOSS))
                .andExpect(status().isNotFound());
    }

    @Test
    void only_staff_arrange_them() throws Exception {
        http.perform(delete("/api/v1/categories/any")).andExpect(status().isUnauthorized());
        http.perform(delete("/api/v1/categories/any").header(AUTHORIZATION, ANYBODY))
                .andExpect(status().isForbidden());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            {}                                         | name
            {"name": " "}                              | name
            {"name": "C"}                              | name
            {"name": "<b>Chairs</b>"}                  | name
            {"name": "Chairs", "is_active": 2.5}       | is_active
            {"name": "Chairs", "slug": "-"}            | slug
            {"name": "Chairs", "parent_id": "7"}       | parent_id
            {"name": "Ch\\u0000irs"}                   | name
            """)
    void one_that_makes_no_sense_is_refused(String body, String field) throws Exception {
        http.perform(
                        post("/api/v1/categories")
                                .header(AUTHORIZATION, BOSS)
                                .contentType(APPLICATION_JSON)
                                .content(body))
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.errors." + field).isNotEmpty());
    }

    @Test
    void a_slug_is_refused_however_many_words_it_has() throws Exception {
        http.perform(
                        post("/api/v1/categories")
                                .header(AUTHORIZATION, BOSS)
                                .contentType(APPLICATION_JSON)
                                .content(
                                        """
                                        {"name": "Chairs", "slug": "%sa"}
                                        """
                                                .formatted("a-".repeat(50_000))))
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.errors.slug").isNotEmpty());
    }

    @Test
    void a_patch_is_an_object() throws Exception {
        http.perform(
                        patch("/api/v1/categories/chairs")
                                .header(AUTHORIZATION, BOSS)
                                .contentType("application/merge-patch+json")
                                .content("[]"))
                .andExpect(status().isBadRequest());
    }

    @Test
    void an_unknown_order_is_refused() throws Exception {
        http.perform(get("/api/v1/categories?ordering=products"))
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.errors.ordering").isNotEmpty());
    }
}
