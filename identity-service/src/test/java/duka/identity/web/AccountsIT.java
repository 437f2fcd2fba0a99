package duka.identity.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWKSet;
import duka.identity.WholeService;
import java.io.UnsupportedEncodingException;
import java.net.URI;
import java.text.ParseException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Accounts as their owners and the admins meet them, with the tokens that this service signs. */
@WholeService
class AccountsIT {

    private static final String PASSWORD = "giraffe-42-lake";

    @Autowired MockMvcTester http;
    @Autowired JsonMapper json;
    @Autowired JdbcClient jdbc;

    private final String username = "amina-" + UUID.randomUUID();
    private String id = "";
    private String customer = "";
    private String admin = "";

    @BeforeEach
    void sign_up() {
        id = read(post(null, "/api/v1/auth/register", account(username))).path("id").asString();
        customer = signIn(username);
        admin = theOnlyAdmin();
    }

    private String theOnlyAdmin() {
        jdbc.sql("update users set active = false where 'ADMIN' = any (roles)").update();
        var boss = "boss-" + UUID.randomUUID();
        read(post(null, "/api/v1/auth/register", account(boss)));
        jdbc.sql("update users set roles = array['ADMIN'] where username = ?").param(boss).update();
        return signIn(boss);
    }

    @Test
    void one_sees_and_changes_ones_own_profile() {
        assertThat(
                        send(
                                customer,
                                HttpMethod.PUT,
                                "/api/v1/auth/profile",
                                "{\"city\": \"Nairobi\", \"address_line1\": \"Moi Avenue\"}"))
                .hasStatusOk()
                .bodyJson()
                .isLenientlyEqualTo(
                        """
                        {"first_name": "Amina", "last_name": "", "phone_number": "", "city": "Nairobi",
                         "address_line1": "Moi Avenue", "address_line2": "", "country": "",
                         "postal_code": ""}
                        """);
        assertThat(
                        send(
                                customer,
                                HttpMethod.PATCH,
                                "/api/v1/auth/profile",
                                "{\"city\": null, \"country\": \"Kenya\"}"))
                .hasStatusOk();
        assertThat(get(customer, "/api/v1/auth/profile"))
                .bodyJson()
                .isLenientlyEqualTo(
                        """
                        {"city": "", "country": "Kenya", "address_line1": "Moi Avenue"}
                        """);
        assertThat(
                        send(
                                customer,
                                HttpMethod.PATCH,
                                "/api/v1/auth/profile",
                                "{\"postal_code\": \"%s\"}".formatted("1".repeat(21))))
                .hasStatus(400)
                .bodyJson()
                .hasPath("$.errors.postal_code");
    }

    @Test
    void one_sees_ones_own_account_and_nobody_elses() {
        var other = read(post(null, "/api/v1/auth/register", account(username + "-2")));

        assertThat(get(customer, "/api/v1/users/me"))
                .bodyJson()
                .extractingPath("$.id")
                .isEqualTo(id);
        assertThat(get(customer, "/api/v1/users/" + id)).hasStatusOk();
        assertThat(get(customer, "/api/v1/users/" + other.path("id").asString())).hasStatus(404);
        assertThat(get(customer, "/api/v1/users/" + UUID.randomUUID())).hasStatus(404);
        assertThat(get(admin, "/api/v1/users/" + id)).hasStatusOk();
        assertThat(get(admin, "/api/v1/users/" + UUID.randomUUID())).hasStatus(404);
    }

    @Test
    void only_an_admin_deactivates() {
        var wish = "{\"is_active\": false}";

        assertThat(send(customer, HttpMethod.PATCH, "/api/v1/users/" + id, wish)).hasStatus(403);
        assertThat(send(admin, HttpMethod.PATCH, "/api/v1/users/" + id, wish))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.is_active")
                .isEqualTo(false);
        assertThat(post(null, "/api/v1/auth/token", credentials(username))).hasStatus(401);
    }

    @Test
    void only_an_admin_gives_roles() {
        var path = "/api/v1/users/" + id + "/roles";
        var wish = "{\"roles\": [\"customer\", \"STORE_MANAGER\"]}";

        assertThat(post(customer, path, wish)).hasStatus(403);
        assertThat(post(null, path, wish)).hasStatus(401);
        assertThat(post(admin, path, wish))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.role")
                .isEqualTo("STORE_MANAGER");
        assertThat(post(admin, path, "{\"roles\": [\"KING\"]}")).hasStatus(400);
        assertThat(post(admin, path, "{\"roles\": []}")).hasStatus(400);
        assertThat(post(admin, path, "{\"roles\": [null]}")).hasStatus(400);
    }

    @Test
    void the_last_admin_cannot_step_down() {
        var boss = read(get(admin, "/api/v1/users/me")).path("id").asString();

        assertThat(post(admin, "/api/v1/users/" + boss + "/roles", "{\"roles\": [\"CUSTOMER\"]}"))
                .hasStatus(409)
                .bodyJson()
                .extractingPath("$.type")
                .isEqualTo("/problems/last-admin");
    }

    @Test
    void an_admin_lists_users() {
        assertThat(get(admin, "/api/v1/users?search=" + username.toUpperCase()))
                .bodyJson()
                .isLenientlyEqualTo(
                        """
                        {"count": 1, "next": null, "previous": null, "results": [{"id": "%s"}]}
                        """
                                .formatted(id));
        assertThat(get(admin, "/api/v1/users?page_size=1&ordering=date_joined&role=customer"))
                .bodyJson()
                .extractingPath("$.results.length()")
                .isEqualTo(1);
        assertThat(get(customer, "/api/v1/users")).hasStatus(403);
        assertThat(get(null, "/api/v1/users")).hasStatus(401);
    }

    @Test
    void asking_for_headers_only_opens_nothing_else() {
        for (var path :
                List.of(
                        "/api/v1/users",
                        "/api/v1/audit-log",
                        "/api/v1/mails",
                        "/api/v1/auth/keys")) {
            assertThat(send(customer, HttpMethod.HEAD, path, null)).hasStatus(403);
            assertThat(send(null, HttpMethod.HEAD, path, null)).hasStatus(401);
        }
        assertThat(send(admin, HttpMethod.HEAD, "/api/v1/users", null)).hasStatusOk();
    }

    @Test
    void what_is_public_is_so_by_its_headers_too() {
        assertThat(send(null, HttpMethod.HEAD, "/api/v1/vendors", null)).hasStatusOk();
        assertThat(send(null, HttpMethod.HEAD, "/api/v1/vendors/" + id, null)).hasStatus(404);
        assertThat(send(null, HttpMethod.HEAD, "/api/v1/vendors/me", null)).hasStatus(401);
        assertThat(send(null, HttpMethod.HEAD, "/.well-known/jwks.json", null)).hasStatusOk();
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/users?ordering=password, 400",
        "/api/v1/users?role=king, 400",
        "/api/v1/users?is_active=perhaps, 400",
        "/api/v1/users?page=0, 400",
        "/api/v1/users?page=x, 400",
        "/api/v1/users?page_size=101, 400",
        "/api/v1/users?page=99999, 404",
        "/api/v1/users/not-an-id, 400",
        "/api/v1/users?search=%25_', 200"
    })
    void what_makes_no_sense_is_no_fault_of_ours(String path, int status) {
        assertThat(http.get().uri(URI.create(path)).header("Authorization", admin))
                .hasStatus(status);
    }

    @Test
    void a_name_that_is_taken_is_a_conflict() {
        assertThat(post(null, "/api/v1/auth/register", account(username.toUpperCase())))
                .hasStatus(409)
                .bodyJson()
                .hasPath("$.errors.username");
    }

    @Test
    void a_weak_password_is_invalid() {
        assertThat(
                        post(
                                null,
                                "/api/v1/auth/register",
                                "{\"email\": \"weak@example.com\", \"password\": \"password123\"}"))
                .hasStatus(400)
                .bodyJson()
                .hasPath("$.errors.password");
    }

    @Test
    void a_phone_number_leads_to_one_account() {
        var number = "+2547%08d".formatted(ThreadLocalRandom.current().nextInt(100_000_000));
        var wish = "{\"phone_number\": \"%s\"}".formatted(number);

        assertThat(send(customer, HttpMethod.PATCH, "/api/v1/auth/profile", wish)).hasStatusOk();
        assertThat(send(admin, HttpMethod.PATCH, "/api/v1/auth/profile", wish))
                .hasStatus(409)
                .bodyJson()
                .hasPath("$.errors.phone_number");
        assertThat(
                        post(
                                null,
                                "/api/v1/auth/register",
                                "{\"username\": \"%s-3\", \"password\": \"%s\", \"phone_number\": \"%s\"}"
                                        .formatted(username, PASSWORD, number)))
                .hasStatus(409);
    }

    @Test
    void an_admin_deactivates_and_reactivates() {
        assertThat(send(admin, HttpMethod.DELETE, "/api/v1/users/" + id, null)).hasStatus(204);
        assertThat(send(admin, HttpMethod.DELETE, "/api/v1/users/" + id, null)).hasStatus(204);
        assertThat(post(null, "/api/v1/auth/token", credentials(username))).hasStatus(401);

        assertThat(post(admin, "/api/v1/users/" + id + "/reactivate", "{}")).hasStatusOk();
        assertThat(post(null, "/api/v1/auth/token", credentials(username))).hasStatusOk();
        assertThat(send(admin, HttpMethod.DELETE, "/api/v1/users/" + UUID.randomUUID(), null))
                .hasStatus(404);
    }

    @Test
    void only_an_admin_says_that_an_address_is_verified() {
        var email = username + "@example.com";
        var other =
                read(
                        post(
                                null,
                                "/api/v1/auth/register",
                                "{\"email\": \"%s\", \"password\": \"%s\"}"
                                        .formatted(email, PASSWORD)));
        var path = "/api/v1/users/" + other.path("id").asString();
        var wish = "{\"email_verified\": true}";

        assertThat(other.path("email_verified").asBoolean()).isFalse();
        assertThat(send(signIn(email), HttpMethod.PATCH, path, wish)).hasStatus(403);
        assertThat(send(admin, HttpMethod.PATCH, path, wish))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.email_verified")
                .isEqualTo(true);
        assertThat(send(admin, HttpMethod.PATCH, "/api/v1/users/" + id, wish))
                .hasStatus(400)
                .bodyJson()
                .hasPath("$.errors.email_verified");
    }

    @Test
    void one_keeps_addresses() {
        var path = "/api/v1/users/me/addresses";
        var added =
                post(
                        customer,
                        path,
                        "{\"address_line1\": \"Moi Avenue\", \"city\": \"Nairobi\", \"country\": \"Kenya\"}");
        assertThat(added).hasStatus(201);
        var one = read(added);
        assertThat(added).hasHeader("Location", path + "/" + one.path("id").asString());
        assertThat(one.path("is_default_shipping").asBoolean()).isTrue();

        var itself = path + "/" + one.path("id").asString();
        assertThat(send(customer, HttpMethod.PATCH, itself, "{\"city\": \"Thika\"}"))
                .hasStatusOk()
                .bodyJson()
                .isLenientlyEqualTo("{\"city\": \"Thika\", \"address_line1\": \"Moi Avenue\"}");
        assertThat(send(customer, HttpMethod.PATCH, itself, "{\"city\": null}")).hasStatus(400);
        assertThat(get(customer, path))
                .bodyJson()
                .extractingPath("$.results[0].city")
                .isEqualTo("Thika");
        assertThat(get(admin, itself)).hasStatus(404);
        assertThat(send(admin, HttpMethod.PATCH, itself, "{}")).hasStatus(404);
        assertThat(send(admin, HttpMethod.DELETE, itself, null)).hasStatus(404);
        assertThat(send(customer, HttpMethod.DELETE, itself, null)).hasStatus(204);
        assertThat(get(customer, itself)).hasStatus(404);
    }

    @Test
    void one_sees_and_ends_ones_sessions() {
        var elsewhere = signIn(username);
        var path = "/api/v1/users/me/sessions";
        var sessions = read(get(elsewhere, path));

        assertThat(sessions.path("count").asInt()).isEqualTo(2);
        var current = sessions.path("results").get(0);
        var other = sessions.path("results").get(1);
        assertThat(current.path("is_current").asBoolean()).isTrue();
        assertThat(other.path("is_current").asBoolean()).isFalse();

        var that = path + "/" + other.path("id").asString();
        assertThat(send(admin, HttpMethod.DELETE, that, null)).hasStatus(404);
        assertThat(send(elsewhere, HttpMethod.DELETE, that, null)).hasStatus(204);
        assertThat(send(elsewhere, HttpMethod.DELETE, that, null)).hasStatus(404);
        assertThat(send(elsewhere, HttpMethod.DELETE, path, null)).hasStatus(204);
        assertThat(get(elsewhere, path)).bodyJson().extractingPath("$.count").isEqualTo(0);
    }

    @Test
    void an_admin_reads_the_audit_log() {
        var path = "/api/v1/audit-log?act=SIGNED_IN&subject=" + id;

        assertThat(get(admin, path))
                .hasStatusOk()
                .bodyJson()
                .isLenientlyEqualTo(
                        """
                        {"count": 1, "results": [{"act": "SIGNED_IN", "actor": "%s", "subject": "%s",
                                                  "address": "127.0.0.1"}]}
                        """
                                .formatted(id, id));
        assertThat(get(admin, path + "&until=1999-01-01T00:00:00Z"))
                .bodyJson()
                .extractingPath("$.count")
                .isEqualTo(0);
        assertThat(get(admin, path + "&from=-999999999-01-01T00:00:00Z&ordering=at")).hasStatusOk();
        assertThat(get(admin, "/api/v1/audit-log?act=NOTHING")).hasStatus(400);
        assertThat(get(admin, "/api/v1/audit-log?from=yesterday")).hasStatus(400);
        assertThat(get(admin, "/api/v1/audit-log?actor=x")).hasStatus(400);
        assertThat(get(admin, "/api/v1/audit-log?ordering=address")).hasStatus(400);
    }

    @Test
    void an_admin_rotates_the_signing_key_and_all_tokens_go_on_working() {
        var path = "/api/v1/auth/keys/rotate";
        var next = read(post(admin, path, "{}"));

        assertThat(read(post(admin, path, "{}"))).isEqualTo(next);
        assertThat(body(get(null, "/.well-known/jwks.json")))
                .contains(next.path("key_id").asString());
        assertThat(get(customer, "/api/v1/users/me")).hasStatusOk();
        assertThat(get(signIn(username), "/api/v1/users/me")).hasStatusOk();
    }

    @Test
    void guessing_a_password_ends_in_having_to_wait() {
        var wrong = "{\"username\": \"%s\", \"password\": \"wrong-42\"}".formatted(username);
        for (int i = 0; i < 5; i++) {
            assertThat(post(null, "/api/v1/auth/token", wrong)).hasStatus(401);
        }

        assertThat(post(null, "/api/v1/auth/token", credentials(username)))
                .hasStatus(429)
                .headers()
                .containsHeader("Retry-After");
    }

    @Test
    void the_public_keys_are_public_and_the_private_ones_are_not() throws ParseException {
        var keys = get(null, "/.well-known/jwks.json");

        assertThat(keys).hasStatusOk();
        assertThat(JWKSet.parse(body(keys)).getKeys())
                .isNotEmpty()
                .allSatisfy(
                        key -> {
                            assertThat(key.isPrivate()).isFalse();
                            assertThat(key.getKeyID()).isNotBlank();
                        });
    }

    private String signIn(String name) {
        return "Bearer "
                + read(post(null, "/api/v1/auth/token", credentials(name)))
                        .path("access")
                        .asString();
    }

    private static String account(String username) {
        return "{\"username\": \"%s\", \"password\": \"%s\", \"first_name\": \"Amina\"}"
                .formatted(username, PASSWORD);
    }

    private static String credentials(String name) {
        return "{\"username\": \"%s\", \"password\": \"%s\"}".formatted(name, PASSWORD);
    }

    private MvcTestResult get(@Nullable String token, String path) {
        return send(token, HttpMethod.GET, path, null);
    }

    private MvcTestResult post(@Nullable String token, String path, String body) {
        return send(token, HttpMethod.POST, path, body);
    }

    private MvcTestResult send(
            @Nullable String token, HttpMethod method, String path, @Nullable String body) {
        var request = http.method(method).uri(path);
        if (token != null) {
            request.header("Authorization", token);
        }
        if (body != null) {
            request.contentType(MediaType.APPLICATION_JSON).content(body);
        }
        return request.exchange();
    }

    private JsonNode read(MvcTestResult result) {
        return json.readTree(body(result));
    }

    private static String body(MvcTestResult result) {
        try {
            return result.getResponse().getContentAsString();
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException(e);
        }
    }
}
