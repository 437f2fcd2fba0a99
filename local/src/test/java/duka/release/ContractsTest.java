package duka.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds every program to what its releases have promised. */
class ContractsTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Contracts CONTRACTS = new Contracts(ROOT);

    static List<String> programs() {
        return CONTRACTS.programs();
    }

    static List<Contracts.Release> releases() {
        return programs().stream()
                .flatMap(program -> CONTRACTS.releases(program).stream())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("releases")
    void whoever_calls_the_api_of_a_release_can_go_on(Contracts.Release release) {
        release.api()
                .ifPresent(
                        api ->
                                assertThat(
                                                ApiChange.breaches(
                                                        api, CONTRACTS.api(release.program())))
                                        .as(release.toString())
                                        .isEmpty());
    }

    @ParameterizedTest
    @MethodSource("releases")
    void a_release_says_what_it_was_built_from_and_what_is_new_in_it(Contracts.Release release)
            throws IOException {
        assertThat(release.commit()).matches("[0-9a-f]{40}");
        assertThat(
                        new Changelog(Files.readString(CONTRACTS.changelog(release.program())))
                                .tellsOf(release.version()))
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("programs")
    void what_is_worked_on_is_newer_than_what_is_out(String program) {
        var version = new Pom(ROOT, program).version();
        var coming = Version.of(version.replace("-SNAPSHOT", ""));

        assertThat(CONTRACTS.newest(program))
                .hasValueSatisfying(
                        out ->
                                assertThat(coming)
                                        .isGreaterThanOrEqualTo(out.version())
                                        .matches(
                                                it ->
                                                        version.endsWith("-SNAPSHOT")
                                                                != it.equals(out.version())));
    }

    @ParameterizedTest
    @MethodSource("programs")
    void every_service_with_an_api_is_told_apart_in_the_document(String program) {
        assertThat(CONTRACTS.api(program).isEmpty()).isEqualTo(!program.endsWith("-service"));
    }
}
