package duka.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FaultTest {

    static final Duration HOUR = Duration.ofHours(1);

    final List<Fault> faults = plan(7, HOUR);

    @Test
    void the_same_seed_gives_the_same_faults_and_another_gives_others() {
        assertThat(plan(7, HOUR)).isEqualTo(faults);
        assertThat(plan(8, HOUR)).isNotEqualTo(faults);
    }

    @Test
    void more_time_adds_faults_at_the_end() {
        assertThat(faults).startsWith(plan(7, HOUR.dividedBy(4)).toArray(Fault[]::new));
        assertThat(faults).allMatch(fault -> fault.at().compareTo(HOUR) < 0);
    }

    private static List<Fault> plan(long seed, Duration time) {
        return Fault.plan(seed, time, Duration.ofSeconds(6));
    }

    @Test
    void there_is_one_every_few_seconds() {
        assertThat(gaps()).allMatch(gap -> gap >= 3000 && gap < 9000);
    }

    private List<Long> gaps() {
        return IntStream.range(1, faults.size())
                .mapToObj(at -> faults.get(at).at().minus(faults.get(at - 1).at()).toMillis())
                .toList();
    }

    @Test
    void every_part_has_its_turn_before_any_has_another() {
        int parts = Part.values().length;

        for (int from = 0; from + parts <= faults.size(); from += parts) {
            assertThat(faults.subList(from, from + parts))
                    .extracting(Fault::part)
                    .containsExactlyInAnyOrder(Part.values());
        }
    }

    @Test
    void every_part_comes_to_know_every_kind() {
        for (Part part : Part.values()) {
            assertThat(faults.stream().filter(fault -> fault.part() == part))
                    .extracting(Fault::kind)
                    .contains(Fault.Kind.values());
        }
    }
}
