package duka.payment;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param provider who takes cards
 * @param concurrency how many calls to providers one process has under way
 * @param lease how long a process may take over a call before another asks again
 * @param poll how often payments are looked for that nobody asks about
 * @param longestPause between two calls to a provider that does not answer
 * @param pendingPoll how often a provider is asked about a customer's approval if no webhook comes
 * @param confirmPatience how long a customer who confirms waits for the provider
 */
@ConfigurationProperties("duka.payment")
record PaymentProperties(
        @DefaultValue("simulator") String provider,
        @DefaultValue("64") int concurrency,
        @DefaultValue("20s") Duration lease,
        @DefaultValue("500ms") Duration poll,
        @DefaultValue("15s") Duration longestPause,
        @DefaultValue("30s") Duration pendingPoll,
        @DefaultValue("3s") Duration confirmPatience) {}
