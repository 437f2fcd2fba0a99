package duka.identity;

/** Without this one nobody could administer the shop any more. */
public class LastAdmin extends RuntimeException {

    LastAdmin() {
        super("This is the last active admin: make another one first.");
    }
}
