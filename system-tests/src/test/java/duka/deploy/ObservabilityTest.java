package duka.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import duka.deploy.Observability.Dashboard;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * What Prometheus and Grafana read. Production's copy of the alerts is written anew by {@code mvn
 * -pl system-tests -am test -Dtest=ObservabilityTest -Dalerts=write
 * -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class ObservabilityTest {

    private static final Path COPY = Deployable.ROOT.resolve("k8s/overlays/production/alerts.yaml");

    private static final String AROUND_THE_COPY =
            """
            # What observability/alerts.yml has; a test writes it.
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata:
              name: duka
            spec:
            """;

    private static final String RUNBOOKS = "https://shop.example/docs/running.md#";
    private static final String RUNBOOKS_CHAPTER = "When an alert fires";
    private static final Pattern VARIABLE = Pattern.compile("\\$(\\w+)");
    private static final Pattern HEADING = Pattern.compile("(#+) (.*)");

    static Stream<Dashboard> dashboards() {
        return Observability.dashboards().stream();
    }

    @Test
    void production_is_told_of_the_same() throws IOException {
        String groups =
                Files.readString(Observability.FOLDER.resolve("alerts.yml"))
                        .replaceFirst("(?s)^.*?\n(?=groups:)", "");
        String copy =
                AROUND_THE_COPY
                        + groups.lines()
                                .map(line -> "  " + line + "\n")
                                .collect(Collectors.joining());
        if ("write".equals(System.getProperty("alerts"))) {
            Files.writeString(COPY, copy);
        }
        assertThat(Files.readString(COPY)).isEqualTo(copy);
    }

    @Test
    void every_alert_says_how_bad_it_is_what_it_is_and_what_it_looked_at() {
        assertThat(Observability.alerts())
                .hasSizeGreaterThan(10)
                .allSatisfy(
                        alert -> {
                            assertThat(Yaml.map(alert, "labels").get("severity"))
                                    .isIn("critical", "warning");
                            assertThat((String) Yaml.map(alert, "annotations").get("summary"))
                                    .isNotBlank();
                            assertThat(Promql.selectors((String) alert.get("expr"))).isNotEmpty();
                        });
        assertThat(Observability.alerts())
                .extracting(it -> it.get("alert"))
                .doesNotHaveDuplicates();
    }

    @Test
    void every_alert_has_a_runbook_and_every_runbook_an_alert() throws IOException {
        var asked = new TreeSet<String>();
        for (var alert : Observability.alerts()) {
            var url = (String) Yaml.map(alert, "annotations").get("runbook_url");
            assertThat(url).startsWith(RUNBOOKS);
            asked.add(url.substring(RUNBOOKS.length()));
        }
        assertThat(runbooks()).hasSameElementsAs(asked);
    }

    /** The sections of their chapter, as a link calls them. */
    private static List<String> runbooks() throws IOException {
        var runbooks = new ArrayList<String>();
        boolean inside = false;
        for (String line : Files.readAllLines(Deployable.ROOT.resolve("docs/running.md"))) {
            var heading = HEADING.matcher(line);
            if (heading.matches()) {
                if (heading.group(1).length() <= 2) {
                    inside = heading.group(2).equals(RUNBOOKS_CHAPTER);
                } else if (inside) {
                    runbooks.add(
                            heading.group(2)
                                    .toLowerCase(Locale.ROOT)
                                    .replaceAll("[^a-z0-9 -]", "")
                                    .replace(' ', '-'));
                }
            }
        }
        return runbooks;
    }

    @Test
    void every_program_that_has_metrics_is_looked_at_where_it_shows_them() {
        var compose = Yaml.one(Deployable.ROOT.resolve("docker-compose.yml"));
        var ports = new TreeMap<String, Integer>();
        Yaml.map(compose, "services")
                .forEach(
                        (name, it) -> {
                            var service = Yaml.map(it);
                            if (service.containsKey("build") && !name.equals("payment-simulator")) {
                                var own = Yaml.map(service, "environment");
                                ports.put(
                                        name,
                                        (int)
                                                own.getOrDefault(
                                                        "MANAGEMENT_SERVER_PORT",
                                                        Deployable.named(name).port()));
                            }
                        });
        var prometheus = Yaml.one(Observability.FOLDER.resolve("prometheus.yml"));
        var scraped = new TreeMap<String, Integer>();
        for (Object each : Yaml.list(prometheus, "scrape_configs")) {
            var job = Yaml.map(each);
            var lookup = Yaml.map(Yaml.list(job, "dns_sd_configs").getFirst());
            assertThat(job).containsEntry("metrics_path", "/actuator/prometheus");
            assertThat(Yaml.list(lookup, "names")).containsExactly(job.get("job_name"));
            scraped.put((String) job.get("job_name"), (int) lookup.get("port"));
        }
        assertThat(scraped).isEqualTo(ports);

        var mounted = Yaml.list(Yaml.map(Yaml.map(compose, "services"), "prometheus"), "volumes");
        for (Object rules : Yaml.list(prometheus, "rule_files")) {
            assertThat(mounted)
                    .contains("./observability/%1$s:/etc/prometheus/%1$s:ro".formatted(rules));
        }
    }

    @Test
    void dashboards_are_read_from_where_they_are_mounted() {
        var provider =
                Yaml.map(
                        Yaml.list(
                                        Yaml.one(
                                                Observability.FOLDER.resolve(
                                                        "grafana/dashboards/dashboards.yml")),
                                        "providers")
                                .getFirst());
        var compose = Yaml.one(Deployable.ROOT.resolve("docker-compose.yml"));
        assertThat(Yaml.list(Yaml.map(Yaml.map(compose, "services"), "grafana"), "volumes"))
                .contains("./observability/grafana:/etc/grafana/provisioning:ro");
        assertThat(Yaml.map(provider, "options"))
                .containsEntry("path", "/etc/grafana/provisioning/dashboards");
        assertThat(Observability.dashboards())
                .hasSizeGreaterThan(4)
                .extracting(it -> it.json().path("uid").asString())
                .doesNotContain("")
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dashboards")
    void a_dashboard_asks_sources_that_there_are_by_variables_that_it_has(Dashboard dashboard) {
        var sources = dashboard.json().findValues("datasource");
        assertThat(sources)
                .isNotEmpty()
                .extracting(it -> it.path("uid").asString())
                .isSubsetOf(provisioned());
        for (JsonNode panel : dashboard.panels()) {
            if (!panel.path("type").asString().equals("row")) {
                assertThat(panel.has("datasource")).as(panel.path("title").asString()).isTrue();
                assertThat(panel.path("targets").isEmpty()).isFalse();
            }
        }

        var variables =
                dashboard
                        .json()
                        .path("templating")
                        .path("list")
                        .valueStream()
                        .map(it -> it.path("name").asString())
                        .collect(Collectors.toSet());
        assertThat(dashboard.questions())
                .isNotEmpty()
                .allSatisfy(
                        question -> {
                            assertThat(Promql.selectors(question.expression())).isNotEmpty();
                            assertThat(used(question.expression())).isSubsetOf(variables);
                        });
    }

    private static Set<String> provisioned() {
        return Yaml.list(
                        Yaml.one(
                                Observability.FOLDER.resolve(
                                        "grafana/datasources/datasources.yml")),
                        "datasources")
                .stream()
                .map(it -> (String) Yaml.map(it).get("uid"))
                .collect(Collectors.toSet());
    }

    /** Without those that Grafana itself knows. */
    private static Set<String> used(String expression) {
        return VARIABLE.matcher(expression)
                .results()
                .map(it -> it.group(1))
                .filter(name -> !name.startsWith("__"))
                .collect(Collectors.toSet());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dashboards")
    void no_panel_lies_on_another(Dashboard dashboard) {
        var taken = new TreeMap<String, String>();
        for (JsonNode panel : dashboard.panels()) {
            JsonNode place = panel.path("gridPos");
            assertThat(place.path("x").asInt() + place.path("w").asInt()).isLessThanOrEqualTo(24);
            for (int x = 0; x < place.path("w").asInt(); x++) {
                for (int y = 0; y < place.path("h").asInt(); y++) {
                    String cell =
                            "%d,%d"
                                    .formatted(
                                            place.path("x").asInt() + x,
                                            place.path("y").asInt() + y);
                    assertThat(taken.put(cell, panel.path("title").asString())).as(cell).isNull();
                }
            }
        }
        assertThat(dashboard.panels())
                .extracting(it -> it.path("id").asInt())
                .doesNotContain(0)
                .doesNotHaveDuplicates();
    }

    @Test
    void production_looks_at_each_program_once_at_a_port_that_is_there() {
        var production = Overlay.named("production");
        var monitors =
                production.each(Crds.PodMonitor.class).stream().map(Crds.PodMonitor::spec).toList();
        for (var workload : production.ours()) {
            var ports =
                    monitors.stream()
                            .filter(it -> Selectors.takes(it.selector(), workload.labels()))
                            .flatMap(it -> it.podMetricsEndpoints().stream())
                            .map(Crds.PodMonitor.Endpoint::port)
                            .toList();
            var expected =
                    switch (workload.name()) {
                        case "gateway" -> List.of("management");
                        case "payment-simulator" -> List.<String>of();
                        default -> List.of("http");
                    };
            assertThat(ports).as(workload.name()).isEqualTo(expected);
            assertThat(workload.container().getPorts())
                    .extracting(it -> it.getName())
                    .containsAll(ports);
        }
        assertThat(monitors)
                .allSatisfy(
                        it -> {
                            assertThat(it.jobLabel()).isEqualTo("app.kubernetes.io/name");
                            assertThat(it.podMetricsEndpoints())
                                    .extracting(Crds.PodMonitor.Endpoint::path)
                                    .containsOnly("/actuator/prometheus");
                        });
    }

    @Test
    void production_shows_the_same_dashboards() {
        assertThat(
                        Overlay.named("production").each(ConfigMap.class).stream()
                                .filter(ObservabilityTest::isForGrafana)
                                .flatMap(it -> it.getData().keySet().stream()))
                .containsExactlyInAnyOrderElementsOf(
                        Observability.dashboards().stream().map(Dashboard::file).toList());
    }

    private static boolean isForGrafana(ConfigMap map) {
        return "1".equals(map.getMetadata().getLabels().get("grafana_dashboard"));
    }
}
