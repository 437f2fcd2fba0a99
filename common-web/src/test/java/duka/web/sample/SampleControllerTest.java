package duka.web.sample;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import duka.web.Role;
import duka.web.TestTokens;
import java.net.URI;
import java.time.Clock;
import java.util.Date;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** What a controller gets from what services share, in the slice that services test theirs in. */
@WebMvcTest
@Import(TestTokens.class)
class SampleControllerTest {

    private static final UUID ME = UUID.fromString("0199aaaa-0000-7000-8000-000000000001");

    @Autowired MockMvcTester mvc;
    @MockitoBean Notes notes;

    @Test
    void the_caller_is_who_the_token_says() {
        var answer = get("/api/v1/me", Role.VENDOR, Role.CUSTOMER);
        assertThat(answer)
                .hasStatusOk()
                .bodyJson()
                .isLenientlyEqualTo(
                        """
                        {"id": "%s", "roles": ["CUSTOMER", "VENDOR"], "staff": false}"""
                                .formatted(ME));
    }

    @Test
    void a_guest_is_told_to_sign_in() {
        assertProblem(mvc.get().uri("/api/v1/me").exchange(), 401, "unauthenticated");
        assertThat(mvc.get().uri("/api/v1/me").exchange()).containsHeader("WWW-Authenticate");
    }

    @Test
    void a_broken_token_is_refused_even_where_guests_may_go() {
        var answer =
                mvc.get()
                        .uri("/api/v1/open/me")
                        .header("Authorization", "Bearer nonsense")
                        .exchange();
        assertProblem(answer, 401, "unauthenticated");
        assertThat(answer.getResponse().getHeader("WWW-Authenticate")).contains("invalid_token");
    }

    @Test
    void a_guest_may_go_where_the_rules_let_it() {
        assertThat(mvc.get().uri("/api/v1/open/me").exchange())
                .hasStatusOk()
                .bodyJson()
                .isEqualTo("{\"guest\": true}");
        assertThat(get("/api/v1/open/me")).bodyJson().isEqualTo("{\"guest\": false}");
    }

    @Test
    void the_wrong_role_is_refused_and_the_right_one_is_not() {
        assertProblem(get("/api/v1/staff/desk", Role.CUSTOMER), 403, "forbidden");
        assertThat(get("/api/v1/staff/desk", Role.STORE_MANAGER)).hasStatusOk();
    }

    @Test
    void a_trailing_slash_changes_nothing_not_even_the_rules() {
        assertThat(get("/api/v1/me/")).hasStatusOk();
        assertProblem(get("/api/v1/staff/desk/", Role.CUSTOMER), 403, "forbidden");
    }

    @Test
    void a_page_links_to_its_neighbours_and_keeps_the_rest_of_the_query() {
        assertThat(
                        mvc.get()
                                .uri(URI.create("/api/v1/open/numbers?q=a%20b&page=2&page_size=10"))
                                .exchange())
                .hasStatusOk()
                .bodyJson()
                .isLenientlyEqualTo(
                        """
                        {"count": 25,
                         "next": "/api/v1/open/numbers?q=a%20b&page_size=10&page=3",
                         "previous": "/api/v1/open/numbers?q=a%20b&page_size=10&page=1"}""");
        assertThat(mvc.get().uri("/api/v1/open/numbers?page=3").exchange())
                .bodyJson()
                .isLenientlyEqualTo("{\"next\": null, \"results\": [20, 21, 22, 23, 24]}");
    }

    @ParameterizedTest
    @CsvSource({
        "page=4, 404, no-such-page",
        "page=0, 400, invalid-request",
        "page=x, 400, invalid-request",
        "page=99999999999, 400, invalid-request",
        "page_size=101, 400, invalid-request",
        "page_size=-1, 400, invalid-request"
    })
    void a_page_that_is_not_there(String query, int status, String type) {
        assertProblem(mvc.get().uri("/api/v1/open/numbers?" + query).exchange(), status, type);
    }

    @Test
    void sorting_knows_only_the_columns_it_was_given() {
        assertThat(mvc.get().uri("/api/v1/open/sorted").exchange())
                .bodyJson()
                .isEqualTo("{\"sql\": \"p.price desc, p.name\"}");
        assertThat(mvc.get().uri("/api/v1/open/sorted?ordering=name,-price,name").exchange())
                .bodyJson()
                .isEqualTo("{\"sql\": \"p.name, p.price desc\"}");
        assertProblem(
                mvc.get().uri("/api/v1/open/sorted?ordering=price;drop").exchange(),
                400,
                "invalid-request");
    }

    @Test
    void validation_says_what_is_wrong_under_the_names_of_the_request() {
        var answer =
                post(
                        "/api/v1/baskets",
                        """
                        {"display_name": " ", "lines": [{"product_id": null, "item_quantity": 0}]}""");
        assertProblem(answer, 400, "invalid-request");
        assertThat(answer)
                .bodyJson()
                .extractingPath("$.errors")
                .asMap()
                .containsOnlyKeys("display_name", "lines[0].product_id", "lines[0].item_quantity");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"lines": [{"item_quantity": "many"}]}       | lines[0].item_quantity
                    {"lines": [{"item_quantity": 1.5}]}          | lines[0].item_quantity
                    {"lines": [{"item_quantity": 99999999999}]}  | lines[0].item_quantity
                    {"lines": [{"item_quantity": null}]}         | lines[0].item_quantity
                    {"lines": [{"product_id": "12"}]}            | lines[0].product_id
                    {"lines": 5}                                 | lines
                    {"colour": "BLUE"}                           | colour
                    {"colour": 1}                                | colour
                    {"price": "cheap"}                           | price
                    {"price": 1e999999999}                       | price
                    {"display_name": "a\\u0000b"}                | display_name
                    {"display_name": {}}                         | display_name
                    """)
    void a_value_of_the_wrong_kind_is_named(String body, String field) {
        var answer = post("/api/v1/baskets", body);
        assertProblem(answer, 400, "invalid-request");
        assertThat(answer).bodyJson().extractingPath("$.errors").asMap().containsKey(field);
        assertThat(answer).bodyText().doesNotContain("duka.web", "tools.jackson", "java.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{\"a\": nope}", "[]", "null", "\"text\"", "{} {}"})
    void a_body_that_is_not_the_json_expected(String body) {
        var answer = post("/api/v1/baskets", body);
        assertThat(answer).hasStatus(400);
        assertThat(answer).bodyText().doesNotContain("duka.web", "tools.jackson", "java.");
    }

    @Test
    void deep_json_is_refused() {
        assertProblem(
                post("/api/v1/baskets", "{\"more\":" + "[".repeat(300)), 400, "malformed-json");
    }

    @Test
    void parameters_are_checked_and_named_as_well() {
        var answer = mvc.get().uri("/api/v1/open/colours?colour=RED&how_many=4").exchange();
        assertProblem(answer, 400, "invalid-request");
        assertThat(answer).bodyJson().extractingPath("$.errors.how_many").asArray().hasSize(1);
        assertErrorOf("colour", "/api/v1/open/colours?colour=BLUE&how_many=1");
        assertErrorOf("colour", "/api/v1/open/colours?how_many=1");
        assertErrorOf("how_many", "/api/v1/open/colours?colour=RED&how_many=x");
        assertErrorOf("how_many", "/api/v1/open/colours?colour=RED&how_many=");
        assertErrorOf("id", "/api/v1/open/things/17");
    }

    @Test
    void nul_in_a_query_is_refused() {
        assertProblem(
                mvc.get().uri(URI.create("/api/v1/open/sorted?ordering=%00")).exchange(),
                400,
                "invalid-request");
    }

    @Test
    void what_is_not_there_or_not_done_that_way() {
        assertProblem(get("/api/v1/nothing/here"), 404, "not-found");
        assertProblem(get("/error"), 404, "not-found");
        var delete = mvc.delete().uri("/api/v1/me").header("Authorization", me()).exchange();
        assertProblem(delete, 405, "method-not-allowed");
        assertThat(delete.getResponse().getHeader("Allow")).contains("GET");
        assertProblem(
                mvc.get().uri("/api/v1/open/me").accept(MediaType.TEXT_PLAIN).exchange(),
                406,
                "not-acceptable");
        assertProblem(
                mvc.post()
                        .uri("/api/v1/baskets")
                        .header("Authorization", me())
                        .contentType(MediaType.TEXT_PLAIN)
                        .content("hello")
                        .exchange(),
                415,
                "unsupported-media-type");
    }

    @ParameterizedTest
    @CsvSource({
        "refused, 409, cart-changed",
        "own, 409, out-of-paper",
        "stale, 409, changed-meanwhile",
        "unique, 409, conflict",
        "away, 503, unavailable",
        "lost, 503, unavailable",
        "demoted, 503, unavailable",
        "disk, 503, unavailable",
        "deadlock, 503, busy",
        "range, 400, invalid-request",
        "surprise, 500, internal-error"
    })
    void faults_are_problems_that_tell_nothing_of_our_inside(String kind, int status, String type) {
        var answer = mvc.get().uri("/api/v1/open/faults/" + kind).exchange();
        assertProblem(answer, status, type);
        assertThat(answer).bodyText().doesNotContain("secret", "10.0.0.1", "Exception", "at duka");
        if (status == 503) {
            assertThat(answer).hasHeader("Retry-After", "1");
        }
    }

    @Test
    void a_refusal_carries_what_more_there_is_to_say() {
        assertThat(mvc.get().uri("/api/v1/open/faults/refused").exchange())
                .bodyJson()
                .isEqualTo(
                        """
                        {"type": "/problems/cart-changed", "title": "Cart changed", "status": 409,
                         "detail": "The cart has changed.",
                         "instance": "/api/v1/open/faults/refused", "lines": ["a"]}""");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            delimiter = '|',
            textBlock =
                    """
                    -          | 200
                    "7"        | 200
                    W/"7"      | 200
                    "6", "7"   | 200
                    *          | 200
                    "6"        | 412
                    7          | 412
                    """)
    void if_match(@Nullable String tags, int status) {
        var request = mvc.patch().uri("/api/v1/things/" + ME).header("Authorization", me());
        if (tags != null) {
            request.header("If-Match", tags);
        }
        assertThat(request.exchange()).hasStatus(status);
    }

    @Test
    void a_merge_patch_changes_what_it_names() {
        assertThat(patch("{\"phone\": null, \"address\": {\"city\": \"Mombasa\"}, \"id\": 1}"))
                .hasStatusOk()
                .bodyJson()
                .isEqualTo(
                        """
                        {"first_name": "Wanjiru", "phone": null,
                         "address": {"city": "Mombasa", "street": "Moi Avenue"}}""");
        assertProblem(patch("{\"first_name\": \"\"}"), 400, "invalid-request");
        assertProblem(patch("{\"first_name\": \"\\u0000\"}"), 400, "invalid-request");
        assertProblem(patch("{\"address\": 5}"), 400, "invalid-request");
        assertProblem(patch("[]"), 400, "malformed-json");
        assertProblem(patch("{"), 400, "malformed-json");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    wait=5                    | 5
                    respond-async, wait=7     | 7
                    wait="3"                  | 3
                    wait=86400                | 20
                    wait=99999999999999999999 | 0
                    wait=-1                   | 0
                    return=minimal            | 0
                    """)
    void a_preference_to_wait(String prefer, int seconds) {
        assertThat(mvc.get().uri("/api/v1/open/wait").header("Prefer", prefer).exchange())
                .bodyJson()
                .extractingPath("$.seconds")
                .isEqualTo(seconds);
    }

    @Test
    void tokens_that_somebody_else_made_up_are_refused() {
        var now = Clock.systemUTC().instant();
        var claims =
                new JWTClaimsSet.Builder()
                        .subject(ME.toString())
                        .issuer("duka")
                        .expirationTime(Date.from(now.plusSeconds(60)));
        assertThat(withToken(claims.build())).hasStatusOk();
        assertThat(withToken(new JWTClaimsSet.Builder(claims.build()).issuer("other").build()))
                .hasStatus(401);
        assertThat(withToken(new JWTClaimsSet.Builder(claims.build()).subject("joe").build()))
                .hasStatus(401);
        assertThat(withToken(new JWTClaimsSet.Builder(claims.build()).expirationTime(null).build()))
                .hasStatus(401);
        var past = Date.from(now.minusSeconds(3600));
        assertThat(withToken(new JWTClaimsSet.Builder(claims.build()).expirationTime(past).build()))
                .hasStatus(401);
    }

    private MvcTestResult withToken(JWTClaimsSet claims) {
        return mvc.get()
                .uri("/api/v1/me")
                .header("Authorization", "Bearer " + TestTokens.signed(claims))
                .exchange();
    }

    private void assertErrorOf(String field, String uri) {
        var answer = mvc.get().uri(uri).exchange();
        assertProblem(answer, 400, "invalid-request");
        assertThat(answer).bodyJson().extractingPath("$.errors").asMap().containsOnlyKeys(field);
    }

    private static void assertProblem(MvcTestResult answer, int status, String type) {
        assertThat(answer)
                .hasStatus(status)
                .hasContentType(MediaType.APPLICATION_PROBLEM_JSON)
                .bodyJson()
                .extractingPath("$.type")
                .isEqualTo("/problems/" + type);
        assertThat(answer).bodyJson().extractingPath("$.instance").asString().startsWith("/");
    }

    private MvcTestResult get(String uri, Role... roles) {
        return mvc.get().uri(uri).header("Authorization", TestTokens.bearer(ME, roles)).exchange();
    }

    private MvcTestResult post(String uri, String json) {
        return mvc.post()
                .uri(uri)
                .header("Authorization", me())
                .contentType(MediaType.APPLICATION_JSON)
                .content(json)
                .exchange();
    }

    private MvcTestResult patch(String json) {
        return mvc.patch()
                .uri("/api/v1/profile")
                .header("Authorization", me())
                .contentType("application/merge-patch+json")
                .content(json)
                .exchange();
    }

    private static String me() {
        return TestTokens.bearer(ME, Role.CUSTOMER);
    }
}
