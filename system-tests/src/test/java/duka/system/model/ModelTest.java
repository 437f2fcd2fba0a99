package duka.system.model;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import duka.system.model.Explorer.Findings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.MethodSource;

/** Explores all that checkout can come to, by the services' own code. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ModelTest {

    /**
     * Cells that say "stay" of what cannot come: a cart that was bought never becomes another
     * order.
     */
    private static final Set<String> SAID_TO_BE_SAFE =
            Set.of(
                    "cart: OrderConfirmed at another order's",
                    "cart: OrderReturned at another order's");

    private record Explored(Findings findings, Set<String> table, Set<String> reached) {}

    private final Map<Scenario, Explored> explored = new LinkedHashMap<>();

    @BeforeAll
    void explore() throws InterruptedException, ExecutionException {
        var running = new LinkedHashMap<Scenario, Future<Explored>>();
        try (var explorers = Executors.newFixedThreadPool(2)) {
            for (var scenario : Scenarios.ALL) {
                running.put(scenario, explorers.submit(() -> explored(scenario)));
            }
        }
        for (var each : running.entrySet()) {
            explored.put(each.getKey(), each.getValue().get());
        }
        System.out.printf(
                "The model: %,d states in all%n",
                explored.values().stream().mapToLong(it -> it.findings().states()).sum());
    }

    private static Explored explored(Scenario scenario) {
        var cells = new Cells();
        var world = new World(scenario, Mutant.NONE, cells);
        var findings = new Explorer(world).explore();
        System.out.printf(
                "The model: %,d states, %,d moves, %,d ends: %s%n",
                findings.states(), findings.moves(), findings.ends(), scenario);
        return new Explored(findings, world.table(), cells.reached());
    }

    static List<Scenario> scenarios() {
        return Scenarios.ALL;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("scenarios")
    void every_invariant_holds_in_every_state_and_all_can_end(Scenario scenario) {
        assertThat(explored.get(scenario).findings().violations()).isEmpty();
    }

    @Test
    void every_cell_of_the_tables_that_is_not_impossible_is_reached() {
        assertThat(all(Explored::reached))
                .doesNotContainAnyElementsOf(SAID_TO_BE_SAFE)
                .containsAll(without(SAID_TO_BE_SAFE, all(Explored::table)));
    }

    @Test
    void impossible_cells_are_never_reached() {
        assertThat(all(Explored::table)).containsAll(all(Explored::reached));
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    void each_mutant_is_caught_by_its_invariant(Mutant mutant) {
        var world = new World(Scenarios.toCatch(mutant), mutant, new Cells());

        var findings = new Explorer(world).exploreUntil(mutant.caughtBy());

        System.out.printf(
                "The model: %s caught by %s after %,d states%n",
                mutant, mutant.caughtBy(), findings.states());
        assertThat(findings.violations()).containsKey(mutant.caughtBy());
    }

    static Stream<Scenario> small_scenarios() {
        return Stream.of(Mutant.values())
                .map(Scenarios::toCatch)
                .distinct()
                .filter(scenario -> !Scenarios.ALL.contains(scenario));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("small_scenarios")
    void without_a_mutant_nothing_is_caught(Scenario scenario) {
        assertThat(explored(scenario).findings().violations()).isEmpty();
    }

    private Set<String> all(Function<Explored, Set<String>> of) {
        return explored.values().stream()
                .map(of)
                .flatMap(Set::stream)
                .collect(toCollection(TreeSet::new));
    }

    private static List<String> without(Set<String> some, Set<String> all) {
        return all.stream().filter(each -> !some.contains(each)).toList();
    }
}
