package duka.catalog.images;

import static duka.web.Role.CUSTOMER;
import static duka.web.Role.STORE_MANAGER;
import static duka.web.Role.VENDOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.springframework.http.HttpHeaders.AUTHORIZATION;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.delete;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.jayway.jsonpath.JsonPath;
import duka.catalog.Shop;
import duka.catalog.WholeCatalog;
import duka.web.TestTokens;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;

/** Products and categories as forms with a picture, and how their pictures are shown with them. */
@WholeCatalog
class FormsIT {

    static final byte[] PICTURE = Uploads.jpeg(40, 20);

    @Autowired MockMvc http;
    @Autowired Shop shop;

    final UUID vendorId = UUID.randomUUID();
    final String vendor = TestTokens.bearer(vendorId, CUSTOMER, VENDOR);
    final String staff = TestTokens.bearer(UUID.randomUUID(), STORE_MANAGER);
    final String word = "w" + UUID.randomUUID().toString().replace("-", "");

    @Test
    void a_product_comes_with_its_picture() throws Exception {
        var created =
                form(
                                vendor,
                                HttpMethod.POST,
                                "products",
                                Map.of(
                                        "name", "Chair " + word,
                                        "description", "Oak",
                                        "original_price", "1000",
                                        "category", shop.category().toString(),
                                        "discount_percent", "10",
                                        "stock", "7",
                                        "vendor_id", ""),
                                PICTURE)
                        .andExpect(status().isCreated())
                        .andExpect(jsonPath("$.stock").value(7))
                        .andExpect(jsonPath("$.discount_amount").value("100.00"))
                        .andExpect(jsonPath("$.vendor_id").value(vendorId.toString()))
                        .andExpect(jsonPath("$.images.length()").value(1))
                        .andExpect(jsonPath("$.images[0].alt").value("Chair " + word));
        String id = read(created, "$.id");
        String first = read(created, "$.image");
        http.perform(get(first).header(AUTHORIZATION, vendor)).andExpect(status().isOk());

        var changed =
                form(
                                vendor,
                                HttpMethod.PATCH,
                                "products/" + id,
                                Map.of("original_price", "500", "discount_percent", "20"),
                                PICTURE)
                        .andExpect(status().isOk())
                        .andExpect(jsonPath("$.discount_amount").value("100.00"))
                        .andExpect(jsonPath("$.name").value("Chair " + word))
                        .andExpect(jsonPath("$.images.length()").value(2))
                        .andExpect(jsonPath("$.images[1].url").value(first));
        assertThat(FormsIT.<String>read(changed, "$.image")).isNotEqualTo(first);
        form(vendor, HttpMethod.PATCH, "products/" + id, Map.of("description", ""), null)
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.description").doesNotExist())
                .andExpect(jsonPath("$.images.length()").value(2));
    }

    @Test
    void a_category_comes_with_its_picture() throws Exception {
        var created =
                form(
                                staff,
                                HttpMethod.POST,
                                "categories",
                                Map.of("name", "Chairs " + word),
                                PICTURE)
                        .andExpect(status().isCreated())
                        .andExpect(jsonPath("$.image").isNotEmpty());
        String path = "categories/" + read(created, "$.id");
        form(staff, HttpMethod.PATCH, path, Map.of("description", "To sit on"), PICTURE)
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.images.length()").value(2));
        http.perform(get("/api/v1/" + path)).andExpect(jsonPath("$.images.length()").value(2));
        http.perform(get("/api/v1/categories?search=" + word))
                .andExpect(jsonPath("$.results[0].images.length()").value(2));
    }

    @Test
    void what_has_a_bad_picture_is_not_created() throws Exception {
        form(
                        staff,
                        HttpMethod.POST,
                        "categories",
                        Map.of("name", "Chairs " + word),
                        Uploads.bomb(50_000, 50_000))
                .andExpect(status().isContentTooLarge());
        form(staff, HttpMethod.POST, "categories", Map.of("name", "Chairs " + word), new byte[9])
                .andExpect(status().isUnsupportedMediaType());
        http.perform(get("/api/v1/categories?search=" + word))
                .andExpect(jsonPath("$.count").value(0));
    }

    @Test
    void what_has_a_bad_picture_or_no_room_for_it_is_not_changed() throws Exception {
        var product = "products/" + shop.product(1);
        var category = "categories/" + shop.category();
        for (var path : List.of(product, category)) {
            var name = Map.of("name", "Thing " + word);
            form(staff, HttpMethod.PATCH, path, name, new byte[9])
                    .andExpect(status().isUnsupportedMediaType());
            for (int i = 0; i < 10; i++) {
                form(staff, HttpMethod.PATCH, path, Map.of(), PICTURE).andExpect(status().isOk());
            }
            form(staff, HttpMethod.PATCH, path, name, PICTURE)
                    .andExpect(status().isConflict())
                    .andExpect(jsonPath("$.type").value("/problems/too-many-images"));
            http.perform(get("/api/v1/" + path).header(AUTHORIZATION, staff))
                    .andExpect(jsonPath("$.name").value(not(containsString(word))))
                    .andExpect(jsonPath("$.images.length()").value(10));
        }
    }

    @Test
    void a_bad_picture_tells_nobody_more_than_a_good_one() throws Exception {
        var unknown = UUID.randomUUID();
        for (var path : List.of("products/" + shop.product(1), "products/" + unknown)) {
            form(vendor, HttpMethod.PATCH, path, Map.of(), new byte[9])
                    .andExpect(status().isNotFound());
        }
        form(staff, HttpMethod.PATCH, "categories/" + unknown, Map.of(), new byte[9])
                .andExpect(status().isNotFound());
        form(vendor, HttpMethod.PATCH, "categories/" + shop.category(), Map.of(), new byte[9])
                .andExpect(status().isForbidden());
    }

    @Test
    void a_form_that_makes_no_sense_is_refused() throws Exception {
        form(staff, HttpMethod.POST, "categories", Map.of(), PICTURE)
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.errors.name").isNotEmpty());
        form(
                        staff,
                        HttpMethod.POST,
                        "products",
                        Map.of("name", "Chair", "price", "-1", "category", UUID.randomUUID() + ""),
                        PICTURE)
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.errors.price").isNotEmpty());
        form(
                        staff,
                        HttpMethod.POST,
                        "products",
                        Map.of("name", "Chair", "price", "cheap", "category", "chairs"),
                        PICTURE)
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.errors").isNotEmpty());
        form(
                        staff,
                        HttpMethod.POST,
                        "products",
                        Map.of("name", "Chair", "price", "1", "category", UUID.randomUUID() + ""),
                        PICTURE)
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.errors.category_id").isNotEmpty());
    }

    @Test
    void guests_see_a_picture_as_soon_as_it_is_there_and_no_longer() throws Exception {
        var chair = shop.product(1);
        var path = "/api/v1/products/" + chair;
        http.perform(get(path)).andExpect(jsonPath("$.image").doesNotExist());
        String before = http.perform(get(path)).andReturn().getResponse().getHeader("ETag");
        var added =
                http.perform(
                        multipart(path + "/images")
                                .file(new MockMultipartFile("image", PICTURE))
                                .header(AUTHORIZATION, staff));
        String url = read(added, "$.url");
        http.perform(get(path).header("If-None-Match", String.valueOf(before)))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.image").value(url))
                .andExpect(jsonPath("$.images[0].thumbnail_url").value(url + "/thumbnail"));
        http.perform(delete(url).header(AUTHORIZATION, staff)).andExpect(status().isNoContent());
        http.perform(get(path)).andExpect(jsonPath("$.images").isEmpty());
    }

    private ResultActions form(
            String who,
            HttpMethod method,
            String what,
            Map<String, String> fields,
            byte @Nullable [] picture)
            throws Exception {
        var form = multipart(method, "/api/v1/" + what);
        fields.forEach(form::param);
        if (picture != null) {
            form.file(new MockMultipartFile("image", "a.gif", "image/gif", picture));
        }
        return http.perform(form.header(AUTHORIZATION, who));
    }

    private static <T> T read(ResultActions answer, String path) throws Exception {
        return JsonPath.read(answer.andReturn().getResponse().getContentAsString(), path);
    }
}
