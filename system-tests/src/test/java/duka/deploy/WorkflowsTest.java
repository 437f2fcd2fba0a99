package duka.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import duka.release.Contracts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What GitHub would only notice when a workflow is run. */
class WorkflowsTest {

    private static final Path FOLDER = Deployable.ROOT.resolve(".github/workflows");

    private static final List<String> PROGRAMS = new Contracts(Deployable.ROOT).programs();

    static List<Path> workflows() throws IOException {
        try (var files = Files.list(FOLDER)) {
            return files.sorted().toList();
        }
    }

    @Test
    void there_is_one_to_build_and_one_to_release() throws IOException {
        assertThat(workflows())
                .extracting(file -> file.getFileName().toString())
                .containsExactly("build.yml", "release.yml");
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void it_may_read_and_only_what_publishes_may_do_more(Path file) {
        var workflow = Yaml.one(file);
        assertThat(Yaml.map(workflow, "permissions")).isEqualTo(Map.of("contents", "read"));
        Yaml.map(workflow, "jobs")
                .forEach(
                        (name, job) -> {
                            assertThat(Yaml.map(job)).as(name).containsKey("timeout-minutes");
                            assertThat(Yaml.map(job).containsKey("permissions"))
                                    .as(name)
                                    .isEqualTo(name.equals("publish"));
                        });
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void an_action_has_its_major_version_and_nothing_is_secret_but_its_own_token(Path file)
            throws IOException {
        assertThat(steps(file).flatMap(step -> Stream.ofNullable(step.get("uses"))))
                .isNotEmpty()
                .allSatisfy(
                        action ->
                                assertThat((String) action)
                                        .matches("(actions|docker)/[a-z-]+@v\\d+"));
        assertThat(found("secrets\\.(\\w+)", Files.readString(file)))
                .allMatch("GITHUB_TOKEN"::equals);
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void a_command_takes_what_others_may_name_from_its_environment_only(Path file) {
        assertThat(commands(file)).isNotEmpty().noneMatch(command -> command.contains("${{"));
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void every_job_waits_for_jobs_that_there_are(Path file) {
        var jobs = Yaml.map(Yaml.one(file), "jobs");
        jobs.values()
                .forEach(
                        job -> {
                            var needs = Yaml.map(job).getOrDefault("needs", List.of());
                            assertThat(jobs.keySet())
                                    .containsAll(
                                            needs instanceof String one
                                                    ? List.of(one)
                                                    : Yaml.list(needs).stream()
                                                            .map(String.class::cast)
                                                            .toList());
                        });
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void every_command_of_ours_exists(Path file) throws IOException {
        String duka = Files.readString(Deployable.ROOT.resolve("duka"));
        String pom = Files.readString(Deployable.ROOT.resolve("pom.xml"));
        String all = String.join("\n", commands(file).toList());

        assertThat(found("\\./duka ([\\w-]+)", all))
                .isNotEmpty()
                .allSatisfy(
                        command ->
                                assertThat(duka)
                                        .containsPattern("(?m)^  %s\\)".formatted(command)));
        assertThat(found("\\./duka test (--\\w+)", all))
                .allSatisfy(flag -> assertThat(duka).contains("= %s ]".formatted(flag)));
        assertThat(found("-P(\\w+)", all))
                .allSatisfy(profile -> assertThat(pom).contains("<id>%s</id>".formatted(profile)));
        assertThat(found("(\\.github/[\\w.-]+)", all))
                .allSatisfy(script -> assertThat(Deployable.ROOT.resolve(script)).isExecutable());
    }

    @Test
    void every_program_of_the_shop_is_released() throws IOException {
        var deployed = new TreeSet<String>();
        Yaml.map(Yaml.one(Deployable.ROOT.resolve("docker-compose.yml")), "services")
                .forEach(
                        (name, service) -> {
                            if (Yaml.map(service).containsKey("build")) {
                                deployed.add(name);
                            }
                        });
        assertThat(PROGRAMS).containsExactlyElementsOf(deployed);
        // YAML 1.1 takes "on" for "yes".
        var on = Yaml.map(((Map<?, ?>) Yaml.one(FOLDER.resolve("release.yml"))).get(true));
        var tags = Yaml.list(Yaml.map(on, "push"), "tags");
        assertThat(tags).hasSize(1);
        var pattern = ((String) tags.getFirst()).replace(".", "\\.").replace("*", "[^/]*");
        assertThat(PROGRAMS).allMatch(program -> (program + "-1.10.0").matches(pattern));
        assertThat("v1.0.0").doesNotMatch(pattern);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    order-service/pom.xml                                      | ["order-service"]
                    README.md docs/running.md                                  | []
                    cart-service/a cart-service/b payment-simulator/c k8s/d    | ["cart-service","payment-simulator"]
                    """)
    void what_has_changed_is_built(String paths, String modules)
            throws IOException, InterruptedException {
        assertThat(modulesFor(paths.replace(' ', '\n'))).isEqualTo(modules);
    }

    @ParameterizedTest
    @CsvSource({"pom.xml", "common-events/src/x", "common-web/pom.xml", ".github/modules.sh"})
    void what_all_share_builds_all(String path) throws IOException, InterruptedException {
        assertThat(modulesFor("order-service/x\n" + path))
                .contains("\"common-events\"", "\"common-web\"")
                .endsWith(",\"%s\"]".formatted(String.join("\",\"", PROGRAMS)));
    }

    private static String modulesFor(String paths) throws IOException, InterruptedException {
        var script =
                new ProcessBuilder(Deployable.ROOT.resolve(".github/modules.sh").toString())
                        .redirectErrorStream(true)
                        .start();
        try (var input = script.outputWriter()) {
            input.write(paths + "\n");
        }
        var output = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(script.waitFor()).as(output).isZero();
        return output.strip();
    }

    private static Stream<Map<String, Object>> steps(Path file) {
        return Yaml.map(Yaml.one(file), "jobs").values().stream()
                .flatMap(job -> Yaml.list(Yaml.map(job), "steps").stream())
                .map(Yaml::map);
    }

    private static Stream<String> commands(Path file) {
        return steps(file)
                .flatMap(step -> Stream.ofNullable(step.get("run")))
                .map(String.class::cast);
    }

    private static List<String> found(String pattern, String in) {
        return Pattern.compile(pattern)
                .matcher(in)
                .results()
                .map((MatchResult result) -> result.group(1))
                .toList();
    }
}
