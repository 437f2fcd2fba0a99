package duka.payment;

import duka.payment.NoAnswer.Kind;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.function.Supplier;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestClientResponseException;
import tools.jackson.core.JacksonException;

/** Calls to the simulator, whatever it is asked for: so many at once, and none while it is away. */
@Component
public class SimulatorCalls {

    private final CircuitBreaker breaker;
    private final Bulkhead bulkhead;

    SimulatorCalls(
            SimulatorProperties properties,
            CircuitBreakerRegistry breakers,
            BulkheadRegistry bulkheads) {
        this.breaker =
                breakers.circuitBreaker(
                        SimulatedProvider.NAME,
                        CircuitBreakerConfig.custom()
                                .slidingWindowSize(50)
                                .minimumNumberOfCalls(20)
                                .waitDurationInOpenState(Duration.ofSeconds(2))
                                .permittedNumberOfCallsInHalfOpenState(5)
                                .recordException(fault -> !isRefusal(fault))
                                .build());
        this.bulkhead =
                bulkheads.bulkhead(
                        SimulatedProvider.NAME,
                        BulkheadConfig.custom()
                                .maxConcurrentCalls(properties.concurrency())
                                .build());
    }

    /**
     * What the call answers.
     *
     * @throws NoAnswer if nothing is known now
     */
    public <T> T call(Supplier<T> call) {
        try {
            return Bulkhead.decorateSupplier(bulkhead, breaker.decorateSupplier(call)).get();
        } catch (CallNotPermittedException
                | BulkheadFullException
                | HttpClientErrorException.TooManyRequests e) {
            throw noAnswer(Kind.PASSING, e);
        } catch (HttpClientErrorException e) {
            throw noAnswer(Kind.ALARMING, e);
        } catch (RestClientException | UncheckedIOException | JacksonException e) {
            throw noAnswer(Kind.PASSING, e);
        }
    }

    private static NoAnswer noAnswer(Kind kind, Exception fault) {
        return new NoAnswer(kind, String.valueOf(fault.getMessage()));
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
