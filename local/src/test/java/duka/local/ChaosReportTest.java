package duka.local;

import static org.assertj.core.api.Assertions.assertThat;

import duka.local.Fault.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChaosReportTest {

    @Test
    void is_one_line_of_json() {
        var report =
                new ChaosReport(
                        new Chaos.Settings(7, Duration.ofMinutes(2), Duration.ofSeconds(6), 16),
                        List.of(
                                fault(Kind.KILL, Part.KAFKA),
                                fault(Kind.PAUSE, Part.ORDER),
                                fault(Kind.KILL, Part.KAFKA)),
                        1,
                        Map.of("confirmed", 90L),
                        Duration.ofMillis(12_340),
                        Duration.ofMillis(810),
                        Map.of("202", 91L),
                        List.of("4: something"));

        assertThat(report.json())
                .isEqualTo(
                        """
                        {"seed":7,"seconds":120,"seconds_between_faults":6,"customers":16,\
                        "faults":{"kill":{"kafka":2},"restart":{},"pause":{"order-service":1}},\
                        "deaths":1,"orders":{"confirmed":90},\
                        "longest_stall_seconds":12.3,"longest_stall_while_all_served_seconds":0.8,\
                        "answers":{"202":91},"violations":1}""");
    }

    private static Fault fault(Kind kind, Part part) {
        return new Fault(Duration.ofSeconds(3), kind, part, Duration.ofSeconds(1));
    }
}
