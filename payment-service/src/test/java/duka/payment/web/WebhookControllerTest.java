package duka.payment.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;

import duka.payment.Webhooks;
import duka.payment.Webhooks.Receipt;
import duka.web.TestTokens;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

@WebMvcTest(WebhookController.class)
@Import(TestTokens.class)
class WebhookControllerTest {

    @Autowired MockMvcTester http;
    @MockitoBean Webhooks webhooks;

    @ParameterizedTest
    @CsvSource({"TAKEN, 204", "NOT_PROVEN, 401", "UNREADABLE, 400", "UNKNOWN_PROVIDER, 404"})
    void whoever_sends_a_webhook_hears_what_became_of_it(Receipt receipt, int status) {
        given(webhooks.receive(eq("simulator"), any(), eq("{ }".getBytes()))).willReturn(receipt);

        assertThat(
                        http.post()
                                .uri("/api/v1/webhooks/simulator")
                                .contentType(MediaType.APPLICATION_JSON)
                                .content("{ }"))
                .hasStatus(status);
    }
}
