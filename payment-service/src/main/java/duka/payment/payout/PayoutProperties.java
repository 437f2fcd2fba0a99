package duka.payment.payout;

import java.math.BigDecimal;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When and how vendors are paid; {@code duka.payouts.weekly} is the cron of the job and {@code
 * duka.payouts.poll} how often payouts are looked for that wait for their provider.
 *
 * @param pause how long nothing is paid to a bank account that was changed, so that its owner can
 *     object
 * @param minimum less than this is not worth a transfer
 * @param lease how long a process may take over a call before another asks again
 * @param longestPause between two calls to a provider that does not answer
 */
@ConfigurationProperties("duka.payouts")
record PayoutProperties(
        @DefaultValue("7d") Duration pause,
        @DefaultValue("100") BigDecimal minimum,
        @DefaultValue("30s") Duration lease,
        @DefaultValue("5m") Duration longestPause) {}
