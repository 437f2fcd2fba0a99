package duka.payment;

import duka.messaging.Sealer;
import duka.payment.NoAnswer.Kind;
import duka.payment.SimulatorApi.AuthorizationStatus;
import duka.payment.SimulatorApi.Operation;
import duka.payment.SimulatorApi.Status;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

/** The provider that Duka brings along for development, demos and proofs. */
@Component
class SimulatedProvider implements PaymentProvider {

    static final String NAME = "simulator";

    private static final Logger log = LoggerFactory.getLogger(SimulatedProvider.class);

    private final SimulatorApi simulator;
    private final SimulatorCalls calls;
    private final Sealer sealer;

    SimulatedProvider(RestClient simulator, SimulatorCalls calls, Sealer sealer) {
        this.simulator =
                HttpServiceProxyFactory.builderFor(RestClientAdapter.create(simulator))
                        .build()
                        .createClient(SimulatorApi.class);
        this.calls = calls;
        this.sealer = sealer;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Answer ask(Request request, boolean again) {
        var known = again ? calls.call(() -> known(request.key())) : Optional.<Operation>empty();
        return known.or(() -> calls.call(() -> sent(request)))
                .map(operation -> answer(request, operation))
                .orElseGet(() -> new Answer.Declined("refused by the provider"));
    }

    private Optional<Operation> known(String key) {
        try {
            return Optional.of(simulator.operation(key));
        } catch (HttpClientErrorException.NotFound e) {
            return Optional.empty();
        }
    }

    /** Nothing if it would not consider an authorization, and has done nothing by its key. */
    private Optional<Operation> sent(Request request) {
        try {
            return Optional.of(send(request));
        } catch (HttpClientErrorException.BadRequest
                | HttpClientErrorException.UnprocessableContent e) {
            if (request instanceof Request.Authorize asked) {
                log.warn("order {}: {} to its authorization", asked.orderId(), e.getStatusCode());
                return known(request.key());
            }
            throw e;
        }
    }

    private Operation send(Request request) {
        return switch (request) {
            case Request.Authorize(var key, var orderId, var amount, var token) -> {
                if (token == null) {
                    throw new NoAnswer(Kind.ALARMING, "it has forgotten " + key);
                }
                yield simulator.authorize(
                        new SimulatorApi.Authorize(
                                key,
                                orderId.toString(),
                                amount.minorUnits(),
                                amount.currency().getCurrencyCode(),
                                sealer.open(token)));
            }
            case Request.Capture(var key, var reference) ->
                    simulator.capture(reference, new SimulatorApi.Change(key));
            case Request.Void(var key, var reference) ->
                    simulator.voidIt(reference, new SimulatorApi.Change(key));
            case Request.Refund refund ->
                    simulator.refund(
                            refund.reference(),
                            new SimulatorApi.Refund(refund.key(), refund.amount().minorUnits()));
        };
    }

    /** What an operation, as it stands, says to the request that was made by its key. */
    static Answer answer(Request request, Operation operation) {
        var status = operation.status();
        if (status == null) {
            throw new NoAnswer(Kind.ALARMING, "an answer without a status");
        }
        var reason = String.valueOf(operation.reason());
        return switch (request) {
            case Request.Authorize _ ->
                    switch (status) {
                        case SUCCEEDED -> new Answer.Authorized(authorization(operation));
                        case PENDING ->
                                new Answer.ActionRequired(
                                        authorization(operation), operation.actionUrl());
                        case REFUSED -> new Answer.Declined(reason);
                    };
            case Request.Capture _ ->
                    switch (status) {
                        case SUCCEEDED -> new Answer.Captured();
                        case REFUSED -> new Answer.CaptureRefused(reason);
                        case PENDING -> throw contradiction(operation);
                    };
            case Request.Void _ when isVoided(operation) -> new Answer.Voided();
            case Request.Void _
                    when operation.authorizationStatus() == AuthorizationStatus.DECLINED ->
                    new Answer.HadDeclined(reason);
            case Request.Void _ -> throw contradiction(operation);
            case Request.Refund refund ->
                    switch (status) {
                        case SUCCEEDED -> new Answer.Refunded(refund.refundId());
                        case REFUSED -> new Answer.RefundRefused(refund.refundId(), reason);
                        case PENDING -> throw contradiction(operation);
                    };
        };
    }

    /** Without it, what was authorized could be neither captured nor voided. */
    private static String authorization(Operation operation) {
        var id = operation.authorizationId();
        if (id == null) {
            throw new NoAnswer(Kind.ALARMING, "an answer without an authorization");
        }
        return id;
    }

    private static NoAnswer contradiction(Operation operation) {
        return new NoAnswer(Kind.ALARMING, "its books contradict ours: " + operation.reason());
    }

    private static boolean isVoided(Operation operation) {
        return operation.status() == Status.SUCCEEDED
                || operation.authorizationStatus() == AuthorizationStatus.VOIDED;
    }
}
