package duka.identity.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import duka.identity.Actor;
import duka.identity.BadToken;
import duka.identity.ChangingPassword;
import duka.identity.EmailNotVerified;
import duka.identity.ForgottenPasswords;
import duka.identity.PasswordRefused;
import duka.identity.PasswordRefused.Why;
import duka.identity.TooManyTries;
import duka.identity.UserId;
import duka.web.Role;
import duka.web.TestTokens;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.Mockito;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

@WebMvcTest(PasswordController.class)
@Import(TestTokens.class)
class PasswordControllerTest {

    private static final UUID ME = UUID.fromString("0198c0de-0000-7000-8000-000000000001");
    private static final String CHANGE =
            "{\"current_password\": \"giraffe-42-lake\", \"new_password\": \"walrus-43-pond\"}";

    @Autowired MockMvcTester http;
    @MockitoBean ChangingPassword changing;
    @MockitoBean ForgottenPasswords forgotten;

    @Test
    void a_change_has_no_more_to_say() {
        assertThat(post("change", CHANGE)).hasStatus(204).body().isEmpty();

        verify(changing)
                .change(
                        eq(new UserId(ME)),
                        eq("giraffe-42-lake"),
                        eq("walrus-43-pond"),
                        any(Actor.class));
    }

    @ParameterizedTest
    @CsvSource({
        "WRONG_CURRENT,   400, wrong-password",
        "SAME_AS_CURRENT, 400, password-reuse",
        "WRONG_CODE,      400, wrong-code",
        "NO_CODE,         400, code-expired",
        "NOT_ALLOWED,     409, permission-expired"
    })
    void a_refusal_says_why(Why why, int status, String type) {
        var refusal = mock(PasswordRefused.class);
        when(refusal.why()).thenReturn(why);
        Mockito.doThrow(refusal).when(changing).change(any(), any(), any(), any());

        assertThat(post("change", CHANGE))
                .hasStatus(status)
                .bodyJson()
                .extractingPath("$.type")
                .isEqualTo("/problems/" + type);
    }

    @Test
    void who_has_tried_too_often_is_told_how_long_to_wait() {
        var refusal = mock(TooManyTries.class);
        when(refusal.waitFor()).thenReturn(Duration.ofMillis(119_500));
        Mockito.doThrow(refusal).when(changing).change(any(), any(), any(), any());

        assertThat(post("change", CHANGE)).hasStatus(429).hasHeader("Retry-After", "120");
    }

    @Test
    void a_code_goes_to_a_verified_address_only() {
        Mockito.doThrow(mock(EmailNotVerified.class)).when(changing).askForCode(any());

        assertThat(post("change/request", "{}"))
                .hasStatus(403)
                .bodyJson()
                .extractingPath("$.type")
                .isEqualTo("/problems/email-not-verified");
    }

    @Test
    void forgetting_is_answered_alike_for_all() {
        assertThat(post("forgot", "{\"email\": \"amina@example.com\"}"))
                .hasStatusOk()
                .bodyJson()
                .hasPath("$.detail");

        verify(forgotten).add(eq("amina@example.com"), any(Actor.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"token", "reset_token"})
    void a_reset_takes_the_token_by_either_name(String field) {
        assertThat(
                        post(
                                "reset",
                                "{\"%s\": \"abc\", \"new_password\": \"walrus-43-pond\", \"confirm_password\": \"walrus-43-pond\"}"
                                        .formatted(field)))
                .hasStatus(204);

        verify(changing).reset(eq("abc"), eq("walrus-43-pond"), any(Actor.class));
    }

    @ParameterizedTest
    @CsvSource({"true, token-expired", "false, invalid-token"})
    void a_token_that_is_not_good_is_400(boolean expired, String type) {
        var refusal = mock(BadToken.class);
        when(refusal.isExpired()).thenReturn(expired);
        Mockito.doThrow(refusal).when(changing).reset(anyString(), anyString(), any());

        assertThat(post("reset", "{\"token\": \"abc\", \"new_password\": \"walrus-43-pond\"}"))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("$.type")
                .isEqualTo("/problems/" + type);
    }

    private MvcTestResult post(String path, String body) {
        return http.post()
                .uri("/api/v1/auth/password/" + path)
                .header("Authorization", TestTokens.bearer(ME, Role.CUSTOMER))
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
    }
}
