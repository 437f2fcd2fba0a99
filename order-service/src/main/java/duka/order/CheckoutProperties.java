package duka.order;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long an order may stay undecided, each counted from the moment it was placed.
 *
 * @param stockDeadline how long it may wait for stock
 * @param deadline how long it may wait for a payment that needs nothing from the customer
 * @param pendingDeadline how long it may wait for a payment that the customer has to make or
 *     approve
 */
@ConfigurationProperties("duka.checkout")
record CheckoutProperties(
        @DefaultValue("2m") Duration stockDeadline,
        @DefaultValue("15m") Duration deadline,
        @DefaultValue("30m") Duration pendingDeadline) {}
