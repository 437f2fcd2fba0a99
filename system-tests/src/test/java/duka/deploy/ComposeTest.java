package duka.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What Docker Compose does not check before it starts the shop. */
class ComposeTest {

    private static final Map<String, Object> FILE =
            Yaml.one(Deployable.ROOT.resolve("docker-compose.yml"));

    private static final Map<String, Object> SERVICES = Yaml.map(FILE, "services");

    @Test
    void every_program_is_built_from_its_own_jar_and_listens_where_it_says() {
        assertThat(ours().map(Map.Entry::getKey))
                .containsExactlyInAnyOrder(
                        "gateway",
                        "discovery",
                        "identity-service",
                        "catalog-service",
                        "cart-service",
                        "order-service",
                        "payment-service",
                        "payment-simulator");
        ours().forEach(
                        each -> {
                            var arguments = Yaml.map(Yaml.map(each.getValue(), "build"), "args");
                            assertThat(arguments).containsEntry("SERVICE", each.getKey());
                            assertThat(arguments)
                                    .containsEntry("PORT", Deployable.named(each.getKey()).port());
                        });
    }

    @Test
    void a_program_reads_every_setting_that_it_is_given() {
        ours().forEach(
                        each -> {
                            var program = Deployable.named(each.getKey());
                            assertThat(environment(each.getValue()).keySet())
                                    .as(each.getKey())
                                    .allMatch(program::knowsVariable);
                            assertThat(secretFiles(each.getValue()))
                                    .as(each.getKey())
                                    .allMatch(program::knows);
                        });
    }

    @Test
    void a_program_is_given_every_setting_that_it_needs() {
        ours().filter(each -> !each.getKey().equals("discovery"))
                .forEach(
                        each ->
                                assertThat(
                                                Required.missing(
                                                        Deployable.named(each.getKey()),
                                                        environment(each.getValue()),
                                                        secretFiles(each.getValue())))
                                        .as(each.getKey())
                                        .isEmpty());
    }

    @Test
    void an_address_is_that_of_a_service_and_of_a_port_it_listens_on() {
        ours().flatMap(each -> environment(each.getValue()).values().stream())
                .filter(value -> value.matches("http://[a-z-]+:\\d+.*"))
                .filter(value -> !value.startsWith("http://localhost:"))
                .forEach(
                        value -> {
                            String host = value.replaceAll("http://([a-z-]+):.*", "$1");
                            int port =
                                    Integer.parseInt(
                                            value.replaceAll("[^:]+:[^:]+:(\\d+).*", "$1"));
                            assertThat(SERVICES).containsKey(host);
                            assertThat(host.equals("tempo") ? takesTracesAt() : portOf(host))
                                    .as(value)
                                    .isEqualTo(port);
                        });
    }

    private static int portOf(String program) {
        return Deployable.named(program).port();
    }

    private static int takesTracesAt() {
        var tempo = Yaml.one(Deployable.ROOT.resolve("observability/tempo.yml"));
        var receivers = Yaml.map(Yaml.map(tempo, "distributor"), "receivers");
        var http = Yaml.map(Yaml.map(Yaml.map(receivers, "otlp"), "protocols"), "http");
        return URI.create("http://" + http.get("endpoint")).getPort();
    }

    @Test
    void every_secret_is_declared_and_made_up_by_the_script() throws IOException {
        var declared = Yaml.map(FILE, "secrets");
        var used = new TreeSet<String>();
        SERVICES.values().stream()
                .flatMap(each -> Yaml.list(Yaml.map(each), "secrets").stream())
                .forEach(
                        each ->
                                used.add(
                                        each instanceof String name
                                                ? name
                                                : (String) Yaml.map(each).get("source")));
        assertThat(used).hasSameElementsAs(declared.keySet());

        String script =
                Files.readString(Deployable.ROOT.resolve("containers/secrets.sh"))
                        .replace(
                                "{identity,catalog,cart,orders,payment}-db-password",
                                "identity-db-password catalog-db-password cart-db-password orders-db-password payment-db-password");
        declared.forEach(
                (name, where) -> {
                    assertThat(Yaml.map(where)).containsEntry("file", ".secrets/" + name);
                    assertThat(script).containsPattern("\\b%s\\b".formatted(name));
                });
    }

    @Test
    void what_is_waited_for_is_there_and_tells_how_it_is() {
        SERVICES.forEach(
                (name, service) ->
                        Yaml.map(Yaml.map(service), "depends_on")
                                .forEach(
                                        (other, condition) -> {
                                            assertThat(SERVICES).containsKey(other);
                                            if (Yaml.map(condition)
                                                    .containsValue("service_healthy")) {
                                                var awaited = Yaml.map(SERVICES.get(other));
                                                assertThat(awaited)
                                                        .as("%s waits for %s", name, other)
                                                        .containsAnyOf(
                                                                Map.entry(
                                                                        "healthcheck",
                                                                        awaited.getOrDefault(
                                                                                "healthcheck", "")),
                                                                Map.entry(
                                                                        "build",
                                                                        awaited.getOrDefault(
                                                                                "build", "")));
                                            }
                                        }));
    }

    @Test
    void nothing_has_privileges_and_everything_has_limits() {
        SERVICES.forEach(
                (name, it) -> {
                    var service = Yaml.map(it);
                    assertThat(Yaml.list(service, "cap_drop")).as(name).containsExactly("ALL");
                    assertThat(Yaml.list(service, "security_opt"))
                            .as(name)
                            .containsExactly("no-new-privileges:true");
                    assertThat(service)
                            .doesNotContainKeys("privileged", "cap_add", "network_mode", "pid")
                            .containsEntry("read_only", !name.equals("kafka"));
                    var limits =
                            Yaml.map(Yaml.map(Yaml.map(service, "deploy"), "resources"), "limits");
                    assertThat(limits).as(name).containsKeys("cpus", "memory", "pids");
                });
    }

    @Test
    void every_image_has_a_tag_and_every_volume_is_declared() {
        var declared = Yaml.map(FILE, "volumes").keySet();
        var used = new TreeSet<String>();
        SERVICES.forEach(
                (name, service) -> {
                    assertThat((String) Yaml.map(service).get("image"))
                            .as(name)
                            .matches("[a-z0-9/.-]+:(\\$\\{DUKA_TAG:-local}|v?\\d[\\d.]*)");
                    Yaml.list(Yaml.map(service), "volumes").stream()
                            .map(volume -> ((String) volume).split(":")[0])
                            .forEach(
                                    source -> {
                                        if (source.startsWith("./")) {
                                            assertThat(Deployable.ROOT.resolve(source)).exists();
                                        } else {
                                            used.add(source);
                                        }
                                    });
                });
        assertThat(used).hasSameElementsAs(declared);
    }

    @Test
    void what_the_rehearsal_of_a_start_is_given_is_known_to_somebody() throws IOException {
        var programs = ours().map(each -> Deployable.named(each.getKey())).toList();
        Path file = Deployable.ROOT.resolve("containers/training.properties");
        assertThat(Files.readAllLines(file))
                .filteredOn(line -> line.contains("="))
                .extracting(line -> line.split("=")[0])
                .hasSizeGreaterThan(5)
                .allMatch(key -> programs.stream().anyMatch(program -> program.knows(key)));
    }

    private static Stream<Map.Entry<String, Map<String, Object>>> ours() {
        var ours = new TreeMap<String, Map<String, Object>>();
        SERVICES.forEach(
                (name, service) -> {
                    if (Yaml.map(service).containsKey("build")) {
                        ours.put(name, Yaml.map(service));
                    }
                });
        return ours.entrySet().stream();
    }

    private static Map<String, String> environment(Map<String, Object> service) {
        var environment = new TreeMap<String, String>();
        Yaml.map(service, "environment")
                .forEach((name, value) -> environment.put(name, value.toString()));
        return environment;
    }

    private static TreeSet<String> secretFiles(Map<String, Object> service) {
        List<String> files = new ArrayList<>();
        Yaml.list(service, "secrets")
                .forEach(each -> files.add((String) Yaml.map(each).get("target")));
        return new TreeSet<>(files);
    }
}
