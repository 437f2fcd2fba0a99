package duka.payment.reconciliation;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code duka.reconciliation.daily} is the cron of the job.
 *
 * @param days how many past days are looked at each time, so that what was late comes right; days
 *     that were missed are made up for besides
 */
@ConfigurationProperties("duka.reconciliation")
record ReconciliationProperties(@DefaultValue("3") int days) {}
