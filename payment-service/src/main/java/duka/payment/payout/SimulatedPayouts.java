package duka.payment.payout;

import duka.payment.NoAnswer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
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

    SimulatedPayouts(RestClient simulator) {
        this.simulator = simulator;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Answer pay(Payout payout, AccountNumber to) {
        var made = ask(payout, to);
        if (made == null) {
            throw new NoAnswer(NoAnswer.Kind.PASSING, "an empty answer");
        }
        return switch (made.status()) {
            case SUCCEEDED -> new Answer.Paid(made.payoutId());
            case REFUSED -> new Answer.Refused(String.valueOf(made.reason()));
        };
    }

    private @Nullable Made ask(Payout payout, AccountNumber to) {
        var id = payout.id().toString();
        var amount = payout.amount();
        try {
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
        } catch (HttpClientErrorException.TooManyRequests e) {
            throw new NoAnswer(NoAnswer.Kind.PASSING, String.valueOf(e.getMessage()));
        } catch (HttpClientErrorException e) {
            throw new NoAnswer(NoAnswer.Kind.ALARMING, String.valueOf(e.getMessage()));
        } catch (RestClientException e) {
            throw new NoAnswer(NoAnswer.Kind.PASSING, String.valueOf(e.getMessage()));
        }
    }
}
