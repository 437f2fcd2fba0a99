package duka.identity.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import duka.identity.Actor;
import duka.identity.Profile;
import duka.identity.Registering;
import duka.identity.Role;
import duka.identity.SigningIn;
import duka.identity.SigningIn.Tokens;
import duka.identity.User;
import duka.identity.UserId;
import duka.jobs.TooMuchWork;
import duka.web.TestTokens;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

@WebMvcTest(AuthController.class)
@Import(TestTokens.class)
class AuthControllerTest {

    private static final User AMINA =
            new User(
                    new UserId(UUID.fromString("0198c0de-0000-7000-8000-000000000001")),
                    "amina",
                    "amina@example.com",
                    true,
                    Set.of(Role.CUSTOMER, Role.VENDOR),
                    true,
                    Instant.parse("2026-01-01T00:00:00Z"),
                    Profile.named("Amina", "Otieno", "+254700000001"));

    private static final Actor FROM_HERE = new Actor(null, null, "127.0.0.1", null);

    @Autowired MockMvcTester http;
    @MockitoBean Registering registering;
    @MockitoBean SigningIn signingIn;

    @Test
    void signing_up_answers_with_the_account() {
        when(registering.register(any(), any(), anyString(), any(), any())).thenReturn(AMINA);

        var answer =
                post(
                        "/api/v1/auth/register",
                        """
                        {"username": " amina ", "email": "amina@example.com", "password": "giraffe-42-lake",
                         "first_name": "Amina", "role": "ADMIN", "is_staff": true}
                        """);

        assertThat(answer)
                .hasStatus(201)
                .bodyJson()
                .isLenientlyEqualTo(
                        """
                        {"id": "0198c0de-0000-7000-8000-000000000001", "username": "amina",
                         "email": "amina@example.com", "first_name": "Amina", "last_name": "Otieno",
                         "phone_number": "+254700000001", "email_verified": true, "role": "VENDOR",
                         "roles": ["CUSTOMER", "VENDOR"], "is_active": true,
                         "date_joined": "2026-01-01T00:00:00Z"}
                        """);
        assertThat(answer).bodyText().doesNotContain("password");
        verify(registering)
                .register(
                        "amina",
                        "amina@example.com",
                        "giraffe-42-lake",
                        Profile.named("Amina", "", ""),
                        FROM_HERE);
    }

    @Test
    void a_username_that_is_an_address_is_the_address() {
        when(registering.register(any(), any(), anyString(), any(), any())).thenReturn(AMINA);

        assertThat(
                        post(
                                "/api/v1/auth/register",
                                """
                                {"username": "amina@example.com", "email": "", "password": "giraffe-42-lake"}
                                """))
                .hasStatus(201);

        verify(registering)
                .register(
                        null,
                        "amina@example.com",
                        "giraffe-42-lake",
                        Profile.named("", "", ""),
                        FROM_HERE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "{}",
                "{\"password\": \"giraffe-42-lake\"}",
                "{\"email\": \"amina@example.com\"}",
                "{\"email\": \"no address\", \"password\": \"giraffe-42-lake\"}",
                "{\"email\": [], \"password\": \"giraffe-42-lake\"}",
                "{\"email\": \"a@example.com\", \"password\": {\"a\": 1}}",
                "{\"username\": \"a\\u0000b\", \"password\": \"giraffe-42-lake\"}",
                "{\"username\": \"other@example.com\", \"email\": \"a@example.com\", \"password\": \"x\"}",
                "{\"username\": \"amina\", \"password\": \"giraffe-42-lake\", \"phone_number\": \"call me\"}"
            })
    void a_sign_up_that_makes_no_sense_is_invalid(String body) {
        assertThat(post("/api/v1/auth/register", body))
                .hasStatus(400)
                .hasContentType(MediaType.APPLICATION_PROBLEM_JSON);

        verifyNoInteractions(registering);
    }

    @Test
    void who_comes_with_too_many_others_is_told_to_come_back() {
        when(signingIn.signIn("amina@example.com", "giraffe-42-lake", FROM_HERE))
                .thenThrow(TooMuchWork.class);

        assertThat(
                        post(
                                "/api/v1/auth/token",
                                """
                                {"email": "amina@example.com", "password": "giraffe-42-lake"}
                                """))
                .hasStatus(429)
                .hasHeader("Retry-After", "5")
                .bodyJson()
                .extractingPath("type")
                .isEqualTo("/problems/busy");
    }

    @ParameterizedTest
    @ValueSource(strings = {"username", "email"})
    void signing_in_answers_with_tokens(String field) {
        when(signingIn.signIn("amina@example.com", "giraffe-42-lake", FROM_HERE))
                .thenReturn(Optional.of(tokens()));

        assertThat(
                        post(
                                "/api/v1/auth/token",
                                "{\"%s\": \"amina@example.com\", \"password\": \"giraffe-42-lake\"}"
                                        .formatted(field)))
                .hasStatusOk()
                .bodyJson()
                .isLenientlyEqualTo(
                        """
                        {"access": "a.b.c", "refresh": "next", "token_type": "Bearer", "expires_in": 900,
                         "user": {"email": "amina@example.com", "role": "VENDOR"}}
                        """);
    }

    @Test
    void the_wrong_password_is_401() {
        when(signingIn.signIn(anyString(), anyString(), any())).thenReturn(Optional.empty());

        assertThat(post("/api/v1/auth/token", "{\"username\": \"amina\", \"password\": \"x\"}"))
                .hasStatus(401)
                .bodyJson()
                .extractingPath("$.type")
                .isEqualTo("/problems/wrong-credentials");
    }

    @ParameterizedTest
    @ValueSource(strings = {"refresh", "refresh_token"})
    void refreshing_answers_with_the_next_pair(String field) {
        when(signingIn.refresh("last", FROM_HERE)).thenReturn(Optional.of(tokens()));

        assertThat(post("/api/v1/auth/token/refresh", "{\"%s\": \"last\"}".formatted(field)))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.refresh")
                .isEqualTo("next");
    }

    @Test
    void a_refresh_token_that_is_not_good_any_more_is_401() {
        when(signingIn.refresh("old", FROM_HERE)).thenReturn(Optional.empty());

        assertThat(post("/api/v1/auth/token/refresh", "{\"refresh\": \"old\"}")).hasStatus(401);
        assertThat(post("/api/v1/auth/token/refresh", "{}")).hasStatus(400);
    }

    @Test
    void signing_out_needs_no_more_than_the_refresh_token() {
        assertThat(post("/api/v1/auth/logout", "{\"refresh\": \"last\"}")).hasStatus(204);

        verify(signingIn).signOut("last", FROM_HERE);
    }

    private MvcTestResult post(String path, String body) {
        return http.post()
                .uri(path)
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
    }

    private static Tokens tokens() {
        return new Tokens(AMINA, "a.b.c", "next", Duration.ofMinutes(15));
    }
}
