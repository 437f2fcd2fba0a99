package duka.deploy;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import duka.deploy.Overlay.Workload;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.math.BigDecimal;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What a cluster would find wrong with an overlay, and what it would not notice at once. */
@ParameterizedClass
@MethodSource("duka.deploy.Overlay#all")
class OverlayTest {

    private static final Set<String> PROGRAMS =
            Set.of(
                    "gateway",
                    "identity-service",
                    "catalog-service",
                    "cart-service",
                    "order-service",
                    "payment-service",
                    "payment-simulator");

    @Parameter Overlay overlay;

    @Test
    void every_program_is_there_but_discovery_which_is_the_platforms() {
        assertThat(overlay.ours()).extracting(Workload::name).hasSameElementsAs(PROGRAMS);
    }

    @Test
    void nothing_is_there_twice_and_all_is_in_one_namespace() {
        assertThat(overlay.resources())
                .extracting(it -> it.getClass() + Overlay.metadata(it).getName())
                .doesNotHaveDuplicates();
        assertThat(overlay.resources())
                .filteredOn(it -> !(it instanceof Namespace))
                .extracting(it -> Overlay.metadata(it).getNamespace())
                .containsOnly("duka");
        assertThat(overlay.each(Namespace.class))
                .singleElement()
                .satisfies(
                        it ->
                                assertThat(it.getMetadata().getLabels())
                                        .containsEntry(
                                                "pod-security.kubernetes.io/enforce",
                                                "restricted"));
    }

    @Test
    void a_workload_selects_its_own_pods_and_no_others() {
        for (Workload workload : overlay.workloads()) {
            assertThat(overlay.workloads())
                    .filteredOn(other -> Selectors.takes(workload.selector(), other.labels()))
                    .containsExactly(workload);
        }
    }

    @Test
    void a_service_leads_to_ports_of_one_workload() {
        for (Service service : overlay.each(Service.class)) {
            Workload behind = behind(service);
            for (var port : service.getSpec().getPorts()) {
                assertThat(portsNamed(behind, port.getTargetPort()))
                        .as("%s of %s", port, service.getMetadata().getName())
                        .hasSize(1);
            }
        }
    }

    @Test
    void a_programs_port_is_its_own() {
        for (Workload workload : overlay.ours()) {
            assertThat(portsNamed(workload, new IntOrString("http")))
                    .extracting(ContainerPort::getContainerPort)
                    .containsExactly(workload.deployable().port());
        }
    }

    @Test
    void each_deployment_has_one_who_decides_how_many_there_are() {
        var deciders = new ArrayList<String>();
        overlay.each(HorizontalPodAutoscaler.class)
                .forEach(it -> deciders.add(it.getSpec().getScaleTargetRef().getName()));
        overlay.each(Crds.ScaledObject.class)
                .forEach(it -> deciders.add(it.spec().scaleTargetRef().name()));
        overlay.workloads().stream()
                .filter(it -> it.replicas() != null)
                .forEach(it -> deciders.add(it.name()));

        assertThat(deciders)
                .containsExactlyInAnyOrderElementsOf(
                        overlay.workloads().stream().map(Workload::name).toList());
    }

    @Test
    void what_is_scaled_can_be_disrupted_one_at_a_time() {
        for (Workload workload : overlay.workloads()) {
            assertThat(overlay.each(PodDisruptionBudget.class))
                    .filteredOn(
                            it -> Selectors.takes(it.getSpec().getSelector(), workload.labels()))
                    .hasSize(workload.replicas() == null ? 1 : 0)
                    .allSatisfy(
                            it ->
                                    assertThat(it.getSpec().getMaxUnavailable())
                                            .isEqualTo(new IntOrString(1)));
        }
    }

    @Test
    void an_update_takes_no_replica_away_before_another_is_ready() {
        assertThat(overlay.each(Deployment.class))
                .filteredOn(it -> it.getSpec().getReplicas() == null)
                .hasSizeGreaterThan(5)
                .allSatisfy(
                        it -> {
                            var update = it.getSpec().getStrategy().getRollingUpdate();
                            assertThat(update.getMaxUnavailable()).isEqualTo(new IntOrString(0));
                            var pod = it.getSpec().getTemplate().getSpec();
                            assertThat(
                                            pod.getContainers()
                                                    .getFirst()
                                                    .getLifecycle()
                                                    .getPreStop()
                                                    .getSleep()
                                                    .getSeconds())
                                    .isPositive();
                            // Spring takes 20 s for what is under way, in each of its phases.
                            assertThat(pod.getTerminationGracePeriodSeconds())
                                    .isGreaterThanOrEqualTo(5 + 20);
                        });
    }

    @Test
    void what_a_pod_refers_to_is_there() {
        var accounts = names(ServiceAccount.class);
        var maps = names(ConfigMap.class);
        var claims = names(PersistentVolumeClaim.class);
        for (Workload workload : overlay.workloads()) {
            var pod = workload.pod().getSpec();
            assertThat(accounts).contains(pod.getServiceAccountName());
            for (var source : workload.container().getEnvFrom()) {
                assertThat(maps).contains(source.getConfigMapRef().getName());
            }
            for (var volume : pod.getVolumes()) {
                if (volume.getConfigMap() != null) {
                    assertThat(maps).contains(volume.getConfigMap().getName());
                }
                if (volume.getPersistentVolumeClaim() != null) {
                    assertThat(claims).contains(volume.getPersistentVolumeClaim().getClaimName());
                }
                if (volume.getSecret() != null) {
                    assertThat(overlay.secrets()).containsKey(volume.getSecret().getSecretName());
                }
                if (volume.getProjected() != null) {
                    for (var source : volume.getProjected().getSources()) {
                        String secret = source.getSecret().getName();
                        assertThat(overlay.secrets()).containsKey(secret);
                        for (var item : source.getSecret().getItems()) {
                            assertThat(overlay.secrets().get(secret)).contains(item.getKey());
                        }
                    }
                }
            }
        }
    }

    @Test
    void what_is_mounted_is_a_volume_and_each_volume_is_mounted() {
        for (Workload workload : overlay.workloads()) {
            var volumes = new ArrayList<String>();
            workload.pod().getSpec().getVolumes().forEach(it -> volumes.add(it.getName()));
            overlay.each(io.fabric8.kubernetes.api.model.apps.StatefulSet.class).stream()
                    .filter(it -> it.getMetadata().getName().equals(workload.name()))
                    .flatMap(it -> it.getSpec().getVolumeClaimTemplates().stream())
                    .forEach(it -> volumes.add(it.getMetadata().getName()));

            assertThat(workload.container().getVolumeMounts())
                    .as(workload.name())
                    .extracting(it -> it.getName())
                    .containsExactlyInAnyOrderElementsOf(volumes);
        }
    }

    @Test
    void a_program_is_asked_how_it_is_where_it_answers() {
        for (Workload workload : overlay.ours()) {
            var container = workload.container();
            assertThat(path(workload, container.getStartupProbe()))
                    .isEqualTo("/actuator/health/liveness");
            assertThat(path(workload, container.getLivenessProbe()))
                    .isEqualTo("/actuator/health/liveness");
            assertThat(path(workload, container.getReadinessProbe()))
                    .isEqualTo("/actuator/health/readiness");
        }
    }

    /** Where health is shown: on a port of its own if there is one. */
    private String path(Workload workload, Probe probe) {
        var http = probe.getHttpGet();
        String port =
                overlay.environment(workload)
                        .getOrDefault(
                                "MANAGEMENT_SERVER_PORT",
                                Integer.toString(workload.deployable().port()));
        assertThat(portsNamed(workload, http.getPort()))
                .as("%s of %s", http.getPort(), workload.name())
                .extracting(it -> it.getContainerPort().toString())
                .containsExactly(port);
        return http.getPath();
    }

    @Test
    void every_container_has_its_limits() {
        for (Workload workload : overlay.workloads()) {
            var resources = workload.container().getResources();
            for (String resource : List.of("cpu", "memory")) {
                assertThat(bytes(resources.getRequests().get(resource)))
                        .as("%s of %s", resource, workload.name())
                        .isPositive()
                        .isLessThanOrEqualTo(bytes(resources.getLimits().get(resource)));
            }
        }
    }

    private static BigDecimal bytes(@Nullable Quantity quantity) {
        return Quantity.getAmountInBytes(Objects.requireNonNull(quantity, "no limit"));
    }

    @Test
    void every_pod_may_do_as_little_as_pod_security_asks_for() {
        for (Workload workload : overlay.workloads()) {
            var pod = workload.pod().getSpec();
            assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
            assertThat(pod.getSecurityContext().getRunAsUser()).isPositive();
            assertThat(pod.getSecurityContext().getSeccompProfile().getType())
                    .isEqualTo("RuntimeDefault");
            assertThat(pod.getAutomountServiceAccountToken()).isFalse();
            assertThat(pod.getEnableServiceLinks()).isFalse();
            assertThat(pod.getContainers()).hasSize(1);
            var container = workload.container().getSecurityContext();
            assertThat(container.getAllowPrivilegeEscalation()).isFalse();
            assertThat(container.getCapabilities().getDrop()).containsExactly("ALL");
            assertThat(container.getCapabilities().getAdd()).isEmpty();
            assertThat(container.getReadOnlyRootFilesystem())
                    .as(workload.name())
                    .isEqualTo(!workload.name().equals("kafka"));
        }
    }

    @Test
    void every_image_has_a_tag_that_stays_what_it_is() {
        assertThat(overlay.workloads())
                .extracting(it -> it.container().getImage())
                .allMatch(image -> image.matches("[a-z0-9./-]+:(local|\\d[\\w.-]*)"));
    }

    @Test
    void a_program_reads_every_setting_that_it_is_given() {
        for (Workload workload : overlay.ours()) {
            Deployable program = workload.deployable();
            assertThat(overlay.environment(workload).keySet())
                    .as(workload.name())
                    .allMatch(program::knowsVariable);
            assertThat(overlay.secretFiles(workload))
                    .as(workload.name())
                    .isNotEmpty()
                    .allMatch(program::knows);
        }
    }

    @Test
    void the_gateways_own_file_names_services_that_are_there() {
        var file =
                overlay.each(ConfigMap.class).stream()
                        .filter(it -> it.getData().containsKey("application.yml"))
                        .map(it -> Yaml.map(Yaml.parse(it.getData().get("application.yml"))))
                        .toList()
                        .getFirst();
        var property = file.keySet().iterator().next();
        assertThat(Deployable.named("gateway").knows(property)).isTrue();
        Yaml.map(file, property)
                .forEach(
                        (name, instances) -> {
                            var uri = Yaml.map(Yaml.list(instances).getFirst()).get("uri");
                            assertThat(URI.create((String) uri).getHost()).isEqualTo(name);
                            mayCall("gateway", (String) uri);
                        });
    }

    @Test
    void a_program_is_given_every_setting_that_it_needs() {
        for (Workload workload : overlay.ours()) {
            var environment = overlay.environment(workload);
            assertThat(
                            Required.missing(
                                    workload.deployable(),
                                    environment,
                                    overlay.secretFiles(workload)))
                    .as(workload.name())
                    .isEmpty();
        }
    }

    @Test
    void who_has_the_address_of_another_may_call_it_and_nobody_else() {
        var calls = new ArrayList<String>();
        for (Workload workload : overlay.ours()) {
            overlay.environment(workload).values().stream()
                    .filter(value -> value.matches("http://(?!localhost)[a-z-]+[:/].*"))
                    .forEach(
                            value -> {
                                mayCall(workload.name(), value);
                                calls.add(workload.name() + " " + URI.create(value).getHost());
                            });
        }
        PROGRAMS.stream()
                .filter(name -> name.endsWith("-service"))
                .forEach(name -> calls.add("gateway " + name));

        for (Workload from : overlay.ours()) {
            for (Workload to : overlay.ours()) {
                if (!calls.contains(from.name() + " " + to.name())) {
                    assertThat(lets(from, to, to.deployable().port()))
                            .as("%s calls %s", from.name(), to.name())
                            .isFalse();
                }
            }
        }
    }

    private void mayCall(String from, String url) {
        URI uri = URI.create(url);
        Service service = named(Service.class, uri.getHost());
        assertThat(service.getSpec().getPorts())
                .as("%s calls %s", from, url)
                .extracting(it -> it.getPort())
                .contains(uri.getPort());
        assertThat(lets(workload(from), behind(service), uri.getPort()))
                .as("%s may call %s", from, url)
                .isTrue();
    }

    @Test
    void who_has_an_address_in_another_namespace_may_call_it() {
        for (Workload workload : overlay.ours()) {
            overlay.environment(workload).values().stream()
                    .filter(value -> value.matches("http://[a-z-]+\\.[a-z-]+:\\d+/.*"))
                    .forEach(
                            value ->
                                    assertThat(letsOut(workload, URI.create(value)))
                                            .as("%s may call %s", workload.name(), value)
                                            .isTrue());
        }
    }

    private boolean letsOut(Workload from, URI uri) {
        String[] host = uri.getHost().split("\\.");
        return overlay.each(NetworkPolicy.class).stream()
                .filter(it -> Selectors.takes(it.getSpec().getPodSelector(), from.labels()))
                .flatMap(it -> it.getSpec().getEgress().stream())
                .filter(
                        it ->
                                it.getPorts().stream()
                                        .anyMatch(
                                                port ->
                                                        Objects.equals(
                                                                port.getPort().getIntVal(),
                                                                uri.getPort())))
                .flatMap(it -> it.getTo().stream())
                .filter(it -> it.getNamespaceSelector() != null && it.getPodSelector() != null)
                .anyMatch(
                        it ->
                                Selectors.takes(
                                                it.getNamespaceSelector(),
                                                Map.of("kubernetes.io/metadata.name", host[1]))
                                        && Selectors.takes(
                                                it.getPodSelector(),
                                                Map.of("app.kubernetes.io/name", host[0])));
    }

    @Test
    void who_needs_redis_or_a_broker_or_a_database_in_the_cluster_is_let_in() {
        for (Workload from : overlay.ours()) {
            for (String address : List.of("redis:6379", "kafka:9092", "postgres:5432")) {
                String host = address.replaceAll(":.*", "");
                var service =
                        overlay.each(Service.class).stream()
                                .filter(it -> it.getMetadata().getName().equals(host))
                                .findFirst();
                boolean needs =
                        overlay.environment(from).entrySet().stream()
                                .anyMatch(
                                        it ->
                                                it.getKey().endsWith("_HOST")
                                                                && it.getValue().equals(host)
                                                        || it.getValue()
                                                                .matches(
                                                                        "(.*//)?%s(/.*)?"
                                                                                .formatted(
                                                                                        address)));
                if (service.isPresent()) {
                    int port = Integer.parseInt(address.replaceAll(".*:", ""));
                    assertThat(lets(from, behind(service.get()), port))
                            .as("%s to %s", from.name(), address)
                            .isEqualTo(needs);
                } else {
                    assertThat(needs).as("%s to %s", from.name(), address).isFalse();
                }
            }
        }
    }

    @Test
    void what_no_policy_allows_is_forbidden() {
        assertThat(overlay.each(NetworkPolicy.class))
                .anySatisfy(
                        it -> {
                            assertThat(it.getSpec().getPodSelector().getMatchLabels()).isEmpty();
                            assertThat(it.getSpec().getPolicyTypes())
                                    .containsExactly("Ingress", "Egress");
                            assertThat(it.getSpec().getIngress()).isEmpty();
                            assertThat(it.getSpec().getEgress()).isEmpty();
                        });
    }

    @Test
    void no_policy_is_for_nobody() {
        for (NetworkPolicy policy : overlay.each(NetworkPolicy.class)) {
            var selector = policy.getSpec().getPodSelector();
            boolean isForOperators =
                    Stream.concat(
                                    selector.getMatchLabels().keySet().stream(),
                                    selector.getMatchExpressions().stream().map(it -> it.getKey()))
                            .anyMatch(key -> key.matches("(cnpg|strimzi)\\.io/cluster"));
            assertThat(
                            isForOperators
                                    || overlay.workloads().stream()
                                            .anyMatch(it -> Selectors.takes(selector, it.labels())))
                    .as(policy.getMetadata().getName())
                    .isTrue();
        }
    }

    @Test
    void the_way_in_leads_to_the_gateway_and_is_encrypted() {
        for (HTTPRoute route : overlay.each(HTTPRoute.class)) {
            var gateway = overlay.each(Gateway.class).getFirst();
            assertThat(route.getSpec().getParentRefs())
                    .allSatisfy(
                            it -> {
                                assertThat(it.getName()).isEqualTo(gateway.getMetadata().getName());
                                assertThat(gateway.getSpec().getListeners())
                                        .extracting(listener -> listener.getName())
                                        .contains(it.getSectionName());
                            });
            for (var rule : route.getSpec().getRules()) {
                for (var backend : rule.getBackendRefs()) {
                    Service service = named(Service.class, backend.getName());
                    assertThat(service.getSpec().getPorts())
                            .extracting(it -> it.getPort())
                            .contains(backend.getPort());
                    assertThat(route.getSpec().getParentRefs())
                            .extracting(it -> it.getSectionName())
                            .containsExactly("https");
                }
            }
        }
    }

    /** Both who calls and who is called have to be allowed to. */
    private boolean lets(Workload from, Workload to, int port) {
        boolean out =
                overlay.each(NetworkPolicy.class).stream()
                        .filter(it -> Selectors.takes(it.getSpec().getPodSelector(), from.labels()))
                        .flatMap(it -> it.getSpec().getEgress().stream())
                        .anyMatch(
                                it -> isOneOf(it.getTo(), to) && hasPort(it.getPorts(), to, port));
        boolean in =
                overlay.each(NetworkPolicy.class).stream()
                        .filter(it -> Selectors.takes(it.getSpec().getPodSelector(), to.labels()))
                        .flatMap(it -> it.getSpec().getIngress().stream())
                        .anyMatch(
                                it ->
                                        isOneOf(it.getFrom(), from)
                                                && hasPort(it.getPorts(), to, port));
        return out && in;
    }

    private static boolean isOneOf(List<NetworkPolicyPeer> peers, Workload workload) {
        return peers.stream()
                .anyMatch(
                        it ->
                                it.getPodSelector() != null
                                        && it.getNamespaceSelector() == null
                                        && Selectors.takes(it.getPodSelector(), workload.labels()));
    }

    private static boolean hasPort(List<NetworkPolicyPort> ports, Workload to, int port) {
        return ports.stream()
                .anyMatch(
                        it ->
                                portsNamed(to, it.getPort()).stream()
                                        .anyMatch(found -> found.getContainerPort() == port));
    }

    private Workload behind(Service service) {
        var behind =
                overlay.workloads().stream()
                        .filter(it -> Selectors.takes(service.getSpec().getSelector(), it.labels()))
                        .toList();
        assertThat(behind).as(service.getMetadata().getName()).hasSize(1);
        return behind.getFirst();
    }

    private static List<ContainerPort> portsNamed(Workload workload, IntOrString port) {
        return workload.container().getPorts().stream()
                .filter(
                        it ->
                                it.getName().equals(port.getStrVal())
                                        || it.getContainerPort().equals(port.getIntVal()))
                .toList();
    }

    private Workload workload(String name) {
        return overlay.workloads().stream()
                .filter(it -> it.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private <T extends HasMetadata> T named(Class<T> kind, String name) {
        return overlay.each(kind).stream()
                .filter(it -> it.getMetadata().getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no %s %s".formatted(kind, name)));
    }

    private <T extends HasMetadata> Set<String> names(Class<T> kind) {
        return overlay.each(kind).stream().map(it -> it.getMetadata().getName()).collect(toSet());
    }
}
