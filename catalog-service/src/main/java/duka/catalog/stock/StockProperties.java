package duka.catalog.stock;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When the jobs run is said by {@code duka.stock.watch} and {@code duka.stock.reconcile}, cron in
 * UTC.
 *
 * @param criticalAfter how long the stock of a product that runs low may stand still before that is
 *     critical
 */
@ConfigurationProperties("duka.stock")
record StockProperties(@DefaultValue("48h") Duration criticalAfter) {}
