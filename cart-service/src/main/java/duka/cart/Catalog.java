package duka.cart;

import duka.events.Money;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryRegistry;
import io.github.resilience4j.timelimiter.TimeLimiter;
import io.github.resilience4j.timelimiter.TimeLimiterRegistry;
import java.util.Currency;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.client.HttpClientErrorException;

/**
 * Asks catalog for what its events have not yet told. It answers within a second or not at all, so
 * that a POST which holds a database connection for its idempotency key cannot hold it long.
 */
@Component
class Catalog {

    /** Not yet heard of: whatever catalog says about the product is newer. */
    private static final long UNHEARD = 0;

    private static final String NAME = "catalog";
    private static final Logger log = LoggerFactory.getLogger(Catalog.class);

    private final CatalogApi api;
    private final TimeLimiter limit;
    private final Retry retry;
    private final CircuitBreaker breaker;
    private final Bulkhead bulkhead;
    private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();

    Catalog(
            CatalogApi api,
            TimeLimiterRegistry limits,
            RetryRegistry retries,
            CircuitBreakerRegistry breakers,
            BulkheadRegistry bulkheads) {
        this.api = api;
        this.limit = limits.timeLimiter(NAME);
        this.retry = retries.retry(NAME);
        this.breaker = breakers.circuitBreaker(NAME);
        this.bulkhead = bulkheads.bulkhead(NAME);
    }

    /**
     * @return nothing if there is none
     * @throws CatalogAway if it cannot be asked
     */
    Optional<Product> product(UUID id) {
        try {
            return asked(() -> api.product(id))
                    .map(
                            found ->
                                    new Product(
                                            found.id(),
                                            UNHEARD,
                                            found.slug(),
                                            found.name(),
                                            Money.of(
                                                    found.unitPrice(),
                                                    Currency.getInstance(found.currency())),
                                            found.isActive(),
                                            null,
                                            0));
        } catch (Exception e) {
            throw new CatalogAway(e);
        }
    }

    /** How many there are; nothing if it cannot be asked: the reservation has the last word. */
    Optional<Integer> available(UUID id) {
        try {
            return asked(() -> api.stock(id)).map(CatalogApi.FoundStock::available);
        } catch (Exception e) {
            log.warn("product {}: availability unknown, catalog is away: {}", id, e.toString());
            return Optional.empty();
        }
    }

    private <T> Optional<T> asked(Supplier<T> question) throws Exception {
        Supplier<Optional<T>> call = () -> unlessNotFound(question);
        var patient =
                Retry.decorateSupplier(
                        retry,
                        CircuitBreaker.decorateSupplier(
                                breaker, Bulkhead.decorateSupplier(bulkhead, call)));
        return limit.executeFutureSupplier(() -> calls.submit(patient::get));
    }

    /** An answer like any other, and no reason to think catalog ill. */
    private static <T> Optional<T> unlessNotFound(Supplier<T> question) {
        try {
            return Optional.of(question.get());
        } catch (HttpClientErrorException.NotFound none) {
            return Optional.empty();
        }
    }
}
