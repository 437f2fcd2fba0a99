package duka.web.sample;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import duka.web.TestTokens;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.http.MediaType;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

/** The service is up and identity has never been seen. */
@WebMvcTest(properties = "duka.security.jwks-uri=http://localhost:9/jwks.json")
class KeysAwayTest {

    @Autowired MockMvcTester mvc;
    @MockitoBean Notes notes;

    @Test
    void a_token_that_cannot_be_checked_is_our_trouble_and_not_its_bearers() {
        var token =
                TestTokens.signed(
                        new JWTClaimsSet.Builder().subject(UUID.randomUUID().toString()).build());
        for (int i = 0; i < 5; i++) {
            assertThat(
                            mvc.get()
                                    .uri("/api/v1/me")
                                    .header("Authorization", "Bearer " + token)
                                    .exchange())
                    .hasStatus(503)
                    .hasContentType(MediaType.APPLICATION_PROBLEM_JSON)
                    .hasHeader("Retry-After", "1")
                    .bodyJson()
                    .extractingPath("$.type")
                    .isEqualTo("/problems/unavailable");
        }
    }

    @Test
    void guests_are_served_all_the_same() {
        assertThat(mvc.get().uri("/api/v1/open/me").exchange()).hasStatusOk();
    }
}
