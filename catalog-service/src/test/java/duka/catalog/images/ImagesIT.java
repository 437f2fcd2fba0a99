package duka.catalog.images;

import static duka.web.Role.CUSTOMER;
import static duka.web.Role.STORE_MANAGER;
import static duka.web.Role.VENDOR;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.hamcrest.Matchers.containsString;
import static org.mockito.AdditionalAnswers.delegatesTo;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.willAnswer;
import static org.mockito.Mockito.mock;
import static org.springframework.http.HttpHeaders.AUTHORIZATION;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.delete;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.head;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.patch;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.jayway.jsonpath.JsonPath;
import duka.catalog.Cache;
import duka.catalog.Shop;
import duka.catalog.WholeCatalog;
import duka.catalog.images.Picturing.Hanging.Done;
import duka.catalog.images.Subject.Kind;
import duka.messaging.Uuid7;
import duka.testing.Statements;
import duka.web.TestTokens;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Pictures over HTTP down to the disk. */
@WholeCatalog
class ImagesIT {

    @Autowired MockMvc http;
    @Autowired Shop shop;
    @Autowired Darkroom darkroom;
    @Autowired Picturing picturing;
    @Autowired Pictures pictures;
    @Autowired PictureStore store;
    @Autowired Sweeping sweeping;
    @Autowired TransactionTemplate transaction;
    @Autowired Cache cache;
    @Autowired ImagesProperties properties;
    @Autowired Clock clock;
    @Autowired JdbcClient jdbc;

    final UUID vendorId = UUID.randomUUID();
    final String vendor = TestTokens.bearer(vendorId, CUSTOMER, VENDOR);
    final String rival = TestTokens.bearer(UUID.randomUUID(), CUSTOMER, VENDOR);
    final String staff = TestTokens.bearer(UUID.randomUUID(), STORE_MANAGER);

    @Test
    void a_picture_is_added_shown_and_deleted() throws Exception {
        var chair = shop.product(1);
        var added =
                upload(staff, "products/" + chair, Uploads.jpeg(2000, 1000), " A chair ")
                        .andExpect(status().isCreated())
                        .andExpect(jsonPath("$.alt").value("A chair"))
                        .andExpect(jsonPath("$.width").value(1600));
        String url = read(added, "$.url");
        String thumbnail = read(added, "$.thumbnail_url");
        added.andExpect(header().string("Location", url));

        var shown =
                http.perform(get(url))
                        .andExpect(status().isOk())
                        .andExpect(header().string("Content-Type", "image/jpeg"))
                        .andExpect(header().string("X-Content-Type-Options", "nosniff"))
                        .andExpect(
                                header().string(
                                                "Cache-Control",
                                                "max-age=31536000, public, immutable"))
                        .andReturn()
                        .getResponse();
        assertThat(shown.getContentAsByteArray()).hasSize(shown.getContentLength());
        assertThat(Uploads.decoded(shown.getContentAsByteArray()).getWidth()).isEqualTo(1600);
        var small = http.perform(get(thumbnail)).andReturn().getResponse();
        assertThat(Uploads.decoded(small.getContentAsByteArray()).getWidth()).isEqualTo(320);
        assertThat(small.getHeader("ETag")).isNotEqualTo(shown.getHeader("ETag"));

        http.perform(get(url).header("If-None-Match", String.valueOf(shown.getHeader("ETag"))))
                .andExpect(status().isNotModified())
                .andExpect(header().string("Cache-Control", containsString("immutable")));
        http.perform(head(url)).andExpect(status().isOk());

        http.perform(delete(url).header(AUTHORIZATION, staff)).andExpect(status().isNoContent());
        http.perform(delete(url).header(AUTHORIZATION, staff)).andExpect(status().isNotFound());
        http.perform(get(url)).andExpect(status().isNotFound());
        http.perform(get(thumbnail))
                .andExpect(status().isNotFound())
                .andExpect(jsonPath("$.type").value("/problems/no-such-image"));
        assertThat(store.open(id(url), Variant.FULL)).isEmpty();
    }

    @Test
    void what_a_file_is_called_does_not_matter_but_what_it_is() throws Exception {
        var path = "products/" + shop.product(1);
        upload(staff, path, "<html><script>alert(1)</script></html>".getBytes(UTF_8), null)
                .andExpect(status().isUnsupportedMediaType())
                .andExpect(jsonPath("$.type").value("/problems/unsupported-image"));
        upload(staff, path, new byte[0], null).andExpect(status().isUnsupportedMediaType());
        upload(staff, path, Arrays.copyOf(Uploads.png(50, 50), 60), null)
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.errors.image").isNotEmpty());
        upload(staff, path, Uploads.bomb(50_000, 50_000), null)
                .andExpect(status().isContentTooLarge())
                .andExpect(jsonPath("$.type").value("/problems/too-many-pixels"));
        upload(staff, path, Arrays.copyOf(Uploads.png(5, 5), 5 * 1024 * 1024 + 1), null)
                .andExpect(status().isContentTooLarge())
                .andExpect(jsonPath("$.type").value("/problems/content-too-large"));
        http.perform(multipart("/api/v1/" + path + "/images").header(AUTHORIZATION, staff))
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.errors.image").isNotEmpty());
        upload(staff, path, Uploads.png(5, 5), "x".repeat(201))
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.errors.alt").isNotEmpty());
        upload(staff, path, Uploads.WEBP, null).andExpect(status().isCreated());
    }

    @Test
    void a_vendor_pictures_its_own_products_only() throws Exception {
        var path = "products/" + shop.product(1, vendorId);
        var picture = Uploads.png(5, 5);
        String url = read(upload(vendor, path, picture, null), "$.url");
        upload(rival, path, picture, null).andExpect(status().isNotFound());
        upload(TestTokens.bearer(vendorId, CUSTOMER), path, picture, null)
                .andExpect(status().isForbidden());
        http.perform(multipart("/api/v1/" + path + "/images")).andExpect(status().isUnauthorized());
        upload(vendor, "categories/" + shop.category(), picture, null)
                .andExpect(status().isForbidden());

        http.perform(delete(url).header(AUTHORIZATION, rival)).andExpect(status().isNotFound());
        change(rival, url, "{\"alt\": \"Mine\"}").andExpect(status().isNotFound());
        http.perform(delete(url)).andExpect(status().isUnauthorized());
        change(vendor, url, "{\"alt\": \"Mine\"}")
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.alt").value("Mine"));
        http.perform(delete(url).header(AUTHORIZATION, vendor)).andExpect(status().isNoContent());
    }

    @Test
    void what_is_not_on_sale_is_seen_by_those_who_keep_it_only() throws Exception {
        var unapproved = shop.product(1, vendorId);
        String url =
                read(upload(vendor, "products/" + unapproved, Uploads.png(5, 5), null), "$.url");
        for (var path : List.of(url, url + "/thumbnail")) {
            http.perform(get(path))
                    .andExpect(status().isNotFound())
                    .andExpect(jsonPath("$.type").value("/problems/no-such-image"));
            for (var other : List.of(rival, TestTokens.bearer(vendorId, CUSTOMER))) {
                http.perform(get(path).header(AUTHORIZATION, other))
                        .andExpect(status().isNotFound());
            }
            for (var keeper : List.of(vendor, staff)) {
                http.perform(get(path).header(AUTHORIZATION, keeper))
                        .andExpect(status().isOk())
                        .andExpect(header().string("Cache-Control", "no-store"));
            }
        }
    }

    @Test
    void a_picture_is_not_shown_any_more_once_its_product_is_withdrawn() throws Exception {
        jdbc.sql("insert into vendors (id, standing, settled) values (?, 'APPROVED', 1)")
                .param(vendorId)
                .update();
        var chair = shop.product(1, vendorId);
        String url = read(upload(vendor, "products/" + chair, Uploads.png(5, 5), null), "$.url");
        assertThat(Statements.of(() -> http.perform(get(url)).andExpect(status().isOk())))
                .as("no more is asked for what everybody looks at")
                .hasSize(1);

        shop.withdraw(chair);
        http.perform(get(url)).andExpect(status().isNotFound());
        http.perform(get(url).header(AUTHORIZATION, vendor))
                .andExpect(status().isOk())
                .andExpect(header().string("Cache-Control", "no-store"));
    }

    @Test
    void pictures_stand_in_an_order_that_can_be_changed() throws Exception {
        var chair = shop.product(1);
        var path = "products/" + chair;
        var urls = new String[3];
        for (int i = 0; i < 3; i++) {
            urls[i] = read(upload(staff, path, Uploads.png(5, 5), "p" + i), "$.url");
        }
        assertThat(alts(chair)).containsExactly("p0", "p1", "p2");
        change(staff, urls[2], "{\"position\": 0}").andExpect(status().isOk());
        assertThat(alts(chair)).containsExactly("p2", "p0", "p1");
        change(staff, urls[0], "{\"position\": 99}").andExpect(status().isOk());
        assertThat(alts(chair)).containsExactly("p2", "p1", "p0");
        change(staff, urls[0], "{\"position\": -1}").andExpect(status().isBadRequest());
        http.perform(delete(urls[1]).header(AUTHORIZATION, staff));
        assertThat(pictures.of(Set.of(chair)).get(chair))
                .extracting(Picture::position)
                .containsExactly(0, 1);
    }

    @Test
    void there_are_no_more_than_may_be_however_many_come_at_once() throws Exception {
        var chair = Subject.product(shop.product(1));
        var upload = Uploads.upload(Uploads.png(5, 5));
        var work =
                Stream.<Callable<Picturing.Hanging>>generate(
                                () -> () -> picturing.hang(chair, upload, null, vendorId))
                        .limit(14)
                        .toList();
        int done = 0;
        try (var workers = Executors.newFixedThreadPool(4)) {
            for (var end : workers.invokeAll(work)) {
                if (end.get() instanceof Done) {
                    done++;
                }
            }
        }
        assertThat(done).isEqualTo(10);
        assertThat(pictures.of(Set.of(chair.id())).get(chair.id()))
                .extracting(Picture::position)
                .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        upload(staff, "products/" + chair.id(), Uploads.png(5, 5), null)
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.type").value("/problems/too-many-images"));
    }

    @Test
    void a_category_has_pictures_until_it_is_deleted() throws Exception {
        var category = shop.category();
        String url =
                read(upload(staff, "categories/" + category, Uploads.jpeg(5, 5), null), "$.url");
        assertThat(pictures.ofCategories(Set.of(category)).get(category)).hasSize(1);
        http.perform(delete("/api/v1/categories/" + category).header(AUTHORIZATION, staff))
                .andExpect(status().isNoContent());
        http.perform(get(url)).andExpect(status().isNotFound());
        upload(staff, "categories/" + category, Uploads.jpeg(5, 5), null)
                .andExpect(status().isNotFound());
    }

    @Test
    void the_same_upload_under_one_key_is_one_picture() throws Exception {
        var chair = shop.product(1);
        for (int again = 0; again < 2; again++) {
            http.perform(
                            multipart("/api/v1/products/" + chair + "/images")
                                    .file(new MockMultipartFile("image", Uploads.png(5, 5)))
                                    .header("Idempotency-Key", chair)
                                    .header(AUTHORIZATION, staff))
                    .andExpect(status().isCreated());
        }
        assertThat(alts(chair)).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void what_is_created_with_a_picture_has_it_or_is_not_there(Kind kind) {
        var upload = Uploads.upload(Uploads.png(5, 5));
        var made =
                picturing.exhibit(
                        kind,
                        upload,
                        "first",
                        vendorId,
                        () -> kind == Kind.PRODUCT ? shop.product(1) : shop.category());
        assertThat(pictures.of(kind, Set.of(made)).get(made))
                .extracting(Picture::alt)
                .containsExactly("first");

        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(
                        () ->
                                picturing.exhibit(
                                        kind,
                                        upload,
                                        null,
                                        vendorId,
                                        () -> {
                                            throw new IllegalArgumentException("no");
                                        }));
        assertThatExceptionOfType(BadPicture.class)
                .isThrownBy(
                        () ->
                                picturing.exhibit(
                                        kind,
                                        Uploads.upload(new byte[20]),
                                        null,
                                        vendorId,
                                        () -> {
                                            throw new AssertionError("made without a picture");
                                        }));
    }

    @Test
    void what_a_crash_left_behind_is_swept_and_nothing_else() {
        var developed = new Developed(Format.PNG, 1, 1, new byte[] {1}, new byte[] {1});
        var old = Clock.offset(clock, Duration.ofHours(-2));
        var orphan = Uuid7.mint(old);
        var young = Uuid7.mint(clock);
        var hung = Uuid7.mint(old);
        for (var id : List.of(orphan, young, hung)) {
            store.keep(id, developed);
        }
        pictures.add(
                new Picture(
                        hung,
                        Subject.product(shop.product(1)),
                        0,
                        null,
                        Format.PNG,
                        1,
                        1,
                        vendorId,
                        old.instant()));
        sweeping.sweep();
        assertThat(store.open(orphan, Variant.FULL)).isEmpty();
        assertThat(store.open(young, Variant.FULL)).isPresent();
        assertThat(store.open(hung, Variant.THUMBNAIL)).isPresent();
    }

    @Test
    @Timeout(60)
    void while_one_upload_waits_for_the_store_none_waits_with_a_connection() throws Exception {
        var begun = new CountDownLatch(1);
        var end = new CountDownLatch(1);
        var slow = mock(PictureStore.class, delegatesTo(store));
        willAnswer(
                        _ -> {
                            begun.countDown();
                            end.await();
                            return null;
                        })
                .given(slow)
                .keep(any(), any());
        var picturing = picturing(slow);
        var chair = shop.product(1);
        var upload = Uploads.upload(Uploads.png(5, 5));
        var keyed =
                List.<Supplier<?>>of(
                        () -> picturing.hang(Subject.product(chair), upload, null, vendorId),
                        () -> picturing.exhibit(Kind.PRODUCT, upload, null, vendorId, () -> chair),
                        () -> picturing.present(Kind.PRODUCT, upload, vendorId, () -> chair));
        try (var workers = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = workers.submit(() -> keyed.getFirst().get());
            begun.await();
            try {
                for (var another : keyed) {
                    assertThatExceptionOfType(Busy.class)
                            .isThrownBy(() -> transaction.execute(_ -> another.get()));
                }
            } finally {
                end.countDown();
            }
            assertThat(first.get()).isInstanceOf(Done.class);
        }
    }

    @Test
    @Timeout(60)
    void who_comes_while_another_upload_is_worked_on_may_come_again() throws Exception {
        var begun = new CountDownLatch(1);
        var end = new CountDownLatch(1);
        var upload =
                multipart("/api/v1/products/" + shop.product(1) + "/images")
                        .file(new MockMultipartFile("image", Uploads.png(5, 5)))
                        .header("Idempotency-Key", UUID.randomUUID())
                        .header(AUTHORIZATION, staff);
        try (var workers = Executors.newVirtualThreadPerTaskExecutor()) {
            workers.submit(() -> darkroom.develop(Uploads.slow(begun, end), it -> it));
            begun.await();
            try {
                http.perform(upload)
                        .andExpect(status().isTooManyRequests())
                        .andExpect(header().string("Retry-After", "5"))
                        .andExpect(jsonPath("$.type").value("/problems/busy"));
            } finally {
                end.countDown();
            }
        }
        http.perform(upload).andExpect(status().isCreated());
    }

    @Test
    void no_connection_waits_for_bytes_to_be_deleted() {
        var inTransaction = new ArrayList<Boolean>();
        var watched = mock(PictureStore.class, delegatesTo(store));
        willAnswer(
                        _ -> {
                            inTransaction.add(
                                    TransactionSynchronizationManager.isActualTransactionActive());
                            return null;
                        })
                .given(watched)
                .delete(any());
        var picturing = picturing(watched);
        var upload = Uploads.upload(Uploads.png(5, 5));
        var nothing = Subject.product(UUID.randomUUID());

        transaction.execute(_ -> picturing.hang(nothing, upload, null, vendorId));
        assertThat(inTransaction).isEmpty();
        picturing.hang(nothing, upload, null, vendorId);
        assertThat(inTransaction).containsExactly(false);
        var hung = picturing.hang(Subject.product(shop.product(1)), upload, null, vendorId);
        assertThat(hung)
                .isInstanceOfSatisfying(
                        Done.class, it -> assertThat(picturing.remove(it.picture().id())).isTrue());
        assertThat(inTransaction).containsExactly(false, false);
    }

    /** In a darkroom of its own. */
    private Picturing picturing(PictureStore store) {
        return new Picturing(
                new Darkroom(properties), store, pictures, transaction, cache, properties, clock);
    }

    private List<String> alts(UUID product) {
        return pictures.of(Set.of(product)).getOrDefault(product, List.of()).stream()
                .map(picture -> String.valueOf(picture.alt()))
                .toList();
    }

    /** Under a name and a type that are not its own. */
    private ResultActions upload(String who, String what, byte[] bytes, @Nullable String alt)
            throws Exception {
        var form =
                multipart("/api/v1/" + what + "/images")
                        .file(new MockMultipartFile("image", "holiday.png", "image/png", bytes));
        if (alt != null) {
            form.param("alt", alt);
        }
        return http.perform(form.header(AUTHORIZATION, who));
    }

    private ResultActions change(String who, String url, String body) throws Exception {
        return http.perform(
                patch(url)
                        .header(AUTHORIZATION, who)
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(body));
    }

    private static UUID id(String url) {
        return UUID.fromString(url.substring(url.lastIndexOf('/') + 1));
    }

    private static String read(ResultActions answer, String path) throws Exception {
        return JsonPath.read(
                answer.andExpect(status().isCreated())
                        .andReturn()
                        .getResponse()
                        .getContentAsString(),
                path);
    }
}
