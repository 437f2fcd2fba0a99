package duka.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import duka.deploy.Promql.Selector;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PromqlTest {

    @Test
    void functions_groupings_and_operators_are_no_metrics() {
        assertThat(
                        Promql.selectors(
                                """
                                sum by (job, topic) (rate(a_total{x="y", z!~"sum(b){c}|\\"d"}[5m])) / on (job) e > 60
                                and max without (instance) (f offset 10m) or absent(up{job="g"})
                                """))
                .containsExactlyInAnyOrder(
                        new Selector("a_total", Set.of("x", "z")),
                        new Selector("e", Set.of()),
                        new Selector("f", Set.of()),
                        new Selector("up", Set.of("job")));
    }
}
