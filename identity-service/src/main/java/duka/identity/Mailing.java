package duka.identity;

import duka.events.AccountEvent.Standing;
import org.jspecify.annotations.Nullable;

/**
 * Writes to somebody about their account. A mail is only put down here, in the transaction of what
 * it is about, and goes out once that has been committed. Whoever has no address gets none.
 */
public interface Mailing {

    void welcome(UserId to);

    /**
     * @param token to be given back within a day
     */
    void verifyEmail(UserId to, String token);

    /**
     * @param token to be given back, with a new password, within a quarter of an hour
     */
    void resetPassword(UserId to, String token);

    /**
     * @param code of six digits, good for ten minutes
     */
    void passwordCode(UserId to, String code);

    /** So that whoever has not changed it themselves gets to know. */
    void passwordChanged(UserId to);

    /**
     * @param reason as it was given to the vendor
     */
    void vendorReviewed(UserId to, Standing standing, @Nullable String reason);
}
