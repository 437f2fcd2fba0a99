package duka.payment.reconciliation;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * What came of holding our books of a day, in UTC, against a provider's.
 *
 * @param ours how many movements our books have of that day
 * @param theirs how many the provider's have
 */
public record Reconciliation(
        String provider,
        LocalDate day,
        long ours,
        long theirs,
        List<Difference> differences,
        Instant ranAt) {

    public Reconciliation {
        differences = List.copyOf(differences);
    }
}
