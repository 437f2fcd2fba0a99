package duka.identity;

import java.util.List;

/** A password that would not protect its account, and why. */
public class WeakPassword extends RuntimeException {

    private final List<String> reasons;

    WeakPassword(List<String> reasons) {
        super("The password is too weak.", null, false, false);
        this.reasons = List.copyOf(reasons);
    }

    public List<String> reasons() {
        return reasons;
    }
}
