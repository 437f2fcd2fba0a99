package duka.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.StatusCode;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DiscreetSpanTest {

    final Recorder recorder = new Recorder();

    @Test
    void it_shows_the_route_and_neither_the_address_nor_what_went_wrong_in_words() {
        var span =
                recorder.otel()
                        .spanBuilder("http get /api/v1/auth/email/verify")
                        .setAttribute("uri", "/api/v1/auth/email/verify")
                        .setAttribute("http.url", "/api/v1/auth/email/verify?token=secret")
                        .setAttribute("http.uri", "http://gateway/password-reset/secret/")
                        .setAttribute("orderId", "01a200f6-4a3b-7000-b670-39dff34dc182")
                        .startSpan();
        span.recordException(new IllegalStateException("no account amina@example.com"));
        span.setStatus(StatusCode.ERROR, "no account amina@example.com");
        span.end();

        var shown = new DiscreetSpan(recorder.ended(span));

        assertThat(shown.getAttributes().asMap())
                .isEqualTo(
                        Map.of(
                                AttributeKey.stringKey("uri"), "/api/v1/auth/email/verify",
                                AttributeKey.stringKey("orderId"),
                                        "01a200f6-4a3b-7000-b670-39dff34dc182"));
        assertThat(shown.getTotalAttributeCount()).isEqualTo(2);
        assertThat(shown.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(shown.getStatus().getDescription()).isEmpty();
        assertThat(shown.getEvents()).isEmpty();
        assertThat(shown.getTotalRecordedEvents()).isZero();
    }
}
