package duka.payment;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gathers the conditions of a list whose filters may each be absent. */
public class Conditions {

    private final List<String> all = new ArrayList<>();
    private final Map<String, Object> parameters = new HashMap<>();

    /**
     * @param value the condition does not hold for null, it is left out
     */
    public Conditions and(String condition, String parameter, @Nullable Object value) {
        if (value != null) {
            all.add(condition);
            parameters.put(
                    parameter,
                    switch (value) {
                        case Instant instant -> instant.atOffset(ZoneOffset.UTC);
                        case Enum<?> constant -> constant.name();
                        default -> value;
                    });
        }
        return this;
    }

    public String where() {
        return all.isEmpty() ? "" : "where " + String.join(" and ", all);
    }

    public Map<String, Object> parameters() {
        return parameters;
    }
}
