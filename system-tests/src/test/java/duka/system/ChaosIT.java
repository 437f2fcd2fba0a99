package duka.system;

import static org.assertj.core.api.Assertions.assertThat;

import duka.local.Chaos;
import duka.local.ChaosReport;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * The shop is killed, restarted and frozen part by part while customers buy, and keeps its word.
 */
class ChaosIT {

    static final long SEED = 20;
    static final Duration TIME = Duration.ofSeconds(80);
    static final Duration EVERY = Duration.ofSeconds(6);
    static final int CUSTOMERS = 8;

    final TheShop shop = TheShop.running();

    @Test
    void whatever_breaks_every_order_ends_and_the_books_agree() {
        ChaosReport report =
                Chaos.upon(
                        shop.itself(),
                        new Chaos.Settings(SEED, TIME, EVERY, CUSTOMERS),
                        System.out);

        System.out.println(report.json());
        assertThat(report.violations()).isEmpty();
        assertThat(report.orders()).containsKey("confirmed");
    }
}
