package duka.payment.payout;

import duka.payment.NoAnswer;
import duka.payment.SimulatorCalls;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** Pays through the provider that Duka brings along; it pays once by an idempotency key. */
@Component
class SimulatedPayouts implements PayoutProvider {

    static final String NAME = "simulator";

    @JsonNaming(SnakeCaseStrategy.class)
    private record PayoutOrder(
            String idempotencyKey,
            String reference,
            String bankCode,
            String accountNumber,
            long amountMinor,
            String currency) {}

    @JsonNaming(SnakeCaseStrategy.class)
    private record Made(Status status, String payoutId, @Nullable String reason) {}

    private enum Status {
        SUCCEEDED,
        REFUSED
    }

    private final RestClient simulator;
    private final SimulatorCalls calls;

    SimulatedPayouts(RestClient simulator, SimulatorCalls calls) {
        this.simulator = simulator;
        this.calls = calls;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Answer pay(Payout payout, AccountNumber to) {
        var made = calls.call(() -> ask(payout, to));
        var status = made == null ? null : made.status();
        if (status == null) {
            throw new NoAnswer(NoAnswer.Kind.ALARMING, "an answer without a status");
        }
        return switch (status) {
            case SUCCEEDED -> new Answer.Paid(made.payoutId());
            case REFUSED -> new Answer.Refused(String.valueOf(made.reason()));
        };
    }

    private @Nullable Made ask(Payout payout, AccountNumber to) {
        var id = payout.id().toString();
        var amount = payout.amount();
        return simulator
                .post()
                .uri("/v1/payouts")
                .body(
                        new PayoutOrder(
                                id,
                                id,
                                payout.bank().code(),
                                to.digits(),
                                amount.minorUnits(),
                                amount.currency().getCurrencyCode()))
                .retrieve()
                .body(Made.class);
    }
}
