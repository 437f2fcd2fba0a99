package duka.identity;

import duka.events.AccountEvent.Standing;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who sells in the shop; they go by their account's id. A vendor begins under review, is
 * approved or suspended by an admin, and goes back under review when it changes what was reviewed;
 * a suspended one stays suspended until an admin approves it. Once closed, only another application
 * opens it again.
 *
 * @param reason why it is suspended
 */
public record Vendor(
        UserId id,
        Business business,
        Standing standing,
        @Nullable String reason,
        long version,
        Instant applied,
        Instant changed) {

    public boolean isApproved() {
        return standing == Standing.APPROVED;
    }

    Vendor with(Business business, Instant now) {
        var next = standing == Standing.SUSPENDED ? standing : Standing.UNDER_REVIEW;
        return new Vendor(
                id, business, next, next == standing ? reason : null, version + 1, applied, now);
    }

    Vendor with(Standing standing, @Nullable String reason, Instant now) {
        return new Vendor(id, business, standing, reason, version + 1, applied, now);
    }
}
