package duka.identity;

/** Why something cannot be done to a vendor. */
public class VendorRefused extends RuntimeException {

    public enum Why {
        VENDOR_ALREADY,
        OPEN,
        CLOSED
    }

    private final Why why;

    VendorRefused(Why why) {
        super(why.name(), null, false, false);
        this.why = why;
    }

    public Why why() {
        return why;
    }
}
