package duka.deploy;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Custom resources whose operators publish no Java model: as much of their reference as is used
 * here. A field that is new to these records is to be looked up there first.
 */
final class Crds {

    private Crds() {}

    /** KEDA's: what scales a Deployment. */
    record ScaledObject(String apiVersion, String kind, ObjectMeta metadata, Spec spec) {
        record Spec(
                Name scaleTargetRef,
                int minReplicaCount,
                int maxReplicaCount,
                List<Trigger> triggers) {}

        record Trigger(
                String type,
                @Nullable String metricType,
                Map<String, String> metadata,
                @Nullable Name authenticationRef) {}
    }

    /** KEDA's: how it signs in where it looks. */
    record TriggerAuthentication(String apiVersion, String kind, ObjectMeta metadata, Spec spec) {
        record Spec(List<Target> secretTargetRef) {}

        record Target(String parameter, String name, String key) {}
    }

    /** CloudNativePG's: a PostgreSQL with its replicas. */
    record Cluster(String apiVersion, String kind, ObjectMeta metadata, Spec spec) {
        record Spec(
                int instances,
                String imageName,
                Storage storage,
                Storage walStorage,
                ResourceRequirements resources,
                Affinity affinity,
                Postgresql postgresql,
                Bootstrap bootstrap,
                List<Plugin> plugins) {}

        record Storage(String size) {}

        record Affinity(String topologyKey, String podAntiAffinityType) {}

        record Postgresql(Synchronous synchronous, Map<String, String> parameters) {}

        record Synchronous(String method, int number, String dataDurability) {}

        record Bootstrap(Initdb initdb) {}

        record Initdb(
                String database,
                String owner,
                String localeProvider,
                String builtinLocale,
                List<String> postInitApplicationSQL) {}

        record Plugin(String name, boolean isWALArchiver, Map<String, String> parameters) {}
    }

    /** CloudNativePG's: when a base backup is made. */
    record ScheduledBackup(String apiVersion, String kind, ObjectMeta metadata, Spec spec) {
        record Spec(Name cluster, String schedule, String method, Name pluginConfiguration) {}
    }

    /** Its Barman plugin's: where backups go. */
    record ObjectStore(String apiVersion, String kind, ObjectMeta metadata, Spec spec) {
        record Spec(String retentionPolicy, Configuration configuration) {}

        record Configuration(
                String destinationPath,
                Credentials s3Credentials,
                Compression wal,
                Compression data) {}

        record Credentials(Key accessKeyId, Key secretAccessKey) {}

        record Key(String name, String key) {}

        record Compression(String compression) {}
    }

    /** External Secrets': a Secret made of what a store holds. */
    record ExternalSecret(String apiVersion, String kind, ObjectMeta metadata, Spec spec) {
        record Spec(String refreshInterval, Store secretStoreRef, Target target, List<Data> data) {}

        record Store(String kind, String name) {}

        record Target(String name, @Nullable Template template) {}

        record Template(Map<String, String> data) {}

        record Data(String secretKey, Remote remoteRef) {}

        record Remote(String key) {}
    }

    /** Prometheus Operator's: which pods are looked at. */
    record PodMonitor(String apiVersion, String kind, ObjectMeta metadata, Spec spec) {
        record Spec(String jobLabel, LabelSelector selector, List<Endpoint> podMetricsEndpoints) {}

        record Endpoint(String port, String path, String interval) {}
    }

    /** Prometheus Operator's: what somebody is told of. */
    record PrometheusRule(String apiVersion, String kind, ObjectMeta metadata, Spec spec) {
        record Spec(List<Group> groups) {}

        record Group(String name, List<Rule> rules) {}

        record Rule(
                String alert,
                String expr,
                @JsonProperty("for") @Nullable String lasting,
                Map<String, String> labels,
                Map<String, String> annotations) {}
    }

    record Name(String name) {}
}
