package duka.identity.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import duka.identity.mail.KeptMail;
import duka.identity.mail.MailKeeping;
import duka.identity.mail.MailKeeping.Retry;
import duka.identity.mail.MailState;
import duka.web.Role;
import duka.web.TestTokens;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

@WebMvcTest(MailController.class)
@Import(TestTokens.class)
class MailControllerTest {

    private static final UUID ID = UUID.fromString("0198c0de-0000-7000-8000-000000000001");
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

    @Autowired MockMvcTester http;
    @MockitoBean MailKeeping mails;

    @Test
    void an_admin_sees_what_is_stuck_and_why() {
        when(mails.list(MailState.FAILED, 10, 0)).thenReturn(List.of(mail(MailState.FAILED)));
        when(mails.count(MailState.FAILED)).thenReturn(1L);

        assertThat(get("?state=failed", Role.ADMIN))
                .hasStatusOk()
                .bodyJson()
                .isStrictlyEqualTo(
                        """
                        {"count": 1, "next": null, "previous": null, "results": [
                          {"id": "0198c0de-0000-7000-8000-000000000001", "recipient_id": null,
                           "order_id": null, "template": "order-confirmed", "state": "FAILED",
                           "attempts": 3, "failure": "550 nobody of that name",
                           "written_at": "2026-01-01T00:00:00Z", "next_try": null,
                           "ended_at": "2026-01-01T00:00:00Z"}]}
                        """);
    }

    @Test
    void a_state_that_is_none_is_400() {
        assertThat(get("?state=lost", Role.ADMIN))
                .hasStatus(400)
                .hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
        verifyNoInteractions(mails);
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "ADMIN")
    void it_is_nobody_elses_business(Role role) {
        assertThat(get("", role)).hasStatus(403);
        assertThat(retry(role)).hasStatus(403);
        assertThat(http.get().uri("/api/v1/mails")).hasStatus(401);
        verifyNoInteractions(mails);
    }

    @Test
    void a_failed_mail_is_tried_again() {
        when(mails.retry(ID)).thenReturn(Optional.of(new Retry.Queued(mail(MailState.WAITING))));

        assertThat(retry(Role.ADMIN))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.state")
                .isEqualTo("WAITING");
    }

    @Test
    void one_that_went_is_not() {
        when(mails.retry(ID)).thenReturn(Optional.of(new Retry.Refused(mail(MailState.SENT))));

        assertThat(retry(Role.ADMIN))
                .hasStatus(409)
                .bodyJson()
                .extractingPath("$.type")
                .isEqualTo("/problems/mail-not-failed");
    }

    @Test
    void one_that_is_not_there_is_404() {
        when(mails.retry(any())).thenReturn(Optional.empty());
        when(mails.list(any(), anyInt(), anyLong())).thenReturn(List.of());

        assertThat(retry(Role.ADMIN)).hasStatus(404);
        assertThat(get("?page=2", Role.ADMIN)).hasStatus(404);
    }

    private MvcTestResult get(String query, Role role) {
        return http.get()
                .uri("/api/v1/mails" + query)
                .header("Authorization", TestTokens.bearer(UUID.randomUUID(), role))
                .exchange();
    }

    private MvcTestResult retry(Role role) {
        return http.post()
                .uri("/api/v1/mails/{id}/retry", ID)
                .header("Authorization", TestTokens.bearer(UUID.randomUUID(), role))
                .exchange();
    }

    private static KeptMail mail(MailState state) {
        return new KeptMail(
                ID,
                null,
                null,
                "ORDER_CONFIRMED",
                state,
                3,
                "550 nobody of that name",
                AT,
                null,
                AT);
    }
}
