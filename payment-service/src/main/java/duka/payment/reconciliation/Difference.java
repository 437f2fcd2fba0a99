package duka.payment.reconciliation;

import duka.events.LedgerEvent.Movement;
import duka.events.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where our books and a provider's do not say the same.
 *
 * @param ours none if our books do not have it
 * @param theirs none if the provider's do not have it
 */
public record Difference(
        String key, Movement movement, @Nullable Money ours, @Nullable Money theirs, Instant at) {}
