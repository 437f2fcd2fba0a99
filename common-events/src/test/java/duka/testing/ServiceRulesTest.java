package duka.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ServiceRulesTest {

    private static final JavaClasses PLANTED =
            new ClassFileImporter().importPackages("duka.testing.planted");

    static List<Field> rules() {
        return Stream.of(ServiceRules.class, StatementRules.class)
                .flatMap(rules -> Arrays.stream(rules.getDeclaredFields()))
                .filter(field -> field.getType() == ArchRule.class)
                .sorted(Comparator.comparing(Field::getName))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void each_rule_catches_what_breaks_it(Field rule) throws IllegalAccessException {
        var violations =
                ((ArchRule) rule.get(null))
                        .allowEmptyShould(false)
                        .evaluate(PLANTED)
                        .getFailureReport()
                        .toString();

        assertThat(violations).contains("Planted$" + camelCase(rule.getName()));
    }

    @Test
    void no_way_of_asking_the_machine_for_the_time_is_missed() {
        var violations =
                ServiceRules.time_comes_from_a_clock
                        .evaluate(PLANTED)
                        .getFailureReport()
                        .toString();

        assertThat(violations)
                .contains(
                        "Planted$TimeComesFromAClock.",
                        "Planted$TimeComesFromAClockToday.",
                        "Planted$TimeComesFromAClockInMilliseconds.",
                        "Planted$TimeComesFromAClockAsADate.");
    }

    private static String camelCase(String rule) {
        var name = new StringBuilder();
        for (var word : rule.split("_")) {
            name.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
        }
        return name.toString();
    }
}
