package duka.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import duka.events.Money;
import duka.payment.SimulatorApi.Operation;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class SimulatedProviderTest {

    static final Money AMOUNT = Money.of("10.00", "KES");

    static final Request AUTHORIZE = new Request.Authorize("a", UUID.randomUUID(), AMOUNT, null);

    static final List<Request> REQUESTS =
            List.of(
                    AUTHORIZE,
                    new Request.Capture("c", "auth_1"),
                    new Request.Void("v", "auth_1"),
                    new Request.Refund("r", UUID.randomUUID(), "auth_1", AMOUNT));

    @ParameterizedTest
    @FieldSource("REQUESTS")
    void an_answer_without_a_status_is_none(Request request) {
        isNoAnswer(request, "{}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SUCCEEDED", "PENDING"})
    void an_authorization_that_has_no_name_is_none(String status) {
        isNoAnswer(AUTHORIZE, "{\"status\": \"%s\"}".formatted(status));
    }

    @Test
    void a_refused_authorization_needs_no_name() {
        assertThat(answer(AUTHORIZE, "{\"status\": \"REFUSED\", \"reason\": \"stolen\"}"))
                .isEqualTo(new Answer.Declined("stolen"));
    }

    private static void isNoAnswer(Request request, String json) {
        assertThatExceptionOfType(NoAnswer.class)
                .isThrownBy(() -> answer(request, json))
                .returns(NoAnswer.Kind.ALARMING, NoAnswer::kind);
    }

    private static Answer answer(Request request, String json) {
        return SimulatedProvider.answer(
                request, JsonMapper.builder().build().readValue(json, Operation.class));
    }
}
