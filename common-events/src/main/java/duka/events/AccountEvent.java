package duka.events;

import java.util.Set;
import java.util.UUID;

/** What identity-service says about accounts: ids and facts, nothing personal. */
public sealed interface AccountEvent extends Event {

    /** Decides who sells. A role alone makes nobody sell. */
    sealed interface ForVendors extends AccountEvent {}

    UUID accountId();

    @Override
    default UUID key() {
        return accountId();
    }

    record AccountRegistered(UUID accountId, Set<String> roles) implements AccountEvent {}

    record AccountRolesChanged(UUID accountId, Set<String> roles) implements AccountEvent {}

    record AccountDeactivated(UUID accountId) implements ForVendors {}

    record AccountReactivated(UUID accountId) implements ForVendors {}

    /** A vendor goes by its account's id. Only an approved one sells. */
    record VendorChanged(UUID accountId, Standing standing) implements ForVendors {}

    /** How the shop sees a vendor. */
    enum Standing {
        UNDER_REVIEW,
        APPROVED,
        SUSPENDED,
        CLOSED
    }
}
