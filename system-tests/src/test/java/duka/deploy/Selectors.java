package duka.deploy;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import java.util.Map;

/** Which labels a selector takes. */
final class Selectors {

    private Selectors() {}

    static boolean takes(LabelSelector selector, Map<String, String> labels) {
        return takes(selector.getMatchLabels(), labels)
                && selector.getMatchExpressions().stream().allMatch(each -> takes(each, labels));
    }

    static boolean takes(Map<String, String> wanted, Map<String, String> labels) {
        return wanted == null || labels.entrySet().containsAll(wanted.entrySet());
    }

    private static boolean takes(LabelSelectorRequirement wanted, Map<String, String> labels) {
        String value = labels.get(wanted.getKey());
        return switch (wanted.getOperator()) {
            case "In" -> value != null && wanted.getValues().contains(value);
            case "NotIn" -> !wanted.getValues().contains(value);
            case "Exists" -> value != null;
            case "DoesNotExist" -> value == null;
            default -> throw new IllegalArgumentException(wanted.getOperator());
        };
    }
}
