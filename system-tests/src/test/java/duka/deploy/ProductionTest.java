package duka.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.strimzi.api.kafka.model.topic.KafkaTopic;
import io.strimzi.api.kafka.model.user.KafkaUser;
import io.strimzi.api.kafka.model.user.KafkaUserAuthorizationSimple;
import io.strimzi.api.kafka.model.user.acl.AclRuleGroupResource;
import io.strimzi.api.kafka.model.user.acl.AclRuleTopicResource;
import io.strimzi.api.kafka.model.user.acl.StrimziAclOperation;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What production has beside the programs: topics and who may use them, databases, scaling. */
class ProductionTest {

    private static final Overlay PRODUCTION = Overlay.named("production");

    /** A row of "Who listens": the group, then its topics. */
    private static final Pattern LISTENER =
            Pattern.compile("\\| `([a-z-]+)` \\| ((`duka\\.\\S+)+.*?) \\|.*");

    private final JsonNode contract;

    ProductionTest() throws IOException {
        contract =
                JsonMapper.builder()
                        .build()
                        .readTree(
                                Files.readString(
                                        Deployable.ROOT.resolve(
                                                "common-events/src/main/resources/asyncapi.json")));
    }

    @Test
    void every_topic_of_the_contract_is_made_and_no_other() {
        var topics = new TreeSet<String>();
        contract.path("channels").propertyNames().forEach(topics::add);

        assertThat(PRODUCTION.each(KafkaTopic.class))
                .extracting(it -> it.getMetadata().getName())
                .containsExactlyInAnyOrderElementsOf(topics);
        assertThat(PRODUCTION.each(KafkaTopic.class))
                .allSatisfy(
                        it -> {
                            assertThat(it.getSpec().getPartitions()).isEqualTo(12);
                            assertThat(it.getSpec().getReplicas()).isEqualTo(3);
                            assertThat(it.getSpec().getConfig())
                                    .containsEntry("min.insync.replicas", 2);
                        });
    }

    @Test
    void no_topic_that_forgets_keeps_an_event_longer_than_inboxes_remember_it() {
        assertThat(PRODUCTION.each(KafkaTopic.class))
                .extracting(it -> it.getSpec().getConfig())
                .filteredOn(it -> !it.containsKey("cleanup.policy"))
                .hasSize(7)
                .allSatisfy(
                        it ->
                                assertThat(
                                                millis(it, "retention.ms")
                                                        .plus(millis(it, "segment.ms")))
                                        .isLessThan(Duration.ofDays(8)));
    }

    @Test
    void each_service_may_say_what_is_its_own_to_say_and_nothing_else() {
        var says = new HashMap<String, Set<String>>();
        for (JsonNode operation : contract.path("operations")) {
            says.computeIfAbsent(operation.path("title").asString(), _ -> new TreeSet<>())
                    .add(
                            operation
                                    .path("channel")
                                    .path("$ref")
                                    .asString()
                                    .replace("#/channels/", ""));
        }
        assertThat(allowed(StrimziAclOperation.WRITE)).isEqualTo(says);
    }

    @Test
    void each_service_may_hear_what_it_listens_to_and_nothing_else() throws IOException {
        var groups = new TreeSet<String>();
        var hears = new HashMap<String, Set<String>>();
        for (String line : Files.readAllLines(Deployable.ROOT.resolve("docs/running.md"))) {
            var row = LISTENER.matcher(line);
            if (row.matches()) {
                String group = row.group(1);
                groups.add(group);
                String service = group.replaceAll("-.*", "") + "-service";
                for (String topic : row.group(2).replace("`", "").split(", ")) {
                    hears.computeIfAbsent(service, _ -> new TreeSet<>()).add(topic);
                }
            }
        }
        assertThat(hears).hasSize(5);
        assertThat(allowed(StrimziAclOperation.READ)).isEqualTo(hears);
        assertThat(
                        users().flatMap(it -> acls(it).getAcls().stream())
                                .map(it -> it.getResource())
                                .filter(AclRuleGroupResource.class::isInstance)
                                .map(it -> ((AclRuleGroupResource) it).getName()))
                .containsExactlyInAnyOrderElementsOf(groups);
    }

    @Test
    void lag_is_looked_at_where_somebody_listens() {
        var read = allowed(StrimziAclOperation.READ);
        var authentications =
                PRODUCTION.each(Crds.TriggerAuthentication.class).stream()
                        .map(it -> it.metadata().getName())
                        .toList();
        for (var scaled : PRODUCTION.each(Crds.ScaledObject.class)) {
            assertThat(scaled.spec().maxReplicaCount())
                    .isLessThanOrEqualTo(12)
                    .isGreaterThan(scaled.spec().minReplicaCount());
            assertThat(scaled.spec().minReplicaCount()).isGreaterThan(1);
            assertThat(scaled.spec().triggers())
                    .filteredOn(it -> it.type().equals("kafka"))
                    .isNotEmpty()
                    .allSatisfy(
                            it -> {
                                assertThat(read.get(scaled.spec().scaleTargetRef().name()))
                                        .contains(it.metadata().get("topic"));
                                assertThat(authentications).contains(it.authenticationRef().name());
                            });
        }
    }

    @Test
    void each_service_has_a_database_of_its_own_with_its_schema_and_nightly_backups() {
        var schemas =
                Map.of(
                        "identity-db", "identity",
                        "catalog-db", "catalog",
                        "cart-db", "cart",
                        "order-db", "orders",
                        "payment-db", "payment");
        assertThat(PRODUCTION.each(Crds.Cluster.class))
                .hasSize(5)
                .allSatisfy(
                        it -> {
                            var initdb = it.spec().bootstrap().initdb();
                            String schema = schemas.get(it.metadata().getName());
                            assertThat(initdb.owner()).isEqualTo(schema);
                            assertThat(initdb.postInitApplicationSQL())
                                    .contains(
                                            "create schema %1$s authorization %1$s"
                                                    .formatted(schema),
                                            "alter role %1$s set search_path = %1$s"
                                                    .formatted(schema));
                            assertThat(PRODUCTION.each(Crds.ScheduledBackup.class))
                                    .filteredOn(
                                            backup ->
                                                    backup.spec()
                                                            .cluster()
                                                            .name()
                                                            .equals(it.metadata().getName()))
                                    .hasSize(1);
                            assertThat(it.spec().plugins().getFirst().parameters())
                                    .containsEntry(
                                            "barmanObjectName",
                                            PRODUCTION
                                                    .each(Crds.ObjectStore.class)
                                                    .getFirst()
                                                    .metadata()
                                                    .getName());
                        });
    }

    @Test
    void each_program_knows_its_databases_address_and_has_its_password() {
        for (var workload : PRODUCTION.ours()) {
            String url = PRODUCTION.environment(workload).get("SPRING_DATASOURCE_URL");
            if (url != null) {
                String cluster = url.replaceAll("jdbc:postgresql://(.*)-rw:5432/duka", "$1");
                assertThat(PRODUCTION.each(Crds.Cluster.class))
                        .extracting(it -> it.metadata().getName())
                        .contains(cluster);
                assertThat(
                                workload.pod()
                                        .getSpec()
                                        .getVolumes()
                                        .getFirst()
                                        .getProjected()
                                        .getSources())
                        .extracting(it -> it.getSecret().getName())
                        .contains(cluster + "-app");
            }
        }
    }

    private static java.util.stream.Stream<KafkaUser> users() {
        return PRODUCTION.each(KafkaUser.class).stream()
                .filter(it -> !it.getMetadata().getName().equals("keda"));
    }

    private static KafkaUserAuthorizationSimple acls(KafkaUser user) {
        return (KafkaUserAuthorizationSimple) user.getSpec().getAuthorization();
    }

    /** By user: the topics. */
    private static Map<String, Set<String>> allowed(StrimziAclOperation operation) {
        return users().collect(
                        Collectors.toMap(
                                it -> it.getMetadata().getName(),
                                it ->
                                        acls(it).getAcls().stream()
                                                .filter(
                                                        rule ->
                                                                rule.getOperations()
                                                                        .contains(operation))
                                                .map(rule -> rule.getResource())
                                                .filter(AclRuleTopicResource.class::isInstance)
                                                .map(it2 -> ((AclRuleTopicResource) it2).getName())
                                                .collect(Collectors.toCollection(TreeSet::new))));
    }

    private static Duration millis(Map<String, Object> settings, String name) {
        return Duration.ofMillis(((Number) settings.get(name)).longValue());
    }
}
