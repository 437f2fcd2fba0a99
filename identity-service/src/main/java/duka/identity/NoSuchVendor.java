package duka.identity;

public class NoSuchVendor extends RuntimeException {

    NoSuchVendor(UserId id) {
        super("There is no vendor %s.".formatted(id), null, false, false);
    }
}
