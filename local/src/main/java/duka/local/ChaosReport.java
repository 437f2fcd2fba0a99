package duka.local;

import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a shop has lived through and how it has stood it.
 *
 * @param faults those that hit somebody
 * @param deaths how often a part ended without having been killed
 * @param orders how many came to each end
 * @param stall the longest time in which no order was decided
 * @param stallOfTheWhole the longest of these while every part served
 * @param answers how often requests were answered with each status, and how often not at all
 * @param violations in words; empty if all is well
 */
public record ChaosReport(
        Chaos.Settings settings,
        List<Fault> faults,
        int deaths,
        Map<String, Long> orders,
        Duration stall,
        Duration stallOfTheWhole,
        Map<String, Long> answers,
        List<String> violations) {

    public String json() {
        var result = new LinkedHashMap<String, Object>();
        result.put("seed", settings.seed());
        result.put("seconds", settings.time().toSeconds());
        result.put("seconds_between_faults", settings.every().toSeconds());
        result.put("customers", settings.customers());
        result.put("faults", faultsByKind());
        result.put("deaths", deaths);
        result.put("orders", orders);
        result.put("longest_stall_seconds", seconds(stall));
        result.put("longest_stall_while_all_served_seconds", seconds(stallOfTheWhole));
        result.put("answers", answers);
        result.put("violations", violations.size());
        return Api.JSON.writeValueAsString(result);
    }

    private Map<String, Map<String, Long>> faultsByKind() {
        var byKind = new LinkedHashMap<String, Map<String, Long>>();
        for (Fault.Kind kind : Fault.Kind.values()) {
            var byPart =
                    faults.stream()
                            .filter(fault -> fault.kind() == kind)
                            .collect(
                                    Collectors.groupingBy(
                                            Fault::part,
                                            () -> new EnumMap<>(Part.class),
                                            Collectors.counting()));
            var titled = new LinkedHashMap<String, Long>();
            byPart.forEach((part, count) -> titled.put(part.title(), count));
            byKind.put(kind.title(), titled);
        }
        return byKind;
    }

    private static double seconds(Duration time) {
        return Math.round(time.toMillis() / 100.0) / 10.0;
    }
}
