package duka.identity.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import duka.events.AccountEvent.Standing;
import duka.identity.Actor;
import duka.identity.Business;
import duka.identity.Selling;
import duka.identity.UserId;
import duka.identity.Vendor;
import duka.identity.VendorSearch;
import duka.web.Role;
import duka.web.TestTokens;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

@WebMvcTest(VendorController.class)
@Import(TestTokens.class)
class VendorControllerTest {

    private static final UUID ID = UUID.fromString("0198c0de-0000-7000-8000-000000000001");
    private static final String PATH = "/api/v1/vendors/" + ID;
    private static final String OWNER = TestTokens.bearer(ID, Role.CUSTOMER, Role.VENDOR);
    private static final String OTHER =
            TestTokens.bearer(UUID.fromString("0198c0de-0000-7000-8000-000000000002"), Role.VENDOR);
    private static final String ADMIN =
            TestTokens.bearer(UUID.fromString("0198c0de-0000-7000-8000-000000000003"), Role.ADMIN);
    private static final String MANAGER =
            TestTokens.bearer(
                    UUID.fromString("0198c0de-0000-7000-8000-000000000004"), Role.STORE_MANAGER);

    @Autowired MockMvcTester http;
    @MockitoBean Selling selling;

    @BeforeEach
    void let_the_vendor_be_there() {
        when(selling.change(any(), any(), any()))
                .thenAnswer(
                        call -> {
                            Function<Vendor, Business> change = call.getArgument(1);
                            var before = vendor(Standing.APPROVED);
                            return new Vendor(
                                    before.id(),
                                    change.apply(before),
                                    Standing.UNDER_REVIEW,
                                    null,
                                    before.version() + 1,
                                    before.applied(),
                                    before.changed());
                        });
        when(selling.approve(any(), any(), any()))
                .thenAnswer(
                        call -> {
                            call.<LongConsumer>getArgument(1).accept(3);
                            return vendor(Standing.APPROVED);
                        });
    }

    @Test
    void an_application_answers_with_the_vendor_under_review() {
        when(selling.apply(any(), any(), any())).thenReturn(vendor(Standing.UNDER_REVIEW));

        var answer =
                send(
                        OWNER,
                        HttpMethod.POST,
                        "/api/v1/vendors",
                        """
                        {"business_name": "otieno crafts", "business_address": "Moi Avenue",
                         "business_id": 5120034, "standing": "APPROVED"}
                        """,
                        null);

        assertThat(answer)
                .hasStatus(201)
                .hasHeader("Location", PATH)
                .hasHeader("ETag", "\"3\"")
                .bodyJson()
                .isLenientlyEqualTo(
                        """
                        {"id": "%s", "business_name": "Otieno Crafts", "standing": "UNDER_REVIEW",
                         "business_address": "Moi Avenue", "business_id": 5120034, "version": 3}
                        """
                                .formatted(ID));
        verify(selling)
                .apply(
                        eq(new UserId(ID)),
                        eq(new Business("Otieno Crafts", "Moi Avenue", 5120034L)),
                        any(Actor.class));
    }

    @Test
    void everybody_sees_the_name_of_an_approved_vendor_and_no_more() {
        when(selling.find(new UserId(ID))).thenReturn(Optional.of(vendor(Standing.APPROVED)));

        for (var who : new @Nullable String[] {null, OTHER}) {
            assertThat(send(who, HttpMethod.GET, PATH, null, null))
                    .hasStatusOk()
                    .bodyJson()
                    .isStrictlyEqualTo(
                            """
                            {"id": "%s", "business_name": "Otieno Crafts", "standing": "APPROVED"}
                            """
                                    .formatted(ID));
        }
    }

    @Test
    void who_is_not_approved_is_seen_by_staff_and_by_themselves() {
        when(selling.find(new UserId(ID))).thenReturn(Optional.of(vendor(Standing.SUSPENDED)));

        assertThat(send(null, HttpMethod.GET, PATH, null, null)).hasStatus(404);
        assertThat(send(OTHER, HttpMethod.GET, PATH, null, null)).hasStatus(404);
        for (var who : List.of(OWNER, ADMIN, MANAGER)) {
            assertThat(send(who, HttpMethod.GET, PATH, null, null))
                    .hasStatusOk()
                    .bodyJson()
                    .extractingPath("$.business_id")
                    .isEqualTo(5120034);
        }
        assertThat(send(OWNER, HttpMethod.GET, "/api/v1/vendors/me", null, null)).hasStatusOk();
    }

    @Test
    void staff_lists_all_and_others_the_approved_ones() {
        send(MANAGER, HttpMethod.GET, "/api/v1/vendors?standing=UNDER_REVIEW&search=a", null, null);
        send(null, HttpMethod.GET, "/api/v1/vendors", null, null);

        verify(selling).count(new VendorSearch("a", Standing.UNDER_REVIEW));
        verify(selling).count(new VendorSearch(null, Standing.APPROVED));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {"business_name": "new crafts"}               |       | 200
                    {"business_name": "new crafts"}               | "3"   | 200
                    {"business_name": "new crafts"}               | "2"   | 412
                    {"business_name": "new crafts", "version": 3} |       | 200
                    {"business_name": "new crafts", "version": 2} |       | 409
                    {"business_name": ""}                         |       | 400
                    {"business_name": null}                       |       | 400
                    {"business_id": -1}                           |       | 400
                    """)
    void a_change_is_meant_for_what_its_author_has_seen(
            String body, @Nullable String ifMatch, int status) {
        for (var path : List.of(PATH, "/api/v1/vendors/me")) {
            assertThat(send(OWNER, HttpMethod.PATCH, path, body, ifMatch)).hasStatus(status);
        }
    }

    @Test
    void only_the_owner_and_an_admin_change_a_vendor() {
        var body = "{\"business_address\": \"Ngong Road\"}";

        assertThat(send(OTHER, HttpMethod.PATCH, PATH, body, null)).hasStatus(404);
        assertThat(send(MANAGER, HttpMethod.PATCH, PATH, body, null)).hasStatus(404);
        assertThat(send(ADMIN, HttpMethod.PATCH, PATH, body, null))
                .hasStatusOk()
                .bodyJson()
                .isLenientlyEqualTo(
                        """
                        {"business_name": "Otieno Crafts", "business_address": "Ngong Road",
                         "standing": "UNDER_REVIEW", "version": 4}
                        """);
    }

    @Test
    void only_an_admin_decides() {
        when(selling.close(any(), any())).thenReturn(vendor(Standing.CLOSED));
        when(selling.suspend(any(), any(), any(), any())).thenReturn(vendor(Standing.SUSPENDED));
        var reason = "{\"reason\": \"No permit.\"}";

        for (var who : List.of(OWNER, OTHER, MANAGER)) {
            assertThat(send(who, HttpMethod.POST, PATH + "/approve", null, null)).hasStatus(403);
            assertThat(send(who, HttpMethod.POST, PATH + "/suspend", reason, null)).hasStatus(403);
            assertThat(send(who, HttpMethod.DELETE, PATH, null, null)).hasStatus(403);
        }
        assertThat(send(ADMIN, HttpMethod.POST, PATH + "/approve", null, null)).hasStatusOk();
        assertThat(send(ADMIN, HttpMethod.POST, PATH + "/approve", null, "\"2\"")).hasStatus(412);
        assertThat(send(ADMIN, HttpMethod.POST, PATH + "/suspend", reason, null)).hasStatusOk();
        assertThat(send(ADMIN, HttpMethod.POST, PATH + "/suspend", "{}", null)).hasStatus(400);
        assertThat(send(ADMIN, HttpMethod.DELETE, PATH, null, null)).hasStatusOk();
    }

    private static Vendor vendor(Standing standing) {
        return new Vendor(
                new UserId(ID),
                new Business("Otieno Crafts", "Moi Avenue", 5120034L),
                standing,
                null,
                3,
                Instant.parse("2026-01-01T00:00:00Z"),
                Instant.parse("2026-01-02T00:00:00Z"));
    }

    private MvcTestResult send(
            @Nullable String token,
            HttpMethod method,
            String path,
            @Nullable String body,
            @Nullable String ifMatch) {
        var request = http.method(method).uri(path);
        if (token != null) {
            request.header("Authorization", token);
        }
        if (ifMatch != null) {
            request.header("If-Match", ifMatch);
        }
        if (body != null) {
            request.contentType(MediaType.APPLICATION_JSON).content(body);
        }
        return request.exchange();
    }
}
