package duka.simulator;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Down for good once the books could not be written: what is not on disk is not answered. */
@Component
class BooksHealth implements HealthIndicator {

    private final Books books;

    BooksHealth(Books books) {
        this.books = books;
    }

    @Override
    public Health health() {
        return books.areHealthy() ? Health.up().build() : Health.down().build();
    }
}
