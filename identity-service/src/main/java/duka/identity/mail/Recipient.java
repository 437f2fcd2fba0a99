package duka.identity.mail;

import org.jspecify.annotations.Nullable;

/**
 * Whom a mail goes to, as the account is now.
 *
 * @param confirmed whether somebody has shown that the address is theirs
 */
record Recipient(@Nullable String address, boolean active, boolean confirmed, String firstName) {

    /** How to greet them. An address that is not confirmed may be a stranger's. */
    String name() {
        return confirmed ? firstName : "";
    }

    /** For logs: nothing personal. */
    @Override
    public String toString() {
        return "a recipient";
    }
}
