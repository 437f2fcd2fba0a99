package duka.simulator;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Down for good once the books could not be written: what is not on disk is not answered. */
@Component
class BooksHealth implements HealthIndicator {

    private final Books books;
    private final Payouts payouts;

    BooksHealth(Books books, Payouts payouts) {
        this.books = books;
        this.payouts = payouts;
    }

    @Override
    public Health health() {
        var healthy = books.areHealthy() && payouts.areHealthy();
        return healthy ? Health.up().build() : Health.down().build();
    }
}
