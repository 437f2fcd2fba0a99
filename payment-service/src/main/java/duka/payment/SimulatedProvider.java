package duka.payment;

import duka.messaging.Sealer;
import duka.payment.NoAnswer.Kind;
import duka.payment.SimulatorApi.AuthorizationStatus;
import duka.payment.SimulatorApi.Operation;
import duka.payment.SimulatorApi.Status;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestClientResponseException;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

/** The provider that Duka brings along for development, demos and proofs. */
@Component
class SimulatedProvider implements PaymentProvider {

    static final String NAME = "simulator";

    private static final Logger log = LoggerFactory.getLogger(SimulatedProvider.class);

    private final SimulatorApi simulator;
    private final Sealer sealer;
    private final CircuitBreaker breaker;
    private final Bulkhead bulkhead;

    SimulatedProvider(
            SimulatorProperties properties,
            RestClient client,
            Sealer sealer,
            CircuitBreakerRegistry breakers,
            BulkheadRegistry bulkheads) {
        this.simulator =
                HttpServiceProxyFactory.builderFor(RestClientAdapter.create(client))
                        .build()
                        .createClient(SimulatorApi.class);
        this.sealer = sealer;
        this.breaker =
                breakers.circuitBreaker(
                        NAME,
                        CircuitBreakerConfig.custom()
                                .slidingWindowSize(50)
                                .minimumNumberOfCalls(20)
                                .waitDurationInOpenState(Duration.ofSeconds(2))
                                .permittedNumberOfCallsInHalfOpenState(5)
                                .recordException(fault -> !isRefusal(fault))
                                .build());
        this.bulkhead =
                bulkheads.bulkhead(
                        NAME,
                        BulkheadConfig.custom()
                                .maxConcurrentCalls(properties.concurrency())
                                .build());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Answer ask(Request request, boolean again) {
        var known = again ? call(() -> known(request.key())) : Optional.<Operation>empty();
        return known.or(() -> call(() -> sent(request)))
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

    private <T> T call(Supplier<T> call) {
        try {
            return Bulkhead.decorateSupplier(bulkhead, breaker.decorateSupplier(call)).get();
        } catch (CallNotPermittedException | BulkheadFullException e) {
            throw new NoAnswer(Kind.PASSING, e.getMessage());
        } catch (HttpClientErrorException.TooManyRequests e) {
            throw new NoAnswer(Kind.PASSING, e.getMessage());
        } catch (HttpClientErrorException e) {
            throw new NoAnswer(Kind.ALARMING, e.getMessage());
        } catch (RestClientException e) {
            throw new NoAnswer(Kind.PASSING, String.valueOf(e.getMessage()));
        }
    }

    /** A refusal shows that the provider is well; that it does not let us in shows nothing. */
    private static boolean isRefusal(Throwable fault) {
        return fault instanceof NoAnswer
                || fault instanceof RestClientResponseException answered
                        && answered.getStatusCode().is4xxClientError()
                        && answered.getStatusCode() != HttpStatus.UNAUTHORIZED
                        && answered.getStatusCode() != HttpStatus.FORBIDDEN;
    }
}
