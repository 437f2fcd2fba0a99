package duka.identity;

import java.util.List;

/** A password that would not protect its account, and why. */
public class WeakPassword extends RuntimeException {

    private final String field;
    private final List<String> reasons;

    WeakPassword(String field, List<String> reasons) {
        super("%s %s".formatted(field, String.join(", ", reasons)), null, false, false);
        this.field = field;
        this.reasons = List.copyOf(reasons);
    }

    /** That it was sent in. */
    public String field() {
        return field;
    }

    public List<String> reasons() {
        return reasons;
    }
}
