package duka.identity;

/** This takes somebody who has shown that their email address is theirs. */
public class EmailNotVerified extends RuntimeException {

    EmailNotVerified() {
        super("email address not verified", null, false, false);
    }
}
