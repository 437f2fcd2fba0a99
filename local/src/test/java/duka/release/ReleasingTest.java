package duka.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Releases from a repository of its own with one service and one program without an API. */
class ReleasingTest {

    private static final Clock CLOCK =
            Clock.fixed(Instant.parse("2026-12-01T10:00:00Z"), ZoneOffset.UTC);

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @TempDir Path root;

    @BeforeEach
    void a_repository() throws IOException {
        write(
                "pom.xml",
                """
                <project>
                  <properties>
                    <order-service.version>1.0.0-SNAPSHOT</order-service.version>
                  </properties>
                </project>
                """);
        program("order-service");
        program("discovery");
        write(
                "docs/openapi.json",
                """
                {"openapi": "3.1.0", "info": {"version": "v1"}, "paths": {
                   "/orders": {"get": {"responses": {"200": {}}}, "x-service": "order-service"},
                   "/carts": {"get": {"responses": {"200": {}}}, "x-service": "cart-service"}}}
                """);
        write(
                "contracts/order-service/events.json",
                """
                {"says": ["OrderPlaced"], "hears": ["CartCheckedOut"]}
                """);
        for (String type : List.of("OrderPlaced", "CartCheckedOut", "StockTaken")) {
            write("common-events/src/main/resources/schemas/%s.v1.json".formatted(type), "{}");
            write("common-events/src/test/resources/recorded/%s.json".formatted(type), "{}");
        }
        write("common-events/src/test/resources/recorded/OrderPlaced-gift.json", "{}");
        git("init", "--quiet");
        git("config", "user.name", "Somebody");
        git("config", "user.email", "somebody@example.com");
        git("config", "commit.gpgsign", "false");
        git("config", "tag.gpgsign", "false");
        git("add", ".");
        git("commit", "--quiet", "-m", "Begin");
    }

    @Test
    void a_release_is_a_version_a_changelog_a_contract_a_commit_and_a_tag() throws IOException {
        var from = git("rev-parse", "HEAD");

        release("order-service", "1.0.0");

        assertThat(git("show", "order-service-1.0.0:order-service/pom.xml"))
                .contains("<version>1.0.0</version>")
                .contains("<version>7</version>");
        assertThat(git("show", "order-service-1.0.0:pom.xml"))
                .contains("<order-service.version>1.0.0</order-service.version>");
        assertThat(git("show", "order-service-1.0.0:order-service/CHANGELOG.md"))
                .contains("## Unreleased\n\n## 1.0.0 (2026-12-01)\n\n- Something.");
        assertThat(git("show", "order-service-1.0.0:contracts/order-service/1.0.0/release.json"))
                .contains(from.strip());
        assertThat(git("cat-file", "-t", "order-service-1.0.0")).isEqualTo("tag\n");
        assertThat(files("contracts/order-service/1.0.0"))
                .containsExactly(
                        "events.json",
                        "events/OrderPlaced-gift.json",
                        "events/OrderPlaced.json",
                        "openapi.json",
                        "release.json",
                        "schemas/CartCheckedOut.v1.json",
                        "schemas/OrderPlaced.v1.json");
        assertThat(read("contracts/order-service/1.0.0/openapi.json"))
                .contains("/orders")
                .doesNotContain("/carts");
    }

    @Test
    void after_it_the_next_version_is_worked_on() throws IOException {
        release("order-service", "1.0.0");

        assertThat(read("order-service/pom.xml")).contains("<version>1.1.0-SNAPSHOT</version>");
        assertThat(read("pom.xml")).contains("<order-service.version>1.1.0-SNAPSHOT<");
        assertThat(git("status", "--porcelain")).isEmpty();
        assertThat(git("log", "--format=%s"))
                .isEqualTo("Go on after order-service 1.0.0\nRelease order-service 1.0.0\nBegin\n");
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("git push --atomic origin HEAD order-service-1.0.0");
    }

    @Test
    void the_previous_release_is_older_than_what_the_program_is() {
        var contracts = new Contracts(root);
        assertThat(contracts.previous("order-service")).isEmpty();

        release("order-service", "1.0.0");
        assertThat(contracts.previous("order-service"))
                .hasValueSatisfying(it -> assertThat(it).hasToString("order-service 1.0.0"));

        git("checkout", "--quiet", "order-service-1.0.0");
        assertThat(contracts.previous("order-service")).isEmpty();
    }

    @Test
    void several_are_released_together() throws IOException {
        release("order-service", "1.0.0", "discovery", "2.3.0");

        assertThat(git("tag")).isEqualTo("discovery-2.3.0\norder-service-1.0.0\n");
        assertThat(git("rev-list", "--count", "HEAD")).isEqualTo("3\n");
        assertThat(files("contracts/discovery/2.3.0")).containsExactly("release.json");
    }

    @Test
    void nothing_is_released_over_changes_that_are_not_committed() throws IOException {
        write("order-service/new.txt", "");

        assertRefused("not committed", "order-service", "1.0.0");
    }

    @Test
    void a_version_must_be_higher_than_the_last() throws IOException {
        release("order-service", "1.1.0");
        news("order-service");

        assertRefused("order-service 1.1.0 is out already", "order-service", "1.1.0");
        assertRefused("order-service 1.1.0 is out already", "order-service", "1.0.9");
        release("order-service", "1.1.1");
    }

    @Test
    void what_is_new_must_be_said() throws IOException {
        release("order-service", "1.0.0");

        assertRefused("order-service/CHANGELOG.md says nothing", "order-service", "1.1.0");
    }

    @Test
    void a_tag_is_never_moved() {
        git("tag", "order-service-1.0.0");

        assertRefused("a tag order-service-1.0.0", "order-service", "1.0.0");
    }

    @Test
    void what_makes_no_sense_is_refused() {
        assertRefused("no program \"orders\"", "orders", "1.0.0");
        assertRefused("Which version", "order-service");
        assertRefused("no version", "order-service", "next");
        assertRefused("which program");
    }

    @Test
    void a_contract_that_is_not_kept_stops_it_before_anything_is_changed() {
        assertThatThrownBy(
                        () ->
                                releasing(
                                                _ -> {
                                                    throw new Refused("GET /orders: gone");
                                                })
                                        .release(List.of("order-service", "1.0.0")))
                .hasMessage("GET /orders: gone");

        assertThat(git("status", "--porcelain")).isEmpty();
        assertThat(git("rev-list", "--count", "HEAD")).isEqualTo("1\n");
    }

    @Test
    void what_fails_half_way_is_taken_back() throws IOException {
        var hook = root.resolve(".git/hooks/commit-msg");
        Files.createDirectories(hook.getParent());
        Files.writeString(hook, "#!/bin/sh\n! grep -q 'Go on' \"$1\"\n");
        Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwxr-xr-x"));

        assertThatThrownBy(() -> release("order-service", "1.0.0", "discovery", "1.0.0"))
                .hasMessageContaining("git commit failed");

        assertThat(git("status", "--porcelain")).isEmpty();
        assertThat(git("log", "--format=%s")).isEqualTo("Begin\n");
        assertThat(git("tag")).isEmpty();
        assertThat(root.resolve("contracts/order-service/1.0.0")).doesNotExist();
        assertThat(read("order-service/pom.xml")).contains("1.0.0-SNAPSHOT");
    }

    private void assertRefused(String why, String... words) {
        var before = git("rev-parse", "HEAD") + git("status", "--porcelain") + git("tag");

        assertThatThrownBy(() -> release(words))
                .isInstanceOf(Refused.class)
                .hasMessageContaining(why);

        assertThat(git("rev-parse", "HEAD") + git("status", "--porcelain") + git("tag"))
                .isEqualTo(before);
    }

    private void release(String... words) {
        releasing(_ -> {}).release(List.of(words));
    }

    private Releasing releasing(Checks checks) {
        return new Releasing(root, checks, CLOCK, new PrintStream(printed, true));
    }

    private void program(String name) throws IOException {
        write(
                name + "/pom.xml",
                """
                <project>
                  <parent>
                    <artifactId>duka</artifactId>
                    <version>7</version>
                  </parent>
                  <artifactId>%s</artifactId>
                  <version>1.0.0-SNAPSHOT</version>
                </project>
                """
                        .formatted(name));
        write(name + "/CHANGELOG.md", "# %s\n\n## Unreleased\n\n- Something.\n".formatted(name));
    }

    private void news(String program) throws IOException {
        var file = program + "/CHANGELOG.md";
        write(file, read(file).replace("## Unreleased\n", "## Unreleased\n\n- More.\n"));
        git("commit", "--quiet", "-am", "Tell what is new");
    }

    private void write(String file, String text) throws IOException {
        var path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private String read(String file) throws IOException {
        return Files.readString(root.resolve(file));
    }

    private List<String> files(String folder) throws IOException {
        var at = root.resolve(folder);
        try (var files = Files.walk(at)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> at.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    private String git(String... words) {
        var command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(words));
        try {
            var process =
                    new ProcessBuilder(command)
                            .directory(root.toFile())
                            .redirectErrorStream(true)
                            .start();
            var output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(output).isZero();
            return output;
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
