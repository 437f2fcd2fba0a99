package duka.events;

import java.util.Set;
import java.util.UUID;

/** What identity-service says about accounts: ids and facts, nothing personal. */
public sealed interface AccountEvent extends Event {

    UUID accountId();

    @Override
    default UUID key() {
        return accountId();
    }

    record AccountRegistered(UUID accountId, Set<String> roles) implements AccountEvent {}

    record AccountRolesChanged(UUID accountId, Set<String> roles) implements AccountEvent {}

    record AccountDeactivated(UUID accountId) implements AccountEvent {}

    record AccountReactivated(UUID accountId) implements AccountEvent {}

    /** A vendor goes by its account's id. Only an approved one sells. */
    record VendorChanged(UUID accountId, Standing standing) implements AccountEvent {}

    /** How the shop sees a vendor. */
    enum Standing {
        UNDER_REVIEW,
        APPROVED,
        SUSPENDED,
        CLOSED
    }
}
