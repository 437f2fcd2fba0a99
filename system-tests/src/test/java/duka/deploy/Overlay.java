package duka.deploy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.strimzi.api.kafka.model.kafka.Kafka;
import io.strimzi.api.kafka.model.user.KafkaUser;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** All that one overlay asks a cluster for. */
public final class Overlay {

    private final String name;
    private final List<Object> resources;

    private Overlay(String name, List<Object> resources) {
        this.name = name;
        this.resources = resources;
    }

    public static Overlay named(String name) {
        return new Overlay(
                name,
                Kustomization.render(Deployable.ROOT.resolve("k8s/overlays").resolve(name)).stream()
                        .map(KubernetesModel::parse)
                        .toList());
    }

    static Stream<Overlay> all() {
        return Stream.of("local", "production").map(Overlay::named);
    }

    <T> List<T> each(Class<T> kind) {
        return resources.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    List<Object> resources() {
        return resources;
    }

    /**
     * Pods of one kind.
     *
     * @param replicas null where something else decides how many there are
     */
    public record Workload(
            String name, Integer replicas, Map<String, String> selector, PodTemplateSpec pod) {

        public Container container() {
            return pod.getSpec().getContainers().getFirst();
        }

        Map<String, String> labels() {
            return pod.getMetadata().getLabels();
        }

        boolean isOurs() {
            return container().getImage().contains("duka/");
        }

        /** What it runs, if that is ours. */
        Deployable deployable() {
            return Deployable.named(
                    container().getImage().replaceAll("^(.*/)?duka/", "").replaceAll(":.*", ""));
        }
    }

    List<Workload> workloads() {
        var workloads = new ArrayList<Workload>();
        each(Deployment.class)
                .forEach(
                        it ->
                                workloads.add(
                                        new Workload(
                                                it.getMetadata().getName(),
                                                it.getSpec().getReplicas(),
                                                it.getSpec().getSelector().getMatchLabels(),
                                                it.getSpec().getTemplate())));
        each(StatefulSet.class)
                .forEach(
                        it ->
                                workloads.add(
                                        new Workload(
                                                it.getMetadata().getName(),
                                                it.getSpec().getReplicas(),
                                                it.getSpec().getSelector().getMatchLabels(),
                                                it.getSpec().getTemplate())));
        return workloads;
    }

    public List<Workload> ours() {
        return workloads().stream().filter(Workload::isOurs).toList();
    }

    /** The variables that a container is started with. */
    Map<String, String> environment(Workload workload) {
        var environment = new TreeMap<String, String>();
        for (var source : workload.container().getEnvFrom()) {
            String reference = source.getConfigMapRef().getName();
            each(ConfigMap.class).stream()
                    .filter(map -> map.getMetadata().getName().equals(reference))
                    .forEach(map -> environment.putAll(map.getData()));
        }
        workload.container()
                .getEnv()
                .forEach(variable -> environment.put(variable.getName(), variable.getValue()));
        return environment;
    }

    /** The files that it finds where it looks for secrets. */
    Set<String> secretFiles(Workload workload) {
        var files = new TreeSet<String>();
        for (var volume : workload.pod().getSpec().getVolumes()) {
            if (volume.getName().equals("secrets") && volume.getProjected() != null) {
                for (var source : volume.getProjected().getSources()) {
                    if (source.getSecret().getItems().isEmpty()) {
                        files.addAll(
                                secrets().getOrDefault(source.getSecret().getName(), Set.of()));
                    } else {
                        source.getSecret().getItems().forEach(item -> files.add(item.getPath()));
                    }
                }
            }
        }
        return files;
    }

    /** Every Secret that there will be, with its keys: ours, and those that operators make. */
    Map<String, Set<String>> secrets() {
        var secrets = new HashMap<String, Set<String>>();
        each(Secret.class)
                .forEach(it -> secrets.put(it.getMetadata().getName(), it.getData().keySet()));
        each(Crds.ExternalSecret.class)
                .forEach(
                        it ->
                                secrets.put(
                                        it.spec().target().name(),
                                        it.spec().target().template() != null
                                                ? it.spec().target().template().data().keySet()
                                                : new TreeSet<>(
                                                        it.spec().data().stream()
                                                                .map(
                                                                        Crds.ExternalSecret.Data
                                                                                ::secretKey)
                                                                .toList())));
        each(Crds.Cluster.class)
                .forEach(
                        it ->
                                secrets.put(
                                        it.metadata().getName() + "-app",
                                        Set.of("username", "password")));
        each(KafkaUser.class)
                .forEach(
                        it ->
                                secrets.put(
                                        it.getMetadata().getName(),
                                        Set.of("user.crt", "user.key", "ca.crt")));
        each(Kafka.class)
                .forEach(
                        it ->
                                secrets.put(
                                        it.getMetadata().getName() + "-cluster-ca-cert",
                                        Set.of("ca.crt")));
        return secrets;
    }

    static ObjectMeta metadata(Object resource) {
        return switch (resource) {
            case HasMetadata it -> it.getMetadata();
            case Crds.ScaledObject it -> it.metadata();
            case Crds.TriggerAuthentication it -> it.metadata();
            case Crds.Cluster it -> it.metadata();
            case Crds.ScheduledBackup it -> it.metadata();
            case Crds.ObjectStore it -> it.metadata();
            case Crds.ExternalSecret it -> it.metadata();
            case Crds.PodMonitor it -> it.metadata();
            case Crds.PrometheusRule it -> it.metadata();
            default -> throw new IllegalArgumentException("no metadata: " + resource);
        };
    }

    @Override
    public String toString() {
        return name;
    }
}
